// Reloads the page when the preview of it changed. Only answers of `bulletin serve` hold this script; no file does.
(function () {
  var own = document.currentScript.dataset;
  var tag = own.tag;
  var styles = own.styles;
  var report = own.kind === "report";
  var place = "bulletin-preview:" + location.pathname;
  var source = null;

  // A page of problems follows the colour scheme that the reader chose on the site.
  if (report) {
    try {
      var palette = JSON.parse(localStorage.getItem(own.base + ".__palette"));
      if (palette && palette.color) document.documentElement.dataset.mdColorScheme = palette.color.scheme;
    } catch (error) {
      // storage is blocked or spoilt: the system's scheme counts
    }
  }

  // The place in the story is kept, also while the page shows its problems in between.
  function remember() {
    if (!report) sessionStorage.setItem(place, String(scrollY));
  }

  // The browser would put back the place of the page that was reloaded, which may have been the problems.
  function restore() {
    var top = sessionStorage.getItem(place);
    if (report || top === null) return;
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    scrollTo({ top: Number(top), behavior: "instant" });
    addEventListener("load", function () { scrollTo({ top: Number(top), behavior: "instant" }); });
    addEventListener("pagehide", function () { history.scrollRestoration = "auto"; });
  }

  // Whoever folds the warnings away once need not do so at every save.
  function keepFolded() {
    var panel = document.querySelector(".pv-panel details");
    if (!panel) return;
    panel.open = sessionStorage.getItem("bulletin-preview-folded") === null;
    panel.addEventListener("toggle", function () {
      if (panel.open) sessionStorage.removeItem("bulletin-preview-folded");
      else sessionStorage.setItem("bulletin-preview-folded", "1");
    });
  }

  function swapStyles(event) {
    styles = event.data;
    document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
      var address = new URL(link.href);
      if (address.origin !== location.origin) return;
      var fresh = link.cloneNode();
      address.searchParams.set("preview", styles);
      fresh.href = address.href;
      fresh.onload = function () { link.remove(); };
      fresh.onerror = function () { fresh.remove(); };
      link.after(fresh);
    });
  }

  function showBar(event) {
    var foot = document.getElementById("pv-foot");
    var html = JSON.parse(event.data);
    if (foot && foot.innerHTML !== html) foot.innerHTML = html;
  }

  function listen() {
    if (source) return;
    var query = new URLSearchParams({ page: location.pathname, tag: tag, styles: styles });
    source = new EventSource(own.events + "?" + query);
    source.addEventListener("styles", swapStyles);
    source.addEventListener("bar", showBar);
    source.addEventListener("reload", function () {
      rest();
      remember();
      location.reload();
    });
    source.onerror = function () {
      if (source && source.readyState === EventSource.CLOSED) {
        rest();
        setTimeout(listen, 1000);
      }
    };
  }

  function rest() {
    if (source) source.close();
    source = null;
  }

  // A browser allows six connections to a server: pages in the background give theirs back.
  function attend() {
    if (document.visibilityState === "visible") listen();
    else rest();
  }

  document.addEventListener("DOMContentLoaded", function () {
    keepFolded();
    restore();
  });
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", attend);
})();
