// The header's live parts: the toggle of the colour scheme, the key that leads to the search field, suggestions for it, the
// name on the front page.
(function () {
  var toggle = document.querySelector("[data-md-component=palette]");
  var options = toggle ? Array.prototype.slice.call(toggle.querySelectorAll("input")) : [];

  function colour(option) {
    var found = {};
    ["media", "scheme", "primary", "accent"].forEach(function (key) {
      found[key] = option.getAttribute("data-md-color-" + key);
    });
    return found;
  }

  // Of the labels only that of the option in force is shown: it stands beside its input and leads to the next one.
  function show(index) {
    var shown = colour(options[index]);
    ["scheme", "primary", "accent"].forEach(function (key) {
      document.body.setAttribute("data-md-color-" + key, shown[key]);
    });
    options.forEach(function (option, at) {
      option.checked = at === index;
      var label = option.nextElementSibling;
      if (label && label.tagName === "LABEL") label.hidden = at !== index;
    });
  }

  function choose(index) {
    show(index);
    __md_set("__palette", { index: index, color: colour(options[index]) });
  }

  function current() {
    var scheme = document.body.getAttribute("data-md-color-scheme");
    for (var at = 0; at < options.length; at += 1) {
      if (options[at].getAttribute("data-md-color-scheme") === scheme) return at;
    }
    return 0;
  }

  options.forEach(function (option, at) {
    option.addEventListener("change", function () {
      choose(at);
    });
    // A radio button that is chosen already does not answer to these keys by itself.
    option.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      var next = (at + 1) % options.length;
      choose(next);
      options[next].focus();
    });
  });
  if (options.length) show(current());

  // "/" leads to the first search field that is shown, unless it is typed somewhere. On a narrow screen the header's gives
  // way to a link, and the key to itself.
  var TYPELESS = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;

  function isTypedInto(place) {
    if (place.isContentEditable || /^(TEXTAREA|SELECT)$/.test(place.tagName)) return true;
    return place.tagName === "INPUT" && !TYPELESS.test(place.type);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || event.keyCode === 229 || isTypedInto(event.target)) return;
    var fields = document.querySelectorAll("form[role=search] input[name=q]");
    for (var at = 0; at < fields.length; at += 1) {
      if (!fields[at].getClientRects().length) continue;
      event.preventDefault();
      fields[at].focus();
      fields[at].select();
      return;
    }
  });

  // Suggestions come with the first sign that is typed into a search field.
  var home = document.currentScript.src;

  function suggest(event) {
    if (!event.target.matches("form[role=search] input[name=q]")) return;
    document.removeEventListener("input", suggest);
    event.target.form.addEventListener("submit", function () {
      this.setAttribute("data-sent", ""); // if they are still on their way, they are too late
    });
    ["search", "search-suggest"].slice(window.BulletinSearch ? 1 : 0).forEach(function (name) {
      var script = document.createElement("script");
      script.src = home.replace("header", name);
      script.async = false; // in this order
      document.head.appendChild(script);
    });
  }
  document.addEventListener("input", suggest);

  // On the front page the name waits until the 报头 has scrolled away.
  var masthead = document.querySelector(".bu-masthead");
  var name = document.querySelector(".bu-brand__name");
  if (!masthead || !name) return;
  if (!window.IntersectionObserver) {
    name.classList.add("bu-brand__name--shown");
    return;
  }
  new IntersectionObserver(function (entries) {
    name.classList.toggle("bu-brand__name--shown", !entries[entries.length - 1].isIntersecting);
  }).observe(masthead);
})();
