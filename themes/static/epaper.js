// The printed page and its list: what is pointed at in one is marked in the other, and on a wide screen a story opens
// beside the page. Without this file zones and list are plain links.
(function () {
  var desk = document.querySelector("[data-bu-epaper]");
  if (!desk) return;
  var zones = [].slice.call(desk.querySelectorAll(".bu-zone"));
  var rows = {};
  var pointed = "";
  [].forEach.call(desk.querySelectorAll("[data-bu-zone]"), function (row) {
    rows[row.dataset.buZone] = row;
  });

  function mark(id, on) {
    var zone = document.getElementById(id);
    if (zone) zone.classList.toggle("bu-zone--on", on);
    if (rows[id]) rows[id].classList.toggle("bu-twin__row--on", on);
  }

  function point(id) {
    if (id === pointed) return;
    if (pointed) mark(pointed, false);
    pointed = id;
    if (id) mark(id, true);
  }

  function idOf(node) {
    var found = node && node.closest ? node.closest(".bu-zone, [data-bu-zone]") : null;
    return found ? found.dataset.buZone || found.id : "";
  }

  // The row of an opened or a linked story stays marked while nothing else is pointed at.
  function resting() {
    var id = decodeURIComponent(location.hash.slice(1));
    return opened ? opened.id : rows[id] ? id : "";
  }

  ["mouseover", "focusin"].forEach(function (kind) {
    desk.addEventListener(kind, function (event) {
      point(idOf(event.target) || resting());
    });
  });
  desk.addEventListener("mouseleave", function () {
    point(resting());
  });
  window.addEventListener("hashchange", function () {
    point(resting());
  });

  // ---- The story beside the page

  var wide = window.matchMedia("(min-width: 960px)");
  var pane = desk.querySelector("[data-bu-beside]");
  var twin = document.getElementById("titleList");
  var text = desk.querySelector("[data-bu-text]");
  var onward = desk.querySelector("[data-bu-onward]");
  var opened = null;

  // Addresses in a fetched page are relative to that page.
  function rebased(node, base) {
    [].forEach.call(node.querySelectorAll("[href], [src], [srcset]"), function (part) {
      ["href", "src"].forEach(function (name) {
        var value = part.getAttribute(name);
        if (value) part.setAttribute(name, new URL(value, base).href);
      });
      var set = part.getAttribute("srcset");
      if (set) {
        part.setAttribute(
          "srcset",
          set
            .split(", ")
            .map(function (entry) {
              var pieces = entry.trim().split(" ");
              return [new URL(pieces[0], base).href].concat(pieces.slice(1)).join(" ");
            })
            .join(", ")
        );
      }
    });
    return node;
  }

  // Head, picture and text of a story's page, without its tools and ids.
  function storyOf(html, base) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var made = document.createElement("article");
    var parts = [".bu-notice", ".bu-head", ".bu-figure--wide", ".bu-text"].map(function (name) {
      return ".bu-story > " + name + ", .bu-columns > " + name;
    });
    [].forEach.call(page.querySelectorAll(parts.join(", ")), function (part) {
      made.appendChild(document.importNode(part, true));
    });
    [].forEach.call(made.querySelectorAll("script, [data-bu-tools], .bu-share, .bu-printed, .bu-topics"), function (part) {
      part.parentNode.removeChild(part);
    });
    [].forEach.call(made.querySelectorAll("[id]"), function (part) {
      part.removeAttribute("id");
    });
    [].forEach.call(made.querySelectorAll("h1"), function (part) {
      var head = document.createElement("h2");
      head.className = part.className;
      while (part.firstChild) head.appendChild(part.firstChild);
      part.parentNode.replaceChild(head, part);
    });
    return made.querySelector(".bu-text") ? rebased(made, base) : null;
  }

  function show(content) {
    text.textContent = "";
    if (typeof content === "string") text.textContent = content;
    else text.appendChild(content);
  }

  function open(id, link) {
    var address = link.href.baseVal === undefined ? link.href : new URL(link.href.baseVal, location.href).href;
    opened = { id: id, link: link };
    point(id);
    onward.href = address;
    twin.hidden = true;
    pane.hidden = false;
    show(desk.dataset.loading);
    pane.focus({ preventScroll: true });
    fetch(address)
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (html) {
        if (!opened || opened.id !== id) return;
        var story = storyOf(html, address);
        if (!story) throw new Error("no story");
        show(story);
      })
      .catch(function () {
        if (opened && opened.id === id) show(desk.dataset.failed);
      });
  }

  function close() {
    if (!opened) return;
    var link = opened.link;
    opened = null;
    pane.hidden = true;
    twin.hidden = false;
    text.textContent = "";
    point(resting());
    link.focus({ preventScroll: true });
  }

  desk.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    var link = event.target.closest(".bu-zone, .bu-twin__link");
    var id = link ? idOf(link) : "";
    if (!id || !wide.matches || !window.fetch || !window.DOMParser) return;
    event.preventDefault();
    open(id, link);
  });
  desk.querySelector("[data-bu-close]").addEventListener("click", close);

  // ---- Keys: page to page with the arrows, back to the list with Escape

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.closest("[data-bu-view][tabindex='0']")) return;
    if (event.key === "Escape" && opened) {
      close();
      return;
    }
    var forward = getComputedStyle(desk).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    var back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    var way = event.key === forward ? "next" : event.key === back ? "prev" : "";
    var link = way && document.querySelector(".bu-paperbar [rel=" + way + "]");
    if (link) location.href = link.href;
  });

  if (zones.length) point(resting());
})();
