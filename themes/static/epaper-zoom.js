// The printed page in its window: larger and smaller by buttons, keys, Ctrl and wheel, or two fingers; moved by dragging.
// Without this file the page is as wide as its window, and zones and list lead to the stories.
(function () {
  var view = document.querySelector("[data-bu-view]");
  var sheet = document.querySelector("[data-bu-sheet]");
  var tools = document.querySelector("[data-bu-zoom]");
  if (!view || !sheet || !tools) return;
  var image = sheet.querySelector("source");
  var said = tools.querySelector("[data-bu-step='0']");
  var sizes = image.getAttribute("sizes");
  var LARGEST = 5;
  var STEP = 1.25;
  var scale = 1;

  // The point at (x, y) of the window stays where it is.
  function zoom(to, x, y) {
    var before = scale;
    var left = view.scrollLeft;
    var top = view.scrollTop;
    scale = Math.min(Math.max(to, 1), LARGEST);
    if (scale < 1.02) scale = 1;
    var whole = scale === 1;
    // The window keeps the height of the whole page, so that nothing below it jumps.
    if (!whole && before === 1) view.style.height = view.clientHeight + "px";
    if (whole) view.style.height = "";
    sheet.style.width = whole ? "" : scale * 100 + "%";
    view.classList.toggle("bu-paper__view--zoomed", !whole);
    view.tabIndex = whole ? -1 : 0;
    view.scrollLeft = ((left + x) * scale) / before - x;
    view.scrollTop = ((top + y) * scale) / before - y;
    image.setAttribute("sizes", whole ? sizes : Math.round(view.clientWidth * scale) + "px");
    said.textContent = Math.round(scale * 100) + "%";
  }

  function fromMiddle(to) {
    zoom(to, view.clientWidth / 2, view.clientHeight / 2);
  }

  function step(way) {
    fromMiddle(way ? scale * Math.pow(STEP, way) : 1);
  }

  tools.addEventListener("click", function (event) {
    var button = event.target.closest("[data-bu-step]");
    if (button) step(Number(button.dataset.buStep));
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "+" || event.key === "=") step(1);
    else if (event.key === "-") step(-1);
    else if (event.key === "0") step(0);
    else return;
    event.preventDefault();
  });

  // A touchpad's pinch arrives as a wheel with Ctrl; a plain wheel scrolls, as everywhere.
  view.addEventListener(
    "wheel",
    function (event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      var box = view.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    },
    { passive: false }
  );

  // ---- Two fingers

  var pinch = null;

  function apart(touches) {
    return Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
  }

  view.addEventListener(
    "touchstart",
    function (event) {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      pinch = { distance: apart(event.touches) || 1, scale: scale };
    },
    { passive: false }
  );

  view.addEventListener(
    "touchmove",
    function (event) {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      var box = view.getBoundingClientRect();
      var x = (event.touches[0].clientX + event.touches[1].clientX) / 2 - box.left;
      var y = (event.touches[0].clientY + event.touches[1].clientY) / 2 - box.top;
      zoom((pinch.scale * apart(event.touches)) / pinch.distance, x, y);
    },
    { passive: false }
  );

  function letGo(event) {
    if (event.touches.length < 2) pinch = null;
  }

  view.addEventListener("touchend", letGo);
  view.addEventListener("touchcancel", letGo);

  // ---- Dragging with the mouse; the click that ends it opens nothing

  var drag = null;
  var dragged = false;

  view.addEventListener("mousedown", function (event) {
    if (scale === 1 || event.button !== 0) return;
    drag = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    dragged = false;
    event.preventDefault();
  });

  document.addEventListener("mousemove", function (event) {
    if (!drag) return;
    var left = drag.x - event.clientX;
    var top = drag.y - event.clientY;
    if (Math.abs(left - view.scrollLeft) + Math.abs(top - view.scrollTop) > 4) dragged = true;
    if (!dragged) return;
    view.classList.add("bu-paper__view--dragged");
    view.scrollLeft = left;
    view.scrollTop = top;
  });

  document.addEventListener("mouseup", function () {
    drag = null;
    view.classList.remove("bu-paper__view--dragged");
  });

  view.addEventListener(
    "click",
    function (event) {
      if (!dragged) return;
      dragged = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true
  );

  window.addEventListener("resize", function () {
    if (scale !== 1) fromMiddle(1);
  });

  // ---- Full screen

  var full = document.querySelector("[data-bu-full]");
  var paper = view.parentNode;
  var enter = paper.requestFullscreen || paper.webkitRequestFullscreen;
  if (full && enter) {
    full.hidden = false;
    full.addEventListener("click", function () {
      fromMiddle(1);
      enter.call(paper);
    });
  }

  tools.hidden = false;
  view.classList.add("bu-paper__view--live");
})();
