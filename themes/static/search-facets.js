// The facets of the search page: check lists with counts, years as bars, dates, and what was chosen as chips.
// A group's counts are asked for while it is open and can be seen, never before the results are shown.
var BulletinFacets = (function () {
  var FIRST = 8; // rows of a list before the rest is asked for
  var MOST = 300;
  var LEAST_BAR = 6; // per cent of the height
  var TYPING_MS = 700; // rest after a part of a date before it is taken
  var make = BulletinHits.element;
  var filled = BulletinHits.filled;
  var number = BulletinHits.number;

  // *set* is {panel, opener, chips, words, engine, change: function (facets), home: element to fall back to}.
  function attach(set) {
    var words = set.words;
    var query = { q: "", sort: "relevance", facets: {} };
    var labels = {}; // name → key → label, as far as they are known
    var due = false; // the results are shown, so counts may follow; a list that is open from the start says so before
    var groups = Array.prototype.map.call(set.panel.querySelectorAll(".bu-facet"), group);

    function label(name, key) {
      if (name === "edition" && BulletinQuery.isDay(key)) return BulletinHits.day(words, key);
      return (labels[name] && labels[name][key]) || key;
    }

    function heading(name) {
      var node = set.panel.querySelector('[data-facet="' + name + '"] > summary');
      return node ? node.textContent : "";
    }

    function isChosen(name, key) {
      return (query.facets[name] || []).indexOf(key) >= 0;
    }

    function toggle(name, key) {
      set.change(BulletinQuery.toggled(query.facets, name, key));
    }

    // ---- One group

    function group(node) {
      var found = {
        name: node.dataset.facet,
        node: node,
        list: node.querySelector(".bu-facet__list"),
        bars: node.querySelector(".bu-years"),
        fixed: node.dataset.facet === "section", // the page lists all sections
        rows: {},
        made: null, // the address of what the list was made for; its order stays until something else changes
        asked: ""
      };
      labels[found.name] = {};
      if (found.fixed) {
        Array.prototype.forEach.call(found.list.querySelectorAll(".bu-facet__row"), function (row) {
          labels[found.name][row.firstChild.value] = row.querySelector(".bu-facet__label").textContent;
          adopt(found, row);
        });
      }
      node.addEventListener("toggle", function () {
        if (node.open) load(found);
        else if (found.told) found.asked = "";
      });
      if (found.name === "date") takeDates(node);
      return found;
    }

    // Browsers tell of each part of a date that is typed: of the year 2, then 20, then 202.
    function takeDates(node) {
      var timer = 0;
      function take() {
        clearTimeout(timer);
        var facets = query.facets;
        ["from", "to"].forEach(function (name) {
          var value = node.querySelector("input[name=" + name + "]").value;
          facets = BulletinQuery.facetsWith(facets, name, BulletinQuery.isDay(value) ? value : "");
        });
        var changed = facets.from !== query.facets.from || facets.to !== query.facets.to;
        if (changed) set.change(BulletinQuery.ordered(facets));
      }
      node.addEventListener("change", function () {
        clearTimeout(timer);
        timer = setTimeout(take, TYPING_MS);
      });
      node.addEventListener("focusout", take);
    }

    function adopt(facet, row) {
      var box = row.querySelector("input");
      facet.rows[box.value] = row;
      box.addEventListener("change", function () {
        toggle(facet.name, box.value);
      });
    }

    function newRow(facet, key) {
      var box = make("input");
      box.type = "checkbox";
      box.value = key;
      var row = make("label", "bu-facet__row", [
        box, make("span", "bu-facet__label", label(facet.name, key)), make("span", "bu-facet__number")
      ]);
      adopt(facet, row);
      return row;
    }

    function fill(facet, key, count, exact) {
      var row = facet.rows[key];
      row.querySelector("input").checked = isChosen(facet.name, key);
      if (count === null) return;
      row.querySelector(".bu-facet__number").textContent = counted(count, exact);
      row.classList.toggle("bu-facet__row--none", !count);
    }

    // Where not every story was checked there may be fewer.
    function counted(count, exact) {
      return exact || !count ? number(count) : filled(words.about_number, { number: number(count) });
    }

    function tell(facet, text) {
      if (facet.told) facet.told.parentNode.removeChild(facet.told);
      facet.told = text ? make("p", "bu-facet__told", text) : null;
      if (text) facet.node.appendChild(facet.told);
    }

    // The rows of a list in the order in which they are shown: of a region's list by province.
    function ordered(facet, rows) {
      if (facet.name === "edition" || facet.name === "year") {
        return rows.slice().sort(function (a, b) { return a[0] < b[0] ? 1 : -1; });
      }
      var sums = {};
      rows.forEach(function (row) {
        sums[row[3] || ""] = (sums[row[3] || ""] || 0) + row[2];
      });
      return rows.slice().sort(function (a, b) {
        return sums[b[3] || ""] - sums[a[3] || ""] || (a[3] || "").localeCompare(b[3] || "") || b[2] - a[2];
      });
    }

    function draw(facet, rows, made) {
      var counts = {};
      rows.forEach(function (row) {
        labels[facet.name][row[0]] = row[1];
        counts[row[0]] = row[2];
      });
      if (!facet.fixed && facet.made !== made) {
        facet.list.textContent = "";
        facet.rows = {};
        facet.heads = {};
        facet.made = made;
      }
      facet.total = rows.length;
      var listed = rows.slice(0, MOST);
      (query.facets[facet.name] || []).forEach(function (key) {
        if (!listed.some(function (row) { return row[0] === key; })) listed.push([key, label(facet.name, key), counts[key] || 0]);
      });
      ordered(facet, listed).forEach(function (row) {
        if (facet.rows[row[0]]) return;
        if (row[3] && !facet.heads[row[3]]) {
          facet.heads[row[3]] = true;
          facet.list.appendChild(make("li", "bu-facet__group", row[3]));
        }
        facet.list.appendChild(make("li", "", newRow(facet, row[0])));
      });
      Object.keys(facet.rows).forEach(function (key) {
        fill(facet, key, counts[key] || 0, rows.exact);
      });
      tell(facet, "");
      if (!facet.fixed && facet.name !== "year") fold(facet);
      if (facet.bars) bars(facet, rows);
      if (!facet.fixed && !Object.keys(facet.rows).length) tell(facet, words.facet_none);
    }

    // Shows the first rows and those that are chosen; the others follow when they are asked for.
    function fold(facet) {
      var items = Array.prototype.slice.call(facet.list.children);
      var long = items.length > FIRST + 2;
      items.forEach(function (item, at) {
        var box = item.querySelector("input");
        item.hidden = long && !facet.unfolded && at >= FIRST && !(box && box.checked);
      });
      var shown = false; // whether a row is, below the heading before which the loop stands
      items.slice().reverse().forEach(function (item) {
        if (item.querySelector("input")) {
          shown = shown || !item.hidden;
        } else {
          item.hidden = !shown;
          shown = false;
        }
      });
      if (!facet.all) {
        facet.all = BulletinHits.button("", function () {
          facet.unfolded = !facet.unfolded;
          fold(facet);
        });
        facet.all.className = "bu-facet__all";
        facet.list.parentNode.insertBefore(facet.all, facet.list.nextSibling);
      }
      facet.all.hidden = !long;
      facet.all.textContent = facet.unfolded ? words.facet_fewer : filled(words.facet_all, { number: number(facet.total) });
      facet.all.setAttribute("aria-expanded", String(Boolean(facet.unfolded)));
      var most = long && facet.unfolded && facet.total > MOST;
      tell(facet, most ? filled(words.facet_most, { number: String(MOST) }) : "");
    }

    // The years from the first to the last, those without stories too: the bars are an axis of time.
    function withGaps(rows) {
      var counts = {};
      rows.forEach(function (row) {
        counts[row[0]] = row[2];
      });
      var numbers = rows.map(function (row) { return +row[0]; });
      var years = [];
      for (var year = Math.min.apply(null, numbers); year <= Math.max.apply(null, numbers); year += 1) {
        years.push([String(year), String(year), counts[year] || 0]);
      }
      return years;
    }

    // A picture of the list beside it, which a mouse may use.
    function bars(facet, rows) {
      var years = withGaps(rows);
      var most = Math.max.apply(null, years.map(function (year) { return year[2]; }).concat(1));
      facet.bars.textContent = "";
      facet.bars.hidden = !rows.length;
      years.forEach(function (year, at) {
        var bar = make("span", "bu-years__bar");
        var column = make("span", "bu-years__year", bar);
        bar.style.height = (year[2] ? Math.max(LEAST_BAR, (100 * year[2]) / most) : 0) + "%";
        column.title = year[1] + ": " + counted(year[2], rows.exact);
        column.classList.toggle("bu-years__year--chosen", isChosen("year", year[0]));
        if (at === 0 || at === years.length - 1) {
          column.appendChild(make("span", "bu-years__label" + (at ? " bu-years__label--end" : ""), year[1]));
        }
        column.addEventListener("click", function () {
          toggle("year", year[0]);
        });
        facet.bars.appendChild(column);
      });
    }

    // ---- Counts

    function isSeen(facet) {
      return facet.node.open && set.panel.offsetParent && !set.panel.hidden;
    }

    function load(facet) {
      if (!due || !facet.list || BulletinQuery.isEmpty(query) || !isSeen(facet)) return;
      // Values of one facet are alternatives, so its own choice does not narrow its counts.
      var asked = BulletinQuery.changed(query, { facets: BulletinQuery.facetsWith(query.facets, facet.name, null) });
      var mine = BulletinQuery.write(query);
      if (facet.asked === mine) return;
      facet.asked = mine;
      var made = BulletinQuery.write(asked);
      if (!facet.fixed && !facet.bars && facet.made !== made) tell(facet, words.facet_loading);
      set.engine.counts(asked, facet.name).then(
        function (rows) {
          if (facet.asked !== mine) return;
          draw(facet, rows, made);
          chips();
        },
        function (error) {
          if (facet.asked !== mine) return;
          facet.asked = "";
          if (!error || !error.superseded) tell(facet, words.facet_failed);
        }
      );
    }

    // ---- What was chosen

    function chip(text, name, remove) {
      // Genres have names that sections and facets have too.
      var full = heading(name) + words.chip_join + text;
      if (name === "genre") text = full;
      var cross = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      var path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      cross.setAttribute("viewBox", "0 0 10 10");
      cross.setAttribute("class", "bu-chosen__cross");
      cross.setAttribute("aria-hidden", "true");
      path.setAttribute("d", "M1 1l8 8M9 1l-8 8");
      cross.appendChild(path);
      var button = BulletinHits.button(text, function () {
        var at = Array.prototype.indexOf.call(set.chips.children, button.parentNode);
        remove();
        refocus(at, name);
      });
      button.appendChild(cross);
      button.setAttribute("aria-label", filled(words.remove, { label: full }));
      return make("li", "", button);
    }

    // The chip went with the focus on it: to the next one, or to where it came from.
    function refocus(at, name) {
      var next = set.chips.children[Math.min(at, set.chips.children.length - 1)];
      var from = set.panel.querySelector('[data-facet="' + name + '"] > summary');
      if (next) next.firstChild.focus();
      else if (set.opener.offsetParent) set.opener.focus();
      else if (from && from.offsetParent) from.focus();
      else set.home.focus();
    }

    function dates() {
      var from = query.facets.from;
      var to = query.facets.to;
      var values = { date: BulletinHits.day(words, from || to), from: from && BulletinHits.day(words, from), to: to && BulletinHits.day(words, to) };
      return filled(from && to ? words.between : from ? words.since : words.until, values);
    }

    function chips() {
      var list = set.chips;
      var focused = list.contains(document.activeElement)
        ? Array.prototype.indexOf.call(list.children, document.activeElement.parentNode)
        : -1;
      list.textContent = "";
      BulletinQuery.LISTS.forEach(function (name) {
        (query.facets[name] || []).forEach(function (key) {
          list.appendChild(chip(label(name, key), name, function () {
            toggle(name, key);
          }));
        });
      });
      if (query.facets.from || query.facets.to) {
        list.appendChild(chip(dates(), "date", function () {
          set.change(BulletinQuery.facetsWith(BulletinQuery.facetsWith(query.facets, "from", ""), "to", ""));
        }));
      }
      if (list.children.length > 1) {
        var clear = BulletinHits.button(words.clear, function () {
          set.change({});
          refocus(0, "section");
        });
        clear.className = "bu-chosen__clear";
        list.appendChild(make("li", "", clear));
      }
      list.hidden = !list.children.length;
      if (focused >= 0 && list.children[focused]) list.children[focused].firstChild.focus();
      var count = BulletinQuery.chosen(query);
      set.opener.textContent = words.narrow + (count ? " " + count : "");
    }

    function openPanel(open) {
      set.opener.setAttribute("aria-expanded", String(open));
      set.panel.classList.toggle("bu-facets--open", open);
      if (open) groups.forEach(load);
    }

    set.opener.addEventListener("click", function () {
      openPanel(set.opener.getAttribute("aria-expanded") !== "true");
    });

    // On a phone the panel stands before the results, which are out of sight while one chooses.
    var done = BulletinHits.button("", function () {
      openPanel(false);
      set.opener.focus();
      set.opener.scrollIntoView();
    });
    done.className = "bu-facets__done";
    set.panel.appendChild(done);

    return {
      // What is chosen; at once, while the results are still on their way.
      choose: function (next) {
        query = next;
        due = false;
        var empty = BulletinQuery.isEmpty(query);
        set.panel.hidden = set.opener.hidden = empty;
        groups.forEach(function (facet) {
          Object.keys(facet.rows).forEach(function (key) {
            fill(facet, key, null);
          });
        });
        ["from", "to"].forEach(function (name) {
          var input = set.panel.querySelector("input[name=" + name + "]");
          var day = query.facets[name] || "";
          // To set a date takes a browser long, even where it is the same.
          if (input && input.value !== day && document.activeElement !== input) input.value = day;
        });
        chips();
      },
      // Keys in an address have names that the answer tells: name → key → label.
      name: function (told) {
        Object.keys(told).forEach(function (name) {
          Object.keys(told[name]).forEach(function (key) {
            labels[name][key] = labels[name][key] || told[name][key];
          });
        });
        chips();
      },
      // What was found, as it is told above the results; nothing: no story was.
      found: function (text) {
        done.textContent = text ? filled(words.see_results, { count: text }) : words.see_none;
      },
      // Counts of what can be seen; to be called when the results are shown.
      count: function () {
        due = true;
        groups.forEach(load);
      }
    };
  }

  return { attach: attach };
})();
