// Brings the service worker in after the page has loaded, and tells when there is something new. Old browsers skip it.
(function () {
  var workers = navigator.serviceWorker;
  var script = document.currentScript;
  if (!workers || !script || !window.caches) return;
  var root = new URL("../../", script.src).href; // this file is assets/bulletin/offline.js
  var SETTLED_MS = 10000;
  var PATIENCE_MS = 3000; // with a page that is never at rest
  var PAUSE_MS = 300000; // between two looks of an open page

  var controlled = Boolean(workers.controller);
  var kept = document.documentElement.hasAttribute("data-bu-kept");
  var settled = false; // what is found from now on is newer than this page
  var looked = Date.now();
  var own = false; // this page asked for the change
  var bar = null;

  function element(tag, name, text) {
    var node = document.createElement(tag);
    node.className = name;
    node.textContent = text;
    return node;
  }

  function button(text, act) {
    var node = element("button", "bu-kept__act", text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // The worker has the words, so that pages need not carry them.
  function words(worker, then) {
    var channel = new MessageChannel();
    channel.port1.onmessage = function (event) {
      then(event.data);
    };
    worker.postMessage({ kind: "words" }, [channel.port2]);
  }

  function offer(worker) {
    if (bar) return;
    bar = element("div", "bu-kept bu-kept--update", "");
    bar.setAttribute("role", "status");
    document.body.appendChild(bar);
    words(worker, function (say) {
      bar.appendChild(element("p", "", say.update));
      bar.appendChild(
        button(say.reload, function () {
          own = true;
          if (worker.state === "installed") worker.postMessage({ kind: "activate" });
          else location.reload();
        })
      );
      bar.appendChild(
        button(say.later, function () {
          document.body.removeChild(bar);
        })
      );
    });
  }

  // A page that just came from the network shows what is new already: nobody need be asked.
  function ready(worker) {
    if (settled || kept) offer(worker);
    else worker.postMessage({ kind: "activate" });
  }

  function watch(registration) {
    var worker = registration.installing;
    if (!worker) return;
    worker.addEventListener("statechange", function () {
      if (worker.state === "installed" && controlled) ready(worker);
    });
  }

  function begin(registration) {
    if (registration.waiting && controlled) ready(registration.waiting);
    watch(registration);
    registration.addEventListener("updatefound", function () {
      watch(registration);
    });
    document.addEventListener("visibilitychange", function () {
      if (document.hidden) {
        settled = true;
      } else if (Date.now() - looked > PAUSE_MS) {
        looked = Date.now();
        registration.update().catch(function () {}); // no network just now
      }
    });
    workers.ready.then(function (active) {
      active.active.postMessage({ kind: "contact" });
    });
    setTimeout(function () {
      settled = true;
    }, SETTLED_MS);
  }

  // The new worker took over: because of this page, of another one, or because it is the first.
  workers.addEventListener("controllerchange", function () {
    if (own) location.reload();
    else if (controlled && settled) offer(workers.controller);
    controlled = true;
  });

  // What the page was opened for comes first: a search may still be under way.
  addEventListener("load", function () {
    if (window.requestIdleCallback) requestIdleCallback(register, { timeout: PATIENCE_MS });
    else setTimeout(register, 0);
  });

  function register() {
    workers.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(begin, function () {}); // not allowed here
  }
})();
