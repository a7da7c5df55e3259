// The search page: scans the site's index for all words of the query, newest story first.
(function () {
  var form = document.getElementById("bu-search");
  var list = document.getElementById("bu-results");
  var status = document.getElementById("bu-status");
  if (!form || !list || !status || !window.fetch || !window.URLSearchParams) return;
  var field = form.elements.q;
  var words = list.dataset;
  var STEP = 20;
  var BEFORE = 24; // characters of an excerpt before its first hit
  var LENGTH = 110;
  var stories = null;
  var timer = 0;

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // Folding may change a text's length (½, ﬁ); hits are then looked for without NFKC so that marks stay in place.
  function aligned(text) {
    var folded = fold(text);
    return folded.length === text.length ? folded : text.toLowerCase().length === text.length ? text.toLowerCase() : text;
  }

  function element(tag, name, text) {
    var node = document.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    return node;
  }

  // Writes text into node with every hit in a <mark>.
  function mark(node, text, terms) {
    var hay = aligned(text);
    var at = 0;
    while (at < text.length) {
      var next = -1;
      var size = 0;
      terms.forEach(function (term) {
        var found = hay.indexOf(term, at);
        if (found >= 0 && (next < 0 || found < next || (found === next && term.length > size))) {
          next = found;
          size = term.length;
        }
      });
      if (next < 0) break;
      node.appendChild(document.createTextNode(text.slice(at, next)));
      node.appendChild(element("mark", "", text.slice(next, next + size)));
      at = next + size;
    }
    node.appendChild(document.createTextNode(text.slice(at)));
    return node;
  }

  function excerpt(text, terms) {
    var hay = aligned(text);
    var first = terms.reduce(function (best, term) {
      var found = hay.indexOf(term);
      return found >= 0 && (best < 0 || found < best) ? found : best;
    }, -1);
    var start = Math.max(0, first - BEFORE);
    if (start && /[\uDC00-\uDFFF]/.test(text[start])) start -= 1;
    var end = start + LENGTH;
    if (/[\uDC00-\uDFFF]/.test(text[end] || "")) end += 1;
    var cut = text.slice(start, end).replace(/\s*\n\s*/g, function (gap, at, all) {
      return at && all.charCodeAt(at - 1) > 0x2e80 ? "\u3000" : " "; // between paragraphs: a full-width space after Han
    });
    return (start ? "……" : "") + cut + (end < text.length ? "……" : "");
  }

  function hit(story, terms) {
    var item = element("article", "bu-hit bu-item");
    var meta = element("p", "bu-hit__meta");
    meta.appendChild(element("span", "bu-hit__section", story.s));
    meta.appendChild(document.createTextNode(" "));
    var day = story.d.split("-");
    var time = element("time", "", words.date.replace("{year}", day[0]).replace("{month}", +day[1]).replace("{day}", +day[2]));
    time.dateTime = story.d;
    meta.appendChild(time);
    var head = element("h2", "bu-hit__head");
    var link = mark(element("a"), story.h, terms);
    link.href = words.base + story.u.replace(/^\//, "");
    head.appendChild(link);
    item.appendChild(meta);
    if (story.k) item.appendChild(mark(element("p", "bu-kicker"), story.k, terms));
    item.appendChild(head);
    item.appendChild(mark(element("p", "bu-hit__text"), excerpt(story.t, terms), terms));
    var foot = element("p", "bu-meta");
    [story.b, story.r].forEach(function (text) {
      if (!text) return;
      foot.appendChild(mark(element("span"), text, terms));
      foot.appendChild(document.createTextNode(" "));
    });
    item.appendChild(foot);
    return item;
  }

  function show(hits, terms, from) {
    hits.slice(from, from + STEP).forEach(function (story) {
      list.appendChild(hit(story, terms));
    });
    if (hits.length <= from + STEP) return;
    var more = element("button", "bu-results__more", words.more);
    more.type = "button";
    more.addEventListener("click", function () {
      list.removeChild(more);
      show(hits, terms, from + STEP);
      list.children[from].querySelector("a").focus();
    });
    list.appendChild(more);
  }

  function search() {
    var terms = fold(field.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (!terms.length || !stories) {
      status.textContent = terms.length ? words.loading : "";
      return;
    }
    var hits = stories.filter(function (story) {
      return terms.every(function (term) {
        return story.folded.indexOf(term) >= 0;
      });
    });
    status.textContent = hits.length
      ? words.count.replace("{number}", hits.length)
      : words.none.replace("{words}", function () { return field.value.trim(); });
    show(hits, terms, 0);
  }

  function address() {
    var query = field.value.trim();
    history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
  }

  field.addEventListener("input", function (event) {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(function () {
      address();
      search();
    }, 150);
  });
  // Safari and older Chrome send the last input event before the composition's end.
  field.addEventListener("compositionend", function () {
    field.dispatchEvent(new Event("input"));
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    address();
    search();
  });

  field.value = new URLSearchParams(location.search).get("q") || "";
  search();
  if (!field.value) field.focus();
  fetch(words.url)
    .then(function (response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    })
    .then(function (data) {
      stories = data.map(function (story) {
        story.folded = fold([story.h, story.k, story.s, story.r, story.b, story.t].join("\n"));
        return story;
      });
      stories.sort(function (a, b) {
        return a.d < b.d ? 1 : a.d > b.d ? -1 : 0;
      });
      search();
    })
    .catch(function () {
      status.textContent = words.failed;
    });
})();
