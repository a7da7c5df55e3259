// Puts the reader's text size on <html> before anything is painted. This file is assets/bulletin/size.js, so the
// site's base, by which the choice is stored, is two folders up from here.
var bulletinSize = (function () {
  var sizes = ["s", "m", "l", "xl"];
  var key = new URL("../..", document.currentScript.src).pathname + ".bulletin-size";

  function show(size) {
    if (sizes.indexOf(size) < 0 || size === "m") document.documentElement.removeAttribute("data-bu-size");
    else document.documentElement.setAttribute("data-bu-size", size);
  }

  try {
    show(localStorage.getItem(key));
  } catch (error) {
    // storage is blocked: the size is the page's own
  }
  return {
    shown: function () {
      return document.documentElement.getAttribute("data-bu-size") || "m";
    },
    keep: function (size) {
      show(size);
      try {
        localStorage.setItem(key, size);
      } catch (error) {
        // storage is full or blocked: the choice holds for this page
      }
    }
  };
})();
