// The search page: asks the engine for what the address says, shows it, and keeps address and page in step.
(function () {
  var STEP = 10;
  var TYPING_MS = 250; // rest after a key before it is searched
  var SAYING_MS = 900; // rest after a search before it is spoken of
  var KEEPING_MS = 400; // rest after scrolling before the place is noted
  var WAITING_MS = 400; // before it is said that something is being looked for
  var MOST_SHOWN = 40; // characters of a query in a message
  var form = document.getElementById("bu-search");
  var box = document.getElementById("bu-finding");
  if (!form || !box || !window.JSON) return;
  var field = form.elements.q;
  var words = JSON.parse(box.dataset.words);
  scripted();
  var state = document.getElementById("bu-state");

  var able = window.BulletinSearch && window.BulletinFacets && window.URLSearchParams && window.Promise;
  if (!able || !(window.fetch || location.protocol === "file:") || !history.pushState) {
    fallBack();
    return;
  }
  var make = BulletinHits.element;
  var filled = BulletinHits.filled;
  var list = document.getElementById("bu-results");
  var more = document.getElementById("bu-more");
  var count = document.getElementById("bu-count");
  var said = document.getElementById("bu-said");
  var sorts = document.getElementById("bu-sort");
  var tries = document.getElementById("bu-try");
  var base = box.dataset.base;
  var title = document.title;
  var engine = (window.bulletinEngine = window.bulletinEngine || BulletinSearch.open(base));
  var first = BulletinQuery.read(location.search);
  if (!BulletinQuery.isEmpty(first)) engine.open(); // on its way while the page is made ready
  var query = null; // what the page shows, or is about to show
  var shown = 0;
  var timers = {};
  var composing = false;
  var settled = false; // the query was sent or chosen, and is a step in the browser's history
  var facets = BulletinFacets.attach({
    panel: document.getElementById("bu-facets"),
    opener: document.getElementById("bu-facets-open"),
    chips: document.getElementById("bu-chosen"),
    words: words,
    engine: engine,
    home: field,
    change: function (chosen) {
      go(typing({ facets: chosen }), "choose");
    }
  });

  // A copy that is opened from a disk has no script in its head that tells style sheets of scripts.
  function scripted() {
    if (document.documentElement.classList.contains("js")) return;
    document.documentElement.classList.add("js");
    Array.prototype.forEach.call(box.querySelectorAll(".bu-scripted"), function (node) {
      node.classList.remove("bu-scripted");
    });
  }

  // A browser that lacks what searching needs is told so, and led to the archive.
  function fallBack() {
    var told = document.createElement("p");
    told.textContent = words.old;
    state.appendChild(told);
    state.hidden = false;
    document.getElementById("bu-try").className += " bu-finding__try--shown";
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
  }

  function later(name, ms, act) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, ms);
  }

  // ---- What is said

  // The line above the results is for eyes; what is spoken waits until the reader has stopped typing.
  function say(text) {
    later("say", SAYING_MS, function () {
      said.textContent = text;
    });
  }

  // The text of a node, with a pause after each of its parts.
  function spoken(node) {
    var parts = node.children.length ? Array.prototype.slice.call(node.children) : [node];
    return parts.map(function (part) { return part.textContent.trim(); }).filter(Boolean).reduce(function (text, part) {
      return text + (/：$/.test(text) ? "" : /:$/.test(text) ? " " : words.tried_join) + part;
    });
  }

  function tell(nodes) {
    state.textContent = "";
    nodes.forEach(function (node) {
      state.appendChild(node);
    });
    state.hidden = !nodes.length;
    if (nodes.length) say(nodes.map(spoken).filter(Boolean).join(" "));
  }

  function showCount(answer) {
    var text = answer.exact ? words.count : words.about;
    var number = BulletinHits.number(answer.count);
    var parts = text.split("{number}");
    count.textContent = "";
    [parts[0], make("b", "", number), parts[1]].forEach(function (part) {
      if (part) count.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
    });
    say(filled(text, { number: number }));
    facets.found(filled(text, { number: number }));
  }

  // ---- Addresses, and the place in the page that goes with each

  function keep() {
    history.replaceState({ shown: shown, top: window.pageYOffset, focus: focused() }, "");
  }

  // A query that was sent or chosen is a step to come back to; one that is being typed is not.
  function step(change, before) {
    var push = change === "choose" || (settled && before && !BulletinQuery.isEmpty(before));
    if (push) keep();
    settled = change !== "type";
    try {
      history[push ? "pushState" : "replaceState"]({}, "", BulletinQuery.write(query) || location.pathname);
    } catch (error) {
      // pages opened from a disk may not change their address in some browsers
    }
  }

  // The address of the hit that has the focus.
  function focused() {
    var item = document.activeElement;
    return item && list.contains(item) && item.href ? item.getAttribute("href") : "";
  }

  function restore(place) {
    var link = place.focus && Array.prototype.filter.call(list.querySelectorAll("a"), function (one) {
      return one.getAttribute("href") === place.focus;
    })[0];
    if (link) link.focus({ preventScroll: true });
    window.scrollTo(0, place.top || 0);
  }

  // ---- Showing

  function showChosen() {
    var empty = BulletinQuery.isEmpty(query);
    facets.choose(query);
    box.classList.toggle("bu-finding--empty", empty);
    tries.classList.toggle("bu-finding__try--shown", empty);
    showSorts();
  }

  function showSorts() {
    sorts.hidden = BulletinQuery.isEmpty(query) || !query.q.trim();
    Array.prototype.forEach.call(sorts.children, function (link) {
      if (sorts.hidden) link.removeAttribute("href");
      else link.href = BulletinQuery.write(BulletinQuery.changed(query, { sort: link.dataset.sort }));
      if (link.dataset.sort === query.sort) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  function clear() {
    clearTimeout(timers.say);
    if (said.textContent) said.textContent = ""; // what is told next is spoken, though it may be the same
    list.textContent = "";
    count.textContent = "";
    more.hidden = true;
    shown = 0;
    tell([]);
  }

  function append(answer) {
    var place = { base: base, editions: box.dataset.editions, words: words, find: box.dataset.find };
    answer.hits.forEach(function (hit) {
      list.appendChild(BulletinHits.hit(hit, place));
    });
    shown += answer.hits.length;
    more.hidden = !answer.more;
    more.textContent = filled(words.more, { number: String(STEP) });
  }

  // A page without hits has nothing to sort, and nothing to narrow unless a filter is what left none.
  function arrange(found) {
    if (!found) sorts.hidden = true;
    else showSorts();
    box.classList.toggle("bu-finding--bare", !found && !BulletinQuery.chosen(query));
  }

  // So many stories may hold the words that one search did not read them all: the reader decides whether to go on.
  function showUnfinished(answer) {
    var onward = BulletinHits.button(words.go_on, function () {
      onward.disabled = true;
      ask({ onward: true });
    });
    var text = filled(words.unfinished_text, { words: brief(), number: BulletinHits.number(answer.seen) });
    tell(BulletinHits.state(words.unfinished, text, [onward].concat(waysOn(answer.tried || {}))));
  }

  // The words of the query as a message shows them.
  function brief() {
    var chars = Array.from(query.q.trim());
    return chars.length > MOST_SHOWN ? chars.slice(0, MOST_SHOWN).join("") + "…" : chars.join("");
  }

  // The button that was pressed is gone: on to what stands in its place.
  function moveOn() {
    var next = list.querySelector("h2 a") || state.querySelector("button, a") || field;
    next.focus();
  }

  function showNone(tried) {
    var names = [];
    var ways = waysOn(tried);
    if (tried.simplified) names.push(filled(words.tried_simplified, { words: tried.simplified }));
    if (tried.pinyin) names.push(words.tried_pinyin);
    if (BulletinQuery.chosen(query)) ways.unshift(wayTo(words.without, { facets: {} }));
    count.textContent = "";
    facets.found("");
    tell(BulletinHits.state(reason(), names.length ? filled(words.tried, { tried: names.join(words.tried_join) }) : "", ways));
    tries.classList.add("bu-finding__try--shown");
  }

  // Why there is nothing: no such words, none under these filters, or nothing that one could look for.
  function reason() {
    var asked = BulletinSearch.parse(query.q);
    var narrowed = BulletinQuery.chosen(query);
    if (!asked.terms.length && !asked.excluded.length) return narrowed ? words.none_chosen : words.none_asked;
    return filled(narrowed ? words.none_here : words.none, { words: brief() });
  }

  // Links to other words that may find something.
  function waysOn(tried) {
    var others = (tried.apart ? [tried.apart] : []).concat(tried.shorter || []);
    return (others.length ? [make("span", "", words.shorter)] : []).concat(others.map(function (word) {
      return wayTo(word, { q: word });
    }));
  }

  function wayTo(text, change) {
    var next = BulletinQuery.changed(query, change);
    var link = BulletinHits.link(BulletinQuery.write(next) || "?", text);
    link.addEventListener("click", function (event) {
      if (!isPlain(event)) return;
      event.preventDefault();
      field.value = next.q;
      go(next, "choose", { onward: true });
    });
    return link;
  }

  function isPlain(event) {
    return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  }

  // The service worker marks a page that it kept.
  function isOffline() {
    return navigator.onLine === false || document.documentElement.hasAttribute("data-bu-kept");
  }

  function showFailure() {
    var ways = [BulletinHits.button(words.again, function () {
      field.focus();
      ask({});
    })];
    if (isOffline() && box.dataset.offline) ways.push(BulletinHits.link(box.dataset.offline, words.kept));
    clear();
    arrange(false);
    tell(BulletinHits.state("", isOffline() ? words.offline : words.failed, ways));
    tries.classList.add("bu-finding__try--shown");
  }

  function ready() {
    box.classList.add("bu-finding--ready");
  }

  // Asks for the query from its first hit on. *place* is where a reader comes back to.
  function ask(place) {
    var mine = query;
    later("wait", WAITING_MS, function () {
      count.textContent = words.loading;
      list.setAttribute("aria-busy", "true"); // what stands there still is of another query
      say(words.loading);
    });
    engine
      .search({ q: query.q, sort: query.sort, facets: query.facets, offset: 0, limit: Math.max(place.shown || 0, STEP) })
      .then(function (answer) {
        if (mine !== query) return;
        clearTimeout(timers.wait);
        list.removeAttribute("aria-busy");
        facets.name(answer.labels);
        clear();
        arrange(answer.hits.length || answer.more);
        if (answer.hits.length) {
          showCount(answer);
          append(answer);
        } else if (answer.more) {
          showUnfinished(answer);
        } else {
          showNone(answer.tried || {});
        }
        ready();
        if (place.shown) restore(place);
        if (place.onward) moveOn();
        later("count", 0, facets.count); // once the results are painted
      })
      .catch(function (error) {
        if (mine !== query || (error && error.superseded)) return;
        clearTimeout(timers.wait);
        list.removeAttribute("aria-busy");
        showFailure();
        ready();
      });
  }

  // Goes to *next*; *change* says how: "type", "send", "choose" (a facet, an order, a link), none for an address gone to.
  function go(next, change, place) {
    var before = query;
    clearTimeout(timers.type);
    clearTimeout(timers.wait);
    query = next;
    if (before && BulletinQuery.write(next) === BulletinQuery.write(before)) {
      settled = settled || change !== "type";
      if (shown || BulletinQuery.isEmpty(query)) return;
    } else {
      if (change) step(change, before);
      else settled = true;
      showChosen();
    }
    document.title = (query.q.trim() ? brief() + " - " : "") + title;
    if (BulletinQuery.isEmpty(query)) {
      clear();
      ready();
    } else {
      ask(place || {});
    }
  }

  // The query with the words that stand in the field: they may not have been searched yet.
  function typing(change) {
    return BulletinQuery.changed(BulletinQuery.changed(query, { q: field.value }), change || {});
  }

  function typed() {
    go(typing(), "type");
  }

  // ---- What a reader does

  field.addEventListener("compositionstart", function () {
    composing = true;
    clearTimeout(timers.type);
  });
  // Safari and older Chrome send the last input event before the composition's end.
  field.addEventListener("compositionend", function () {
    composing = false;
    later("type", TYPING_MS, typed);
  });
  field.addEventListener("input", function (event) {
    if (event.isComposing || composing) clearTimeout(timers.type);
    else later("type", TYPING_MS, typed);
  });
  field.addEventListener("keydown", function (event) {
    // The key that ends a composition is not the reader's wish to search.
    if (event.key === "Enter" && (event.isComposing || composing || event.keyCode === 229)) event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!composing) go(typing(), "send");
  });
  sorts.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    go(typing({ sort: link.dataset.sort }), "choose");
  });
  tries.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-query]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    field.value = link.dataset.query;
    field.focus();
    go(typing(), "choose");
  });
  more.addEventListener("click", function () {
    var mine = query;
    var from = shown;
    engine
      .search({ q: query.q, sort: query.sort, facets: query.facets, offset: from, limit: STEP })
      .then(function (answer) {
        if (mine !== query || shown !== from) return;
        append(answer);
        showCount(answer);
        if (!answer.hits.length && answer.more) {
          more.textContent = words.go_on;
          say(words.unfinished_more);
        } else {
          say(filled(words.shown, { number: BulletinHits.number(shown) }));
        }
        var link = list.children[from] && list.children[from].querySelector("h2 a");
        if (link) link.focus();
        keep();
      })
      .catch(function (error) {
        if (mine !== query || (error && error.superseded)) return;
        var why = isOffline() ? words.offline : words.failed;
        say(why);
        more.textContent = why + words.again;
      });
  });
  addEventListener("popstate", function () {
    var next = BulletinQuery.read(location.search);
    field.value = next.q;
    go(next, "", history.state || {});
  });
  addEventListener("scroll", function () {
    later("keep", KEEPING_MS, keep);
  }, { passive: true });
  list.addEventListener("focusin", function () {
    later("keep", KEEPING_MS, keep);
  });
  list.addEventListener("click", function () {
    keep();
  });
  addEventListener("online", function () {
    if (!state.hidden && !shown && !BulletinQuery.isEmpty(query)) ask({});
  });

  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  field.value = first.q;
  go(first, "", history.state || {});
  if (BulletinQuery.isEmpty(first)) field.focus({ preventScroll: true });
})();
