// Puts the reader's colour scheme on <body> before anything is painted: the stored choice, else the system's.
(function () {
  var stored = __md_get("__palette");
  var color = stored && stored.color;
  if (!color || color.media === "(prefers-color-scheme)") {
    var dark = matchMedia("(prefers-color-scheme: dark)").matches;
    var option = document.querySelector(
      "[data-md-color-media='(prefers-color-scheme: " + (dark ? "dark" : "light") + ")']"
    );
    if (!option) return;
    color = {};
    ["media", "scheme", "primary", "accent"].forEach(function (key) {
      color[key] = option.getAttribute("data-md-color-" + key);
    });
  }
  Object.keys(color).forEach(function (key) {
    document.body.setAttribute("data-md-color-" + key, color[key]);
  });
})();
