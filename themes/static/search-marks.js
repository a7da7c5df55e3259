// On a story that was opened from the search page: the words that it was found by are marked, and a bar leads from one
// to the next. reader.js brings this file only when the address asks for it (?find=…).
(function () {
  var PLACES = ".bu-head hgroup, .bu-head__byline, .bu-tips__text, .bu-body, .bu-story figcaption";
  var BLOCKS = /^(P|LI|DT|DD|H[1-6]|BLOCKQUOTE|FIGCAPTION|FIGURE|TD|TH|PRE|UL|OL|DL|TABLE|ASIDE|DIV|HGROUP|SECTION)$/;
  var SHEET = "search.css";
  var story = document.querySelector(".bu-story");
  var tools = document.querySelector("[data-found]");
  var root = new URL("../../", document.currentScript.src).href; // this file is assets/bulletin/search-marks.js
  if (!story || !tools || !window.BulletinSearch || !window.URLSearchParams) return;
  var words = JSON.parse(tools.dataset.found);
  var sought = new URLSearchParams(location.search).get("find") || "";
  var hits = []; // each a list of <mark>s: a hit may begin in one element and end in another
  var here = -1;

  // ---- Marking

  // Runs of text nodes that a reader sees as one text: a headline with its <wbr>, a paragraph with its links.
  function runs(place) {
    var found = [];
    var run = [];
    function end() {
      if (run.length) found.push(run);
      run = [];
    }
    function walk(node) {
      if (node.nodeType === 3) {
        run.push(node);
      } else if (node.nodeType === 1 && !/^(SCRIPT|STYLE|BUTTON|SVG)$/i.test(node.tagName) && !node.hidden) {
        var block = BLOCKS.test(node.tagName) || node.tagName === "BR";
        if (block) end();
        Array.prototype.forEach.call(node.childNodes, walk);
        if (block) end();
      }
    }
    walk(place);
    end();
    return found;
  }

  // The parts of *nodes* between two offsets of their common text, each in a <mark>. Goes from the end, so that
  // offsets of what is still to be marked stay true.
  function wrap(nodes, from, to) {
    var marks = [];
    var start = 0;
    nodes.forEach(function (node) {
      node.from = start;
      start += node.text.length;
    });
    nodes.slice().reverse().forEach(function (node) {
      var begin = Math.max(from - node.from, 0);
      var end = Math.min(to - node.from, node.text.length);
      if (begin >= end || !node.text.slice(begin, end).trim()) return;
      var mark = document.createElement("mark");
      var piece = node.node.splitText(begin);
      piece.splitText(end - begin);
      piece.parentNode.insertBefore(mark, piece);
      mark.appendChild(piece);
      marks.unshift(mark);
    });
    return marks;
  }

  function markRun(run) {
    var nodes = run.map(function (node) {
      return { node: node, text: node.data };
    });
    var text = nodes.map(function (node) { return node.text; }).join("");
    var at = 0;
    var spans = [];
    BulletinSearch.marks(text, sought).forEach(function (part) {
      var size = (typeof part === "string" ? part : part[0]).length;
      if (typeof part !== "string") spans.push([at, at + size]);
      at += size;
    });
    if (at !== text.length) return [];
    return spans
      .reverse()
      .map(function (span) {
        return wrap(nodes, span[0], span[1]);
      })
      .reverse()
      .filter(function (marks) { return marks.length; });
  }

  function mark() {
    var done = [];
    Array.prototype.forEach.call(story.querySelectorAll(PLACES), function (place) {
      // A caption in the body was seen with the body.
      if (done.some(function (other) { return other.contains(place); })) return;
      done.push(place);
      runs(place).forEach(function (run) {
        hits = hits.concat(markRun(run));
      });
    });
  }

  // ---- The bar

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (place, name) {
      return name in values ? values[name] : place;
    });
  }

  function button(text, act) {
    var node = document.createElement("button");
    node.type = "button";
    node.textContent = text;
    node.addEventListener("click", act);
    return node;
  }

  function point(step, place) {
    if (here >= 0) hits[here].forEach(function (one) { one.classList.remove("bu-mark--here"); });
    here = here < 0 && step < 0 ? hits.length - 1 : (here + step + hits.length) % hits.length;
    hits[here].forEach(function (one) { one.classList.add("bu-mark--here"); });
    hits[here][0].scrollIntoView({ block: "center" });
    place.parentNode.classList.add("bu-found__walked");
    place.textContent = filled(words.place, { number: here + 1, total: hits.length });
  }

  function clear(bar) {
    hits.forEach(function (marks) {
      marks.forEach(function (one) {
        var parent = one.parentNode;
        while (one.firstChild) parent.insertBefore(one.firstChild, one);
        parent.removeChild(one);
        parent.normalize();
      });
    });
    document.body.removeChild(bar);
    document.body.classList.remove("bu-marked");
    var rest = new URLSearchParams(location.search);
    rest.delete("find");
    history.replaceState(history.state, "", location.pathname + (rest.toString() ? "?" + rest : "") + location.hash);
    document.getElementById("bu-text").focus({ preventScroll: true });
  }

  function show() {
    var bar = document.createElement("section");
    var text = document.createElement("p");
    var told = document.createElement("span");
    var place = document.createElement("span");
    bar.className = "bu-found";
    bar.setAttribute("aria-label", words.label);
    told.className = "bu-found__told";
    told.textContent = filled(words.marked, { words: sought, number: hits.length }) + " ";
    text.appendChild(told);
    place.className = "bu-found__place";
    place.setAttribute("role", "status");
    text.appendChild(place);
    bar.appendChild(text);
    bar.appendChild(button(words.previous, function () { point(-1, place); }));
    bar.appendChild(button(words.next, function () { point(1, place); }));
    bar.appendChild(button(words.clear, function () { clear(bar); }));
    bar.addEventListener("keydown", function (event) {
      if (event.key === "Escape") clear(bar);
    });
    // First in the page's order, though it stands at the foot: who came for these words wants it first.
    document.body.insertBefore(bar, document.querySelector(".md-container"));
    document.body.classList.add("bu-marked");
  }

  function begin() {
    mark();
    if (!hits.length) return;
    var sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = root + "assets/bulletin/" + SHEET;
    sheet.onload = show;
    document.head.appendChild(sheet);
  }

  // Without the table of Traditional characters the others are marked all the same.
  BulletinSearch.prepare(sought + story.textContent).then(begin, begin);
})();
