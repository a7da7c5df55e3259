// How a hit looks, and what stands in place of hits. Words and addresses come from the page; nothing is ever markup.
var BulletinHits = (function () {
  // An element with a class and children: texts or elements; what is empty is left out.
  function element(tag, name, children) {
    var node = document.createElement(tag);
    if (name) node.className = name;
    [].concat(children === undefined ? [] : children).forEach(function (child) {
      if (child) node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  }

  // Text with its hits in <mark>; a part is a text, or a hit in a list of one.
  function marked(node, parts) {
    (parts || []).forEach(function (part) {
      node.appendChild(typeof part === "string" ? document.createTextNode(part) : element("mark", "", part[0]));
    });
    return node;
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (place, name) {
      return name in values ? values[name] : place;
    });
  }

  function day(words, date) {
    var parts = date.split("-");
    return filled(words.date, { year: parts[0], month: String(+parts[1]), day: String(+parts[2]) });
  }

  function number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function time(words, date) {
    var node = element("time", "", day(words, date));
    node.dateTime = date;
    return node;
  }

  function folio(words, page) {
    var tile = element("span", "bu-folio", (page < 10 ? "0" : "") + page);
    tile.setAttribute("aria-hidden", "true");
    return [tile, element("span", "bu-unseen", filled(words.page, { number: String(page) }))];
  }

  function link(address, text) {
    var node = element("a", "", text);
    node.href = address;
    return node;
  }

  // What the story is to mark: the words that it was found by, as it writes them; a phrase stays one in quotation marks.
  function sought(found, name) {
    var words = (found.words || []).map(function (word) {
      return /\s/.test(word) ? '"' + word + '"' : word;
    });
    return name && words.length ? "?" + name + "=" + encodeURIComponent(words.join(" ")) : "";
  }

  // *place*: {base, editions, words, find}; *find* names the parameter that tells a story what to mark.
  function hit(found, place) {
    var words = place.words;
    var item = element("article", "bu-hit bu-item");
    var meta = element("p", "bu-hit__meta", [
      found.section ? element("span", "bu-hit__section", found.section[1]) : "",
      time(words, found.date)
    ]);
    if (found.folio) folio(words, found.folio[1]).forEach(function (node) { meta.appendChild(node); });
    var mark = { corrected: words.corrected, draft: words.draft, scheduled: words.scheduled }[found.mark];
    var head = element("h2", "bu-hit__head");
    var title = marked(link(place.base + found.url.replace(/^\//, "") + sought(found, place.find), ""), found.headline);
    var foot = element("p", "bu-meta", [
      found.byline ? element("span", "", found.byline) : "",
      found.region ? element("span", "", found.region) : "",
      found.words && found.words.length && found.where ? element("span", "", words["where_" + found.where]) : ""
    ]);
    head.appendChild(title);
    item.appendChild(meta);
    if (found.kicker && found.kicker.length) item.appendChild(marked(element("p", "bu-kicker"), found.kicker));
    item.appendChild(head);
    if (found.excerpt && found.excerpt.length) item.appendChild(marked(element("p", "bu-hit__text"), found.excerpt));
    if (found.folio && place.editions) {
      foot.appendChild(link(place.editions + found.folio[0] + "/#page-" + found.folio[1], words.see_page));
    }
    if (mark) foot.appendChild(element("span", found.mark === "corrected" ? "" : "bu-mark", mark));
    item.appendChild(foot);
    return item;
  }

  function button(text, act) {
    var node = element("button", "", text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // In place of hits: a title, a sentence, and ways on.
  function state(title, text, ways) {
    return [
      title && element("h2", "", title),
      text && element("p", "", text),
      ways && ways.length && element("p", "", ways)
    ].filter(Boolean);
  }

  return {
    element: element, filled: filled, day: day, number: number, hit: hit, link: link, button: button, state: state
  };
})();
