// Suggestions while typing, for every search field of a page: an ARIA combobox with a list. header.js brings this file
// when a reader types into such a field.
(function () {
  var MOST = 6;
  var PAUSE_MS = 150;
  var SHEET = "search.css";
  var root = new URL("../../", document.currentScript.src).href; // this file is assets/bulletin/search-suggest.js
  var attached = 0;

  function suggest(text) {
    window.bulletinEngine = window.bulletinEngine || BulletinSearch.open(root);
    return bulletinEngine.suggest(text, MOST);
  }

  function element(tag, name, text) {
    var node = document.createElement(tag);
    node.className = name;
    node.textContent = text;
    return node;
  }

  function attach(field) {
    var form = field.form;
    var words = (document.querySelector("[data-suggest]") || form).dataset;
    var list = element("ul", "bu-suggest", "");
    var rows = [];
    var active = -1;
    var timer = 0;
    var asked = 0; // the latest question; answers to earlier ones are late
    var silent = false; // after a choice, until the next key

    attached += 1;
    list.id = "bu-suggest-" + attached;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.suggest || "");
    form.appendChild(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("autocomplete", "off");

    function close() {
      clearTimeout(timer);
      asked += 1;
      active = -1;
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function point(at) {
      if (rows[active]) rows[active].setAttribute("aria-selected", "false");
      active = at;
      if (!rows[at]) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      rows[at].setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", rows[at].id);
      if (rows[at].scrollIntoView) rows[at].scrollIntoView({ block: "nearest" });
    }

    // Choosing sends the form, as typing the words and Enter would.
    function choose(text) {
      silent = true;
      field.value = text;
      close();
      if (form.requestSubmit) form.requestSubmit();
      else if (form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }))) form.submit();
    }

    function show(found) {
      list.textContent = "";
      active = -1;
      field.removeAttribute("aria-activedescendant");
      rows = found.map(function (entry, at) {
        var row = element("li", "bu-suggest__row", "");
        row.id = list.id + "-" + at;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.appendChild(element("span", "bu-suggest__text", entry.text));
        if (words[entry.kind]) row.appendChild(element("span", "bu-suggest__kind", words[entry.kind]));
        // The field keeps the focus; the choice is made when the finger or the button goes up.
        row.addEventListener("mousedown", function (event) {
          event.preventDefault();
        });
        row.addEventListener("click", function () {
          choose(entry.text);
        });
        list.appendChild(row);
        return row;
      });
      list.hidden = !rows.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    }

    function ask() {
      var text = field.value.trim();
      var mine = (asked += 1);
      if (!text || document.activeElement !== field) {
        close();
        return;
      }
      suggest(text).then(
        function (found) {
          if (mine === asked && document.activeElement === field) show(found.filter(function (entry) {
            return entry.text !== text;
          }));
        },
        function () {
          if (mine === asked) close(); // without suggestions one can still search
        }
      );
    }

    field.addEventListener("input", function (event) {
      silent = false;
      clearTimeout(timer);
      // Letters on their way to becoming Han are nothing to suggest for.
      if (event.isComposing) close();
      else timer = setTimeout(ask, PAUSE_MS);
    });
    field.addEventListener("compositionend", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    });
    field.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) {
          if (event.key === "ArrowDown") ask();
          return;
        }
        // Before the first row and after the last stands the field itself.
        var step = event.key === "ArrowDown" ? 1 : -1;
        point((active + 1 + step + rows.length + 1) % (rows.length + 1) - 1);
        event.preventDefault();
      } else if (event.key === "Escape" && !list.hidden) {
        close();
        event.preventDefault();
      } else if (event.key === "Enter" && rows[active] && !list.hidden) {
        event.preventDefault();
        choose(rows[active].firstChild.textContent);
      }
    });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // What was typed while this file was on its way; letters only may be on their way to Han. What was sent meanwhile is
    // answered below the field already, and the list would cover the answer.
    if (document.activeElement !== field || /^[a-z ']*$/i.test(field.value)) return;
    if (!form.hasAttribute("data-sent")) ask();
  }

  function begin() {
    Array.prototype.forEach.call(document.querySelectorAll("form[role=search] input[name=q]"), attach);
  }

  if (!window.BulletinSearch || !window.Promise) return;
  if (document.querySelector('link[href$="' + SHEET + '"]')) {
    begin();
    return;
  }
  var sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = root + "assets/bulletin/" + SHEET;
  sheet.onload = begin;
  document.head.appendChild(sheet);
})();
