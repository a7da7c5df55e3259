// What header.js and reader.js do for search in the site, as far as a copy for taking along has it.
(function () {
  var home = document.currentScript.src;

  function load(name) {
    var script = document.createElement("script");
    script.src = home.replace("search-copy", name);
    script.async = false; // in this order
    document.head.appendChild(script);
  }

  // From the search page: ?find=… says which words to mark in a story.
  if (/[?&]find=./.test(location.search)) ["search", "search-marks"].forEach(load);

  document.addEventListener("keydown", function (event) {
    var field = document.getElementById("bu-field");
    var typed = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(checkbox|radio)$/.test(event.target.type);
    if (!field || typed || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
