// What Material's bundle expects in place of its inline scope script: storage keyed by the site's base path.
// This file is assets/bulletin/scope.js, so the base is two folders up from here.
var __md_scope = new URL("../..", document.currentScript.src);
var __md_hash = function (text) {
  return Array.from(text).reduce(function (hash, char) {
    return (hash << 5) - hash + char.charCodeAt(0);
  }, 0);
};
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
document.documentElement.classList.remove("no-js");
document.documentElement.classList.add("js");

// The bundle fetches a sitemap for every link[rel=alternate], taking it for a translation. Ours are feeds: they keep
// their plain rel in the HTML, for feed readers, and get a second keyword before the bundle looks.
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("link[rel=alternate][type]").forEach(function (link) {
    link.rel = "alternate feed";
  });
});
