// Search in a copy for taking along: all words of the query, in the order of the edition. stories.js has the data.
(function () {
  var form = document.getElementById("bu-search");
  var list = document.getElementById("bu-results");
  var status = document.getElementById("bu-status");
  var stories = window.BULLETIN_STORIES;
  if (!form || !list || !stories || !String.prototype.normalize) return;
  var field = form.elements.q;
  var words = list.dataset;
  var BEFORE = 24; // characters of an excerpt before its first hit
  var LENGTH = 110;

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function element(tag, name, text) {
    var node = document.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    return node;
  }

  // Writes text into node, hits in <mark>; where folding changes the length, hits would be out of place.
  function mark(node, text, terms) {
    var hay = fold(text).length === text.length ? fold(text) : text;
    var at = 0;
    while (at < text.length) {
      var next = -1;
      var size = 0;
      for (var i = 0; i < terms.length; i += 1) {
        var found = hay.indexOf(terms[i], at);
        if (found >= 0 && (next < 0 || found < next)) {
          next = found;
          size = terms[i].length;
        }
      }
      if (next < 0) break;
      node.appendChild(document.createTextNode(text.slice(at, next)));
      node.appendChild(element("mark", "", text.slice(next, next + size)));
      at = next + size;
    }
    node.appendChild(document.createTextNode(text.slice(at)));
    return node;
  }

  function excerpt(text, terms) {
    var first = terms.reduce(function (best, term) {
      var found = fold(text).indexOf(term);
      return found >= 0 && (best < 0 || found < best) ? found : best;
    }, -1);
    var letters = Array.from(text.slice(0, Math.max(0, first - BEFORE)));
    var start = letters.join("").length;
    var cut = Array.from(text.slice(start)).slice(0, LENGTH).join("");
    return (start ? "……" : "") + cut.replace(/\s*\n\s*/g, " ") + (start + cut.length < text.length ? "……" : "");
  }

  function hit(story, terms) {
    var item = element("article", "bu-hit bu-item");
    var meta = element("p", "bu-hit__meta");
    var day = story.d.split("-");
    meta.appendChild(element("span", "bu-hit__section", story.s));
    meta.appendChild(element("span", "", words.date.replace("{year}", day[0]).replace("{month}", +day[1]).replace("{day}", +day[2])));
    var head = element("h2", "bu-hit__head");
    var link = mark(element("a"), story.h, terms);
    link.href = story.u; // as seen from search.html, at the top of the copy
    head.appendChild(link);
    item.appendChild(meta);
    item.appendChild(head);
    item.appendChild(mark(element("p", "bu-hit__text"), excerpt(story.t, terms), terms));
    return item;
  }

  function search() {
    var terms = fold(field.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    status.textContent = "";
    if (!terms.length) return;
    var hits = stories.filter(function (story) {
      var text = fold([story.h, story.k, story.s, story.r, story.b, story.t].join("\n"));
      return terms.every(function (term) {
        return text.indexOf(term) >= 0;
      });
    });
    status.textContent = hits.length
      ? words.count.replace("{number}", hits.length)
      : words.none.replace("{words}", function () { return field.value.trim(); });
    hits.forEach(function (story) {
      list.appendChild(hit(story, terms));
    });
  }

  field.addEventListener("input", function (event) {
    if (!event.isComposing) search();
  });
  field.addEventListener("compositionend", search);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  search();
  field.focus();
})();
