// Takes the service worker of this site away with all that it kept. Served in its place by a preview, and by a site
// that keeps nothing (setting `offline: no`): browsers fetch it at their next visit.
(function () {
  var prefix = "bulletin:" + new URL(self.registration.scope).pathname + ":";

  self.addEventListener("install", function () {
    self.skipWaiting();
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(
      caches
        .keys()
        .then(function (names) {
          return Promise.all(
            names.map(function (name) {
              return name.indexOf(prefix) === 0 && caches.delete(name);
            })
          );
        })
        .then(function () {
          return self.registration.unregister();
        })
    );
  });
})();
