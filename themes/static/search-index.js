// The files of the search index, read over the network, or from scripts where pages are opened from a disk: which stories
// hold a term, their records, their facets. The format is told in docs/reference/search-index.md.
var BulletinIndex = (function () {
  var ABSENT = 3; // in a column; 0, 1, 2 are the classes: headline, reading tips, elsewhere
  var WIDEST = 4; // chunks that are read for the beginning of a word; see column()
  var SYLLABLES = 4; // of the longest terms of pinyin
  var INITIALS = 7; // length of the longest of initials: ~ and six
  var FOLDER = "search/";
  var home = typeof document !== "undefined" && document.currentScript ? document.currentScript.src : "";
  var given = {}; // path → bytes, or whom to give them to

  // What went wrong: `code` is "missing" (a file is not there), "damaged" (a file cannot be read), "offline".
  function failure(code, path) {
    var error = new Error(code + " " + path);
    error.code = code;
    error.path = path;
    return error;
  }

  // ---- Where bytes come from

  function addScript(address) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = function () {
        failed(failure("missing", address));
      };
      document.head.appendChild(script);
    });
  }

  // A script of ours that is only needed now and then: "hant", "inflate".
  function addOurs(name) {
    return addScript(home.replace("search-index", "search-" + name));
  }

  function fetchBytes(base) {
    return function (path) {
      // The index tells where all else is, so it must not be old; what it names may be cached for ever.
      var options = path === FOLDER + "index.json" ? { cache: "no-cache" } : {};
      var here = given[path.split("?")[0]]; // a copy that was made for a disk may lie on a server
      if (here) return Promise.resolve(here);
      return fetch(base + path, options).then(
        function (answer) {
          if (!answer.ok) throw failure("missing", path);
          return answer.arrayBuffer().then(function (buffer) {
            return new Uint8Array(buffer);
          });
        },
        function () {
          throw failure("offline", path);
        }
      );
    };
  }

  // Pages that were opened from a disk may not fetch; beside each file lies a script that gives the same bytes.
  function scriptBytes(base) {
    return function (path) {
      var name = path.split("?")[0];
      if (given[name]) return Promise.resolve(given[name]);
      return addScript(base + name + ".js").then(function () {
        if (!given[name]) throw failure("missing", path);
        return given[name];
      });
    };
  }

  function give(path, base64) {
    var text = atob(base64);
    var bytes = new Uint8Array(text.length);
    for (var at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    given[path.replace(/^\//, "")] = bytes;
  }

  // The bytes in a gzip file; a server may have unpacked it on the way.
  function unpack(bytes, addOurs) {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return Promise.resolve(bytes);
    if (typeof DecompressionStream === "undefined") {
      var ready = typeof BulletinInflate === "undefined" ? addOurs("inflate") : Promise.resolve();
      return ready.then(function () {
        return BulletinInflate(bytes);
      });
    }
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer().then(function (buffer) {
      return new Uint8Array(buffer);
    });
  }

  // ---- Numbers and terms in bytes

  function Bytes(data) {
    this.data = data;
    this.at = 0;
  }
  Bytes.prototype.number = function () {
    var number = 0;
    var unit = 1;
    for (;;) {
      var byte = this.data[this.at];
      if (byte === undefined || unit > 0x10000000) throw failure("damaged", "");
      this.at += 1;
      number += (byte & 127) * unit;
      if (byte < 128) return number;
      unit *= 128;
    }
  };
  Bytes.prototype.take = function (size) {
    if (size > this.data.length - this.at) throw failure("damaged", "");
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  };
  Bytes.prototype.terms = function () {
    var decoder = new TextDecoder();
    var found = [];
    var term = new Uint8Array(0);
    for (var left = this.number(); left > 0; left -= 1) {
      var shared = this.number();
      var rest = this.take(this.number());
      if (shared > term.length) throw failure("damaged", "");
      var next = new Uint8Array(shared + rest.length);
      next.set(term.subarray(0, shared));
      next.set(rest, shared);
      term = next;
      found.push(decoder.decode(term));
    }
    return found;
  };

  // Texts in the order of code points, which is not that of JavaScript beyond the BMP.
  function ordered(text) {
    return text.replace(/[\ud800-\uffff]/g, function (unit) {
      var code = unit.charCodeAt(0);
      return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
    });
  }

  function parseChunk(bytes) {
    var source = new Bytes(bytes);
    var terms = source.terms();
    var sizes = terms.map(function () {
      return source.number();
    });
    return terms.map(function (term, at) {
      return [term, source.take(sizes[at])];
    });
  }

  // Writes postings into a column; of a story that is there already the better class is kept.
  function spread(postings, column, segment) {
    var source = new Bytes(postings);
    var number = -1;
    while (source.at < postings.length) {
      var value = source.number();
      number += Math.floor(value / 4);
      if (number < 0 || number >= segment.stories) throw failure("damaged", "");
      if ((value & 3) < column[segment.base + number]) column[segment.base + number] = value & 3;
    }
  }

  // ---- The index

  // What `index.json` says; *files* reads a file, and remembers it.
  function Index(head, files) {
    var total = 0;
    this.files = files;
    this.suggestions = head.suggest;
    this.months = []; // [month, first story, stories, digest], newest first
    this.segments = head.segments.map(function (row) {
      var segment = { dir: FOLDER + row.dir + "/", base: total, stories: row.stories, firsts: [] };
      row.months.forEach(function (month) {
        this.months.push([month[0], total, month[1], month[2]]);
        total += month[1];
      }, this);
      if (total - segment.base !== row.stories) throw failure("damaged", FOLDER + "index.json");
      return segment;
    }, this);
    this.total = total; // stories, numbered from 0, the newest
    this.columns = {};
  }

  // Reads the directories; nothing else may be asked before.
  Index.prototype.ready = function () {
    var files = this.files;
    return Promise.all(
      this.segments.map(function (segment) {
        return files(segment.dir + "d.gz", function (bytes) {
          return new Bytes(bytes).terms().map(ordered);
        }).then(function (firsts) {
          segment.firsts = firsts;
        });
      })
    );
  };

  function place(firsts, term) {
    var low = 0;
    var high = firsts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (firsts[middle] <= term) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // The chunks of a segment that a key needs, as [first, last]; last may be less than first: none.
  // A key is {term, prefix: whether longer terms count, tail: whether shorter ones do, see wanted()}.
  function range(segment, key) {
    var term = ordered(key.term);
    var first = place(segment.firsts, term);
    var last = key.prefix ? place(segment.firsts, term + "\uffff") : first;
    return [Math.max(first, 0), last];
  }

  // The files that column(key) would read, and how much room by the directory there is in them for other terms: the
  // more, the fewer stories each is likely to have.
  Index.prototype.cost = function (key) {
    var paths = [];
    var room = Infinity;
    this.segments.forEach(function (segment) {
      var chunks = range(segment, key);
      for (var at = chunks[0]; at <= chunks[1]; at += 1) paths.push(segment.dir + at);
      room = Math.min(room, distance(segment.firsts[chunks[0]] || "", segment.firsts[chunks[1] + 1] || "\uffff"));
    });
    return { paths: paths, room: room };
  };

  function distance(term, next) {
    var whole = 0x10000;
    return (next.charCodeAt(0) - (term.charCodeAt(0) || 0)) * whole + (next.charCodeAt(1) || 0) - (term.charCodeAt(1) || 0);
  }

  // For each story the best class of the terms that *key* asks for, or ABSENT. `wide` is set where that would take too
  // many chunks: then any story may have them, and whoever asks must read records. The beginning of a word that is so
  // common is in so many stories that the newest few tell enough.
  Index.prototype.column = function (key) {
    var name = JSON.stringify(key);
    var index = this;
    if (!this.columns[name]) {
      this.columns[name] = this.makeColumn(key).catch(function (error) {
        delete index.columns[name];
        throw error;
      });
    }
    return this.columns[name];
  };

  Index.prototype.makeColumn = function (key) {
    var files = this.files;
    var column = new Uint8Array(this.total).fill(ABSENT);
    var made = { column: column, wide: false, loose: false }; // loose: it holds stories that may not have the term
    return Promise.all(
      this.segments.map(function (segment) {
        var chunks = range(segment, key);
        if (chunks[1] - chunks[0] >= WIDEST) {
          made.wide = true;
          column.fill(0, segment.base, segment.base + segment.stories);
          return null;
        }
        var reads = [];
        for (var at = chunks[0]; at <= chunks[1]; at += 1) reads.push(files(segment.dir + at + ".gz", parseChunk));
        return Promise.all(reads).then(function (rows) {
          wanted([].concat.apply([], rows), key).forEach(function (row) {
            if (row[0].length < key.term.length) made.loose = true;
            spread(row[1], column, segment);
          });
        });
      })
    ).then(function () {
      return made;
    });
  };

  // The rows of chunks that *key* asks for. Terms of pinyin are cut after four syllables or six initials, so a longer
  // query also takes the terms of that length that it begins with; they stand right before it.
  function wanted(rows, key) {
    var longest = 0;
    function isCut(term) {
      if (term.length >= key.term.length || key.term.slice(0, term.length) !== term) return false;
      return term.length === INITIALS || mayHaveSyllables(term, SYLLABLES);
    }
    if (key.tail) {
      rows.forEach(function (row) {
        if (row[0].length > longest && isCut(row[0])) longest = row[0].length;
      });
    }
    return rows.filter(function (row) {
      if (key.prefix && row[0].slice(0, key.term.length) === key.term) return true;
      if (key.tail && isCut(row[0])) return row[0].length === longest || row[0].length === INITIALS;
      return row[0] === key.term;
    });
  }

  // Whether pinyin may be *count* syllables: each has vowels, and of vowels that touch, an a or e may begin another.
  function mayHaveSyllables(spelled, count) {
    var groups = (spelled.match(/[aeiouv]+/g) || []).length;
    var breaks = (spelled.match(/[aeiouv](?=[ae])/g) || []).length;
    return groups <= count && count <= groups + breaks;
  }

  function monthOf(months, story) {
    var low = 0;
    for (var high = months.length - 1; low < high;) {
      var middle = (low + high + 1) >> 1;
      if (months[middle][1] <= story) low = middle;
      else high = middle - 1;
    }
    return months[low];
  }

  Index.prototype.month = function (story) {
    return monthOf(this.months, story)[0];
  };

  Index.prototype.record = function (story) {
    var month = monthOf(this.months, story);
    var number = month[1] + month[2] - 1 - story;
    return this.files(FOLDER + "x/" + month[0] + "/" + number + ".gz?v=" + month[3], parseJson);
  };

  function parseJson(bytes) {
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  // A facet of all stories: {labels: key → [key, label, group?], keys: for each story its keys}.
  Index.prototype.facet = function (name) {
    var files = this.files;
    return Promise.all(
      this.segments.map(function (segment) {
        return files(segment.dir + "f-" + name + ".gz", function (bytes) {
          var source = new Bytes(bytes);
          var values = parseJson(source.take(source.number()));
          var rows = [];
          for (var story = 0; story < segment.stories; story += 1) {
            var keys = [];
            for (var left = source.number(); left > 0; left -= 1) keys.push(values[source.number()][0]);
            rows.push(keys);
          }
          return { values: values, rows: rows };
        });
      })
    ).then(function (parts) {
      var made = { labels: {}, keys: [] };
      parts.forEach(function (part) {
        part.values.forEach(function (value) {
          if (!made.labels[value[0]]) made.labels[value[0]] = value;
        });
        made.keys = made.keys.concat(part.rows);
      });
      return made;
    });
  };

  // Of each story of a segment the day of its month.
  Index.prototype.days = function (segment) {
    return this.files(segment.dir + "f-day.gz", function (bytes) {
      var source = new Bytes(bytes);
      var days = new Uint8Array(segment.stories);
      for (var story = 0; story < segment.stories; story += 1) days[story] = source.number();
      return days;
    });
  };

  Index.prototype.suggest = function () {
    return this.files(FOLDER + this.suggestions, parseJson);
  };

  // Opens the index below *base*. *options*: {fetch: path → Promise of bytes, script: name → Promise}, both for tests
  // and other programs.
  function open(base, options) {
    var onDisk = typeof location !== "undefined" && location.protocol === "file:";
    var read = options.fetch || (onDisk ? scriptBytes : fetchBytes)(base);
    var script = options.script || addOurs;
    var known = {};

    // The file at *path*, parsed; it is read once, and again if that failed.
    function files(path, parse) {
      if (!known[path]) {
        known[path] = read(path)
          .then(function (bytes) {
            return unpack(bytes, script).then(parse).catch(function () {
              throw failure("damaged", path);
            });
          })
          .catch(function (error) {
            delete known[path];
            throw error;
          });
      }
      return known[path];
    }

    return files(FOLDER + "index.json", function (bytes) {
      return new Index(parseJson(bytes), files);
    }).then(function (index) {
      return index.ready().then(function () {
        return index;
      });
    });
  }

  return { ABSENT: ABSENT, open: open, give: give, script: addOurs };
})();
