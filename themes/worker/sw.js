// The service worker: keeps the last edition and the stories that were read, and answers when the network does not.
// The build writes SITE before this file: {version, lang, shell, edition, withdrawn, offline, words}; files are
// [path, digest]. Pages come from the network first, so nobody reads old news who could read new.
(function () {
  var scope = self.registration.scope;
  var prefix = "bulletin:" + new URL(scope).pathname + ":";
  var NOW = prefix + "site:" + SITE.version;
  var READ = prefix + "read";
  var PICTURES = prefix + "pictures";
  var SOUGHT = prefix + "search:" + SITE.version; // of this version only: what was withdrawn since must not be found
  var PATIENCE_MS = 3000; // for a page of which there is a copy
  var MOST_READ = 30;
  var MOST_PICTURES = 60;
  var MOST_SOUGHT = 300; // parts of the search index, about 6 KB each
  var STALE_MS = 3600000; // copies of read stories are looked at again when they are older
  var LANES = 3; // files fetched at a time
  var LASTING = /^photos\/|\.[0-9a-f]{8,}\.(?:min\.)?(?:css|js)$/; // a digest in the name: never changes
  var INDEX = "search/index.json"; // the one address of the search data whose content changes
  var SEARCH_DATA = /^search\/(?:[a-z]-[0-9a-f]+\/|suggest-|x\/)/; // a digest in the address, be it behind the "?"
  var listed = {};
  SITE.shell.concat(SITE.edition).forEach(function (file) {
    listed[file[0]] = file[1];
  });

  function address(path) {
    return new URL(path || "./", scope).href;
  }

  // The path within the site; "" for the front page, null outside.
  function pathOf(url) {
    var plain = url.split(/[?#]/)[0];
    return plain.indexOf(scope) === 0 ? plain.slice(scope.length) : null;
  }

  function isPage(path) {
    return path === "" || /\/$/.test(path);
  }

  function isStory(path) {
    return /^stories\/[^/]+\/$/.test(path);
  }

  function ours() {
    return caches.keys().then(function (names) {
      return Promise.all(
        names
          .filter(function (name) {
            return name.indexOf(prefix) === 0;
          })
          .map(function (name) {
            return caches.open(name);
          })
      );
    });
  }

  // What do() gives for every cache of ours.
  function inAll(act) {
    return ours().then(function (all) {
      return Promise.all(all.map(act));
    });
  }

  function when(response) {
    return Date.parse(response.headers.get("x-bulletin-kept")) || 0;
  }

  // The copy of a path that was kept last.
  function find(path) {
    return inAll(function (cache) {
      return cache.match(address(path));
    }).then(function (found) {
      return found.filter(Boolean).sort(function (a, b) {
        return when(b) - when(a);
      })[0];
    });
  }

  // A copy that says when it was kept, and what it is. Also forgets a redirect, which browsers refuse for pages.
  function stamped(response, digest) {
    return response.blob().then(function (body) {
      var headers = new Headers(response.headers);
      headers.delete("content-encoding");
      headers.delete("content-length");
      headers.set("x-bulletin-kept", new Date().toISOString());
      headers.set("x-bulletin-digest", digest || "");
      return new Response(body, { status: 200, headers: headers });
    });
  }

  function keep(name, path, response, digest) {
    return stamped(response, digest).then(function (copy) {
      return caches.open(name).then(function (cache) {
        return cache.delete(address(path)).then(function () {
          return cache.put(address(path), copy); // now the youngest of the cache
        });
      });
    });
  }

  // Pictures are kept in one width; whatever width a page asks for, it is the same picture.
  function family(path) {
    return path.replace(/-\d+\.\w+$/, "-");
  }

  function pictures(html) {
    var found = {};
    (html.match(/photos\/[^"\s<>]+?-\d+\.\w+/g) || []).forEach(function (path) {
      found[family(path)] = true;
    });
    return found;
  }

  function dropPictures(families) {
    return inAll(function (cache) {
      return cache.keys().then(function (requests) {
        return Promise.all(
          requests.map(function (request) {
            return families[family(pathOf(request.url) || "")] && cache.delete(request);
          })
        );
      });
    });
  }

  // Takes a page and its pictures out of every cache. newer: HTML whose pictures stay.
  function forget(path, newer) {
    return inAll(function (cache) {
      return cache.match(address(path)).then(function (copy) {
        return copy ? copy.text() : "";
      });
    })
      .then(function (texts) {
        var gone = pictures(texts.join(""));
        Object.keys(pictures(newer || "")).forEach(function (name) {
          delete gone[name];
        });
        return Object.keys(gone).length ? dropPictures(gone) : null;
      })
      .then(function () {
        return inAll(function (cache) {
          return cache.delete(address(path));
        });
      });
  }

  function trim(name, most, drop) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (requests) {
        return Promise.all(
          requests.slice(0, Math.max(requests.length - most, 0)).map(function (request) {
            return drop ? drop(pathOf(request.url)) : cache.delete(request);
          })
        );
      });
    });
  }

  // What the network says of a page: the copy is renewed, or goes with the page.
  function learn(path, response) {
    if (response.status === 404 || response.status === 410) return forget(path);
    if (!response.ok || response.type !== "basic" || !(isStory(path) || path in listed)) return Promise.resolve();
    return response
      .clone()
      .text()
      .then(function (html) {
        if (html.indexOf("bu-tombstone") >= 0) return forget(path);
        return find(path)
          .then(function (old) {
            return old && old.clone().text().then(function (text) {
              // The same page under the same digest need not be fetched again for the next version.
              return text === html ? old.headers.get("x-bulletin-digest") : "";
            });
          })
          .then(function (digest) {
            return forget(path, html).then(function () {
              var names = [];
              if (path in listed) names.push(NOW);
              if (isStory(path)) names.push(READ);
              return Promise.all(
                names.map(function (name) {
                  return keep(name, path, response.clone(), digest);
                })
              );
            });
          })
          .then(function () {
            return trim(READ, MOST_READ, dropRead);
          });
      });
  }

  // A story of the last edition stays, as long as it is listed, though others were read since.
  function dropRead(path) {
    if (!(path in listed)) return forget(path);
    return caches.open(READ).then(function (cache) {
      return cache.delete(address(path));
    });
  }

  // ---- Installing: all of the shell, as much of the edition as comes

  function fetchFile(file) {
    return fetch(address(file[0]), { cache: "no-cache", credentials: "same-origin" }).then(function (response) {
      if (!response.ok) throw new Error(file[0] + " " + response.status);
      return keep(NOW, file[0], response, file[1]);
    });
  }

  // The file of an earlier version is as good when its digest is the same.
  function keepFile(file) {
    return find(file[0]).then(function (copy) {
      if (!copy || copy.headers.get("x-bulletin-digest") !== file[1]) return fetchFile(file);
      return caches.open(NOW).then(function (cache) {
        return cache.put(address(file[0]), copy);
      });
    });
  }

  function keepAll(files, act) {
    var queue = files.slice();
    function lane() {
      return queue.length ? act(queue.shift()).then(lane) : Promise.resolve();
    }
    var lanes = [];
    for (var i = 0; i < LANES; i += 1) lanes.push(lane());
    return Promise.all(lanes);
  }

  function saving() {
    return self.navigator.connection && self.navigator.connection.saveData;
  }

  function keepEdition() {
    if (saving()) return Promise.resolve();
    return keepAll(SITE.edition, function (file) {
      return keepFile(file).catch(function () {}); // without network for a moment, or without space
    });
  }

  // Pictures of read stories, which lie with the edition that they were in.
  function savePictures() {
    return caches.open(READ).then(function (read) {
      return read
        .matchAll()
        .then(function (copies) {
          return Promise.all(
            copies.map(function (copy) {
              return copy.text();
            })
          );
        })
        .then(function (texts) {
          var wanted = pictures(texts.join(""));
          return inAll(function (cache) {
            return cache.keys().then(function (requests) {
              return Promise.all(
                requests.map(function (request) {
                  var path = pathOf(request.url);
                  if (path in listed || !wanted[family(path)]) return null;
                  return cache.match(request).then(function (copy) {
                    return caches.open(PICTURES).then(function (kept) {
                      return kept.put(request, copy);
                    });
                  });
                })
              );
            });
          });
        });
    });
  }

  // Pages of an earlier version that the site no longer lists; what was read is looked at with the next contact.
  function forgetUnlisted() {
    return inAll(function (cache) {
      return cache.keys();
    }).then(function (all) {
      var paths = {};
      all.forEach(function (requests) {
        requests.forEach(function (request) {
          paths[pathOf(request.url)] = true;
        });
      });
      return caches.open(READ).then(function (read) {
        return Promise.all(
          Object.keys(paths).map(function (path) {
            if (!isPage(path) || path in listed) return null;
            return read.match(address(path)).then(function (copy) {
              return copy ? null : forget(path);
            });
          })
        );
      });
    });
  }

  self.addEventListener("install", function (event) {
    event.waitUntil(
      Promise.all(
        SITE.withdrawn.map(function (path) {
          return forget(path);
        })
      )
        .then(function () {
          return keepAll(SITE.shell, keepFile);
        })
        .then(keepEdition)
        .then(savePictures)
        .then(forgetUnlisted)
    );
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(
      caches
        .keys()
        .then(function (names) {
          return Promise.all(
            names.map(function (name) {
              var stays = name === NOW || name === READ || name === PICTURES || name === SOUGHT;
              return name.indexOf(prefix) === 0 && !stays && caches.delete(name);
            })
          );
        })
        .then(function () {
          return self.clients.claim();
        })
    );
  });

  // ---- Answering

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  // A kept page says that it is one, and from when.
  function told(copy, why) {
    var format = { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    var time = new Intl.DateTimeFormat(SITE.lang, format).format(new Date(when(copy)));
    var words = escaped(SITE.words["bar_" + why]);
    var bar =
      '<div class="bu-kept" role="status"><p>' + words.replace("{time}", escaped(time)) +
      '</p><a class="bu-kept__act" href="">' + escaped(SITE.words.again) + "</a></div>";
    return copy.text().then(function (html) {
      var place = /<a class="bu-skip"[^>]*>[^<]*<\/a>/.test(html) ? /<a class="bu-skip"[^>]*>[^<]*<\/a>/ : /<body\b[^>]*>/;
      var body = html.replace(/<html\b/, "<html data-bu-kept").replace(place, function (before) {
        return before + bar;
      });
      return new Response(body, { status: 200, headers: copy.headers });
    });
  }

  // What promise gives within the time, else a failure.
  function within(promise, ms) {
    return Promise.race([
      promise,
      new Promise(function (_resolve, reject) {
        setTimeout(reject, ms, "slow");
      })
    ]);
  }

  function missing(url) {
    return Response.redirect(address(SITE.offline) + "?from=" + encodeURIComponent(url.slice(scope.length)), 302);
  }

  function page(event, path) {
    // Asked of the server itself: what lies in the browser's own cache would pass for today's.
    var network = fetch(event.request.url, { cache: "no-cache", credentials: "same-origin", redirect: "manual" });
    var learned = network.then(function (response) {
      return learn(path, response.clone());
    });
    event.waitUntil(learned.catch(function () {}));
    return find(path).then(function (copy) {
      if (!copy) {
        return network.catch(function () {
          return path === SITE.offline ? Response.error() : missing(event.request.url);
        });
      }
      return within(network, PATIENCE_MS).then(
        function (response) {
          return response.status < 500 ? response : told(copy, "slow");
        },
        function (reason) {
          if (path === SITE.offline) return copy;
          return told(copy, reason === "slow" ? "slow" : "offline");
        }
      );
    });
  }

  // A picture that a story shows is kept with the story.
  function keepPicture(event, path, response) {
    if (!event.clientId || !response.ok || response.type !== "basic") return Promise.resolve();
    return self.clients.get(event.clientId).then(function (client) {
      if (!client || !isStory(pathOf(client.url) || "")) return null;
      return keep(PICTURES, path, response).then(function () {
        return trim(PICTURES, MOST_PICTURES);
      });
    });
  }

  function kin(path) {
    return inAll(function (cache) {
      return cache.keys().then(function (requests) {
        var found = requests.filter(function (request) {
          return family(pathOf(request.url) || "") === family(path);
        })[0];
        return found ? cache.match(found) : null;
      });
    }).then(function (found) {
      return found.filter(Boolean)[0] || Response.error();
    });
  }

  function lasting(event, path) {
    return find(path).then(function (copy) {
      if (copy) return copy;
      return fetch(event.request).then(
        function (response) {
          if (/^photos\//.test(path)) event.waitUntil(keepPicture(event, path, response.clone()).catch(function () {}));
          return response;
        },
        function () {
          return kin(path);
        }
      );
    });
  }

  function shellFile(event, path) {
    return within(fetch(event.request), PATIENCE_MS).catch(function () {
      return find(path).then(function (copy) {
        return copy || fetch(event.request);
      });
    });
  }

  // ---- Search: what was fetched once answers without network; what was not is the page's to tell

  function keepSought(event, response) {
    if (!response.ok) return response;
    var copy = response.clone();
    event.waitUntil(
      caches
        .open(SOUGHT)
        .then(function (cache) {
          return cache.put(event.request, copy);
        })
        .then(function () {
          return trim(SOUGHT, MOST_SOUGHT);
        })
        .catch(function () {}) // no space
    );
    return response;
  }

  function sought(event) {
    return caches.open(SOUGHT).then(function (cache) {
      return cache.match(event.request).then(function (copy) {
        return copy || fetch(event.request).then(function (response) {
          return keepSought(event, response);
        });
      });
    });
  }

  function searchIndex(event) {
    return within(fetch(event.request), PATIENCE_MS).then(
      function (response) {
        return keepSought(event, response);
      },
      function () {
        return caches.open(SOUGHT).then(function (cache) {
          return cache.match(event.request).then(function (copy) {
            return copy || fetch(event.request);
          });
        });
      }
    );
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    var path = pathOf(request.url);
    if (request.method !== "GET" || path === null || request.headers.has("range")) return;
    if (request.mode === "navigate") event.respondWith(page(event, path));
    else if (LASTING.test(path)) event.respondWith(lasting(event, path));
    else if (path in listed && !isPage(path)) event.respondWith(shellFile(event, path));
    else if (path === INDEX) event.respondWith(searchIndex(event));
    else if (SEARCH_DATA.test(path)) event.respondWith(sought(event));
    // Everything else, such as feeds, is the network's.
  });

  // ---- Contact: a page tells that it was loaded

  // Copies of read stories are compared with the site again: corrected stories are renewed, those taken away go.
  function lookAgain() {
    return caches.open(READ).then(function (cache) {
      return cache.keys().then(function (requests) {
        return keepAll(requests, function (request) {
          return cache.match(request).then(function (copy) {
            if (!copy || Date.now() - when(copy) < STALE_MS) return null;
            return fetch(request.url, { cache: "no-cache", credentials: "same-origin" }).then(function (response) {
              return learn(pathOf(request.url), response);
            });
          });
        });
      });
    });
  }

  // The first story that somebody reads came before there was a worker.
  function keepReader(url) {
    var path = pathOf(url);
    if (!isStory(path || "")) return Promise.resolve();
    return find(path).then(function (copy) {
      if (copy) return null;
      return fetch(address(path), { credentials: "same-origin" }).then(function (response) {
        return learn(path, response);
      });
    });
  }

  self.addEventListener("message", function (event) {
    var kind = event.data && event.data.kind;
    if (kind === "activate") self.skipWaiting();
    if (kind === "edition") event.ports[0].postMessage(SITE.edition.map(function (file) { return file[0]; }));
    if (kind === "words") event.ports[0].postMessage(SITE.words);
    if (kind === "contact") event.waitUntil(keepReader(event.source.url).then(lookAgain).catch(function () {}));
  });
})();
