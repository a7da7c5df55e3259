// Runs before anything is painted: marks that scripts work, and settles the colour scheme.
// Storage is keyed by the site's base path as Material for MkDocs does it, so that a choice made with it still counts.
// This file is assets/bulletin/scope.js, so the base is two folders up from here.
var __md_scope = new URL("../..", document.currentScript.src);
var __md_get = function (key, storage, scope) {
  try {
    return JSON.parse((storage || localStorage).getItem((scope || __md_scope).pathname + "." + key));
  } catch (error) {
    return null; // storage is blocked or spoilt: the page works without it
  }
};
var __md_set = function (key, value, storage, scope) {
  try {
    (storage || localStorage).setItem((scope || __md_scope).pathname + "." + key, JSON.stringify(value));
  } catch (error) {
    // storage is full or blocked
  }
};

(function () {
  var root = document.documentElement;
  var schemes = document.currentScript.dataset; // the palette's, for systems set to light and to dark
  root.classList.remove("no-js");
  root.classList.add("js");

  function scheme() {
    var stored = __md_get("__palette");
    if (stored && stored.color && stored.color.scheme) return stored.color.scheme;
    return window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches ? schemes.dark : schemes.light;
  }

  // A newsroom with one scheme only has no toggle, and keeps what its template says.
  var name = schemes.light && schemes.dark && scheme();
  if (!name) return;
  // The observer is told before the body is painted for the first time.
  new MutationObserver(function (changes, observer) {
    if (!document.body) return;
    observer.disconnect();
    document.body.setAttribute("data-md-color-scheme", name);
  }).observe(root, { childList: true });
})();
