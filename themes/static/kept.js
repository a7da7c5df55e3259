// The page of what is kept on this device: reads it off the caches that the service worker fills.
(function () {
  var box = document.getElementById("bu-kept");
  if (!box || !window.caches || !window.Promise) return;
  var root = new URL("../", location.href.split(/[?#]/)[0]); // this page is offline/
  var prefix = "bulletin:" + root.pathname + ":";
  var words = box.dataset;

  function each(names, act) {
    return Promise.all(names.map(act));
  }

  // The headline of a kept page, and when it was kept.
  function read(cache, request) {
    return cache.match(request).then(function (copy) {
      return copy.text().then(function (html) {
        var title = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
        return {
          url: request.url,
          title: title ? title.textContent.trim() : request.url,
          time: new Date(copy.headers.get("x-bulletin-kept") || 0)
        };
      });
    });
  }

  function stories(name) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (requests) {
        var found = requests.filter(function (request) {
          return /^(stories|editions)\/[^/]+\/$/.test(request.url.slice(root.href.length));
        });
        return each(found, function (request) {
          return read(cache, request);
        });
      });
    });
  }

  function show(list, pages, known) {
    var format = new Intl.DateTimeFormat(document.documentElement.lang, {
      month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23"
    });
    pages.forEach(function (page) {
      if (known[page.url]) return;
      known[page.url] = true;
      var item = document.createElement("li");
      var link = document.createElement("a");
      var time = document.createElement("span");
      link.href = page.url;
      link.textContent = page.title;
      time.className = "bu-count";
      time.textContent = words.at.replace("{time}", format.format(page.time));
      item.appendChild(link);
      item.appendChild(document.createTextNode(" "));
      item.appendChild(time);
      list.appendChild(item);
    });
    if (list.children.length) list.parentNode.hidden = false;
  }

  // Paths of the last edition, the most important first; the caches have them in the order in which they came.
  function order() {
    var worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!worker) return Promise.resolve([]);
    return new Promise(function (resolve) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) {
        resolve(event.data);
      };
      worker.postMessage({ kind: "edition" }, [channel.port2]);
      setTimeout(resolve, 1000, []); // a worker of an earlier version does not answer
    });
  }

  // Where the reader wanted to go; only addresses of this site are offered.
  function wanted() {
    var from = new URLSearchParams(location.search).get("from");
    var target = from === null ? null : new URL(from || "./", root);
    if (!target || target.href.indexOf(root.href) !== 0) return;
    var again = document.getElementById("bu-kept-again");
    again.href = target.href;
    document.getElementById("bu-kept-missing").hidden = false;
  }

  document.getElementById("bu-kept-script").hidden = true;
  wanted();
  caches
    .keys()
    .then(function (names) {
      var ours = names.filter(function (name) {
        return name.indexOf(prefix) === 0;
      });
      var sites = ours.filter(function (name) {
        return name.indexOf(prefix + "site:") === 0;
      });
      var read = ours.indexOf(prefix + "read") < 0 ? [] : [prefix + "read"];
      return Promise.all([each(sites, stories), each(read, stories), order()]);
    })
    .then(function (found) {
      var known = {};
      var edition = [].concat.apply([], found[0]);
      edition.sort(function (a, b) {
        return found[2].indexOf(a.url.slice(root.href.length)) - found[2].indexOf(b.url.slice(root.href.length));
      });
      show(document.getElementById("bu-kept-edition"), edition, known);
      show(document.getElementById("bu-kept-read"), [].concat.apply([], found[1]).reverse(), known);
      document.getElementById("bu-kept-none").hidden = Object.keys(known).length > 0;
    })
    .catch(function () {}); // caches are blocked: the page says that nothing is kept
})();
