// A story's tools: text size, reading progress, sharing, citing, and the words that it was found by. Without this file the code and the citation remain.
(function () {
  var tools = document.querySelector("[data-bu-tools]");
  if (!tools) return;
  var words = tools.dataset;
  var home = document.currentScript.src;
  var address = document.querySelector("link[rel=canonical]");
  address = address ? address.href : location.href.split("#")[0];

  // ---- Saying and copying

  // The answer stands beside the button that asked, in a live region.
  function say(button, text) {
    var group = button.closest("[data-bu-tools], .bu-share");
    var status = group.querySelector("[role=status]");
    status.textContent = "";
    setTimeout(function () {
      status.textContent = text;
    }, 50);
  }

  // Browsers without the clipboard's own interface, and pages that are not served safely, copy a selection.
  function copySelected(text) {
    var field = document.createElement("textarea");
    var focused = document.activeElement;
    var done = false;
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "bu-unseen";
    document.body.appendChild(field);
    field.select();
    field.setSelectionRange(0, text.length);
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    document.body.removeChild(field);
    if (focused && focused.focus) focused.focus();
    return done;
  }

  function copy(button, text, copied) {
    function fallBack() {
      say(button, copySelected(text) ? copied : words.failed);
    }
    if (!navigator.clipboard || !navigator.clipboard.writeText) {
      fallBack();
      return;
    }
    navigator.clipboard.writeText(text).then(function () {
      say(button, copied);
    }, fallBack);
  }

  function share(button) {
    // WeChat shares from its own menu only.
    if (/MicroMessenger/i.test(navigator.userAgent)) {
      say(button, words.wechat);
    } else if (navigator.share) {
      navigator.share({ title: document.title, url: address }).catch(function (error) {
        if (error.name !== "AbortError") copy(button, address, words.link);
      });
    } else {
      copy(button, address, words.link);
    }
  }

  // ---- The day of reading, in citations and on paper

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map(function (number) {
        return (number < 10 ? "0" : "") + number;
      })
      .join("-");
  }

  function fillDays() {
    var cited = document.querySelector("[data-today]");
    var printed = document.querySelector("[data-printed]");
    if (cited) cited.textContent = "[" + today() + "]";
    if (printed) printed.textContent = printed.dataset.printed.replace("{date}", today());
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-do]");
    if (!button) return;
    fillDays();
    if (button.dataset.do === "share") share(button);
    else if (button.dataset.do === "link") copy(button, address, words.link);
    else copy(button, document.querySelector("[data-citation-text]").textContent, words.citation);
  });
  addEventListener("beforeprint", fillDays);
  fillDays();

  // ---- Text size

  if (window.bulletinSize) {
    Array.prototype.forEach.call(tools.querySelectorAll("input[name=bu-size]"), function (choice) {
      choice.checked = choice.value === bulletinSize.shown();
      choice.addEventListener("change", function () {
        bulletinSize.keep(choice.value);
        say(choice, words.size.replace("{size}", choice.parentNode.textContent.trim()));
        measure();
      });
    });
  }

  // ---- From the search page: ?find=… says which words to mark. The files for that are loaded only then

  function load(name) {
    var script = document.createElement("script");
    script.src = home.replace("reader", name);
    script.async = false; // in this order
    document.head.appendChild(script);
  }

  if (/[?&]find=./.test(location.search)) ["search", "search-marks"].forEach(load);

  // ---- Progress: how much of the body has passed; drawn at most once a frame

  var body = document.querySelector(".bu-body");
  var bar = document.createElement("div");
  var waiting = false;

  function measure() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      var box = body.getBoundingClientRect();
      var way = box.height - innerHeight;
      waiting = false;
      // A body that fits on the screen has no progress to tell.
      bar.hidden = way < innerHeight / 2;
      bar.style.transform = "scaleX(" + Math.min(Math.max(-box.top / way, 0), 1) + ")";
    });
  }

  if (body && window.requestAnimationFrame) {
    bar.className = "bu-progress";
    bar.setAttribute("aria-hidden", "true");
    document.body.appendChild(bar);
    addEventListener("scroll", measure, { passive: true });
    addEventListener("resize", measure);
    measure();
  }
})();
