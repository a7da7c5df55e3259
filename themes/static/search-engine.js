// The search engine, without a word of the page: which stories match a query, newest or most fitting first, each hit
// checked against the story's own text. Needs search-fold.js, search-text.js and search-index.js before it.
//
//   var engine = BulletinSearch.open(base)            base: the way to the site's root, "../../"
//   engine.search({q, sort, facets, offset, limit})   → {hits, count, exact, more, tried}
//   engine.counts({q, facets}, facet)                 → [[key, label, count, group?], …]
//   engine.suggest(text, limit)                       → [{text, kind, count, url}, …]
//   BulletinSearch.parse(q), .marks(text, q), .prepare(text), .give(path, base64)
var BulletinSearch = (function () {
  var ABSENT = BulletinIndex.ABSENT;
  // What reading costs is counted in records of about 2.5 KB.
  var CHUNK = 6; // one more term of the index
  var FIRST_LOOK = 4; // what is read first to see whether candidates are true
  var MOST_AT_ONCE = 12;
  var ENOUGH = 40; // one search stops here when it has some hits to show; more of them are found when they are asked for
  var TOO_MUCH = 150; // and here when it has none
  var EXCERPT = 110; // characters
  var ASKS = 6; // queries that are remembered

  // ---- Which terms of the index a term of the query needs

  // {term, groups, exact, spelled}: a story that has the term is in all groups, and in one key of each. `exact`: a story
  // that is in them has the term. `spelled`: the pinyin that the term may be.
  function plan(term) {
    var chars = Array.from(term);
    var kinds = chars.map(BulletinText.kind);
    var planned = { term: term, groups: [], exact: false, spelled: "" };
    function add(from, to, prefix, rest) {
      planned.groups.push({ keys: [{ term: chars.slice(from, to).join(""), prefix: !!prefix }], from: from, to: to, made: null });
      planned.exact = to - from === chars.length && !rest;
    }
    for (var at = 0; at < chars.length;) {
      var end = at;
      if (kinds[at] === BulletinText.HAN) {
        while (kinds[end] === BulletinText.HAN) end += 1;
        for (var pair = at; pair < end - 1; pair += 1) add(pair, pair + 2);
        // A single one is in a group with its neighbour, if that is a word.
        if (end - at === 1 && !(kinds[at - 1] > BulletinText.HAN) && !(kinds[end] > BulletinText.HAN)) add(at, end);
      } else if (kinds[at] > BulletinText.HAN) {
        end = endOfWord(chars, kinds, at);
        addWord(chars, kinds, at, end, add);
      }
      at = Math.max(end, at + 1);
    }
    if (planned.groups.length !== 1) planned.exact = false;
    if (/^[a-zü]+$/.test(term)) {
      planned.spelled = term.replace(/ü/g, "v");
      planned.groups[0].keys.push({ term: "~" + planned.spelled, prefix: true, tail: true });
    }
    return planned;
  }

  function isPoint(char) {
    return char === "." || char === ",";
  }

  // A run of letters and figures, with points between figures.
  function endOfWord(chars, kinds, at) {
    for (;;) {
      if (kinds[at] > BulletinText.HAN) at += 1;
      else if (isPoint(chars[at]) && kinds[at - 1] === BulletinText.DIGIT && kinds[at + 1] === BulletinText.DIGIT) at += 1;
      else return at;
    }
  }

  // In the text the word may go on where the query ends, and stands beside the same characters where it does not.
  function addWord(chars, kinds, at, end, add) {
    var open = end === chars.length || (end === chars.length - 1 && isPoint(chars[end]));
    var figures = /^[0-9.,]+$/.test(chars.slice(at, end).join(""));
    var digitLast = kinds[end - 1] === BulletinText.DIGIT;
    // Of a number that goes on after its point only the whole is in the index.
    var prefix = open && (!digitLast || !figures || end < chars.length);
    if (at === 1 && isPoint(chars[0]) && kinds[1] === BulletinText.DIGIT) return; // may be the end of a number
    if (kinds[at - 1] === BulletinText.HAN) add(at - 1, end, prefix, prefix && digitLast);
    if (kinds[end] === BulletinText.HAN) add(at, end + 1);
    else if (kinds[at - 1] !== BulletinText.HAN) add(at, end, prefix, prefix && digitLast);
  }

  // ---- What a record says of a query

  function fields(record) {
    var names = [record.l, record.e && record.e[1], record.r].concat(record.o || [], record.n || []);
    return [[0, "headline", record.h], [0, "headline", record.k], [0, "headline", record.s], [1, "tips", record.t]]
      .concat([[2, "body", record.b], [2, "caption", record.c], [2, "byline", record.y]])
      .concat(names.map(function (name) { return [2, "names", name]; }))
      .filter(function (field) { return field[2]; });
  }

  // The first characters of *text* that *query* spells; syllables has one for each character, or nothing.
  function spelling(query, text, syllables) {
    var chars = Array.from(text);
    var places = chars.map(function (char, at) { return at; }).filter(function (at) { return syllables[at]; });
    var sounds = places.map(function (at) { return syllables[at].replace(/ü/g, "v"); });
    for (var start = 0; start < sounds.length; start += 1) {
      var end = start;
      var rest = query;
      while (rest && end < sounds.length && rest.indexOf(sounds[end]) === 0) {
        rest = rest.slice(sounds[end].length);
        end += 1;
      }
      if (rest && end < sounds.length && sounds[end].indexOf(rest) === 0) {
        rest = "";
        end += 1;
      }
      var initials = sounds.slice(start, start + query.length).map(function (sound) { return sound[0]; }).join("");
      if (rest && query.length > 1 && initials === query) {
        rest = "";
        end = start + query.length;
      }
      if (!rest) return chars.slice(places[start], places[end - 1] + 1).join("");
    }
    return "";
  }

  // Where a planned term stands in a record at best: {place: class, where, word?: what its pinyin spells}, or nothing.
  function locate(planned, texts, record) {
    var best = null;
    texts.forEach(function (field) {
      if ((!best || field[0] < best.place) && BulletinText.find(field[3], planned.term, 0) >= 0) {
        best = { place: field[0], where: field[1] };
      }
    });
    if (planned.spelled) {
      (record.z || []).forEach(function (row) {
        var place = row[0] === record.h ? 0 : 2;
        var word = (!best || place < best.place) && spelling(planned.spelled, row[0], row[1]);
        if (word) best = { place: place, where: place ? "names" : "headline", word: word };
      });
    }
    return best;
  }

  // ---- A query, for as long as it is remembered

  function Ask(index, query) {
    this.index = index;
    this.terms = query.terms.map(plan);
    this.excluded = query.excluded.map(plan);
    this.told = new Map(); // story → {record, place, where, words}, or null: it does not match
    this.lists = {}; // sort and facets → List
    this.chunks = 0; // terms of the index that were read for it
    this.column = null; // of each story the best place that it may have, or ABSENT
  }

  // Reads what promises most: a term or two of the index for each term of the query, and what then costs nothing.
  Ask.prototype.start = function () {
    var index = this.index;
    var share = this.terms.length < 3 ? 2 : 1;
    var chosen = [];
    var paths = {};
    function take(group) {
      chosen.push(group);
      group.cost.paths.forEach(function (path) { paths[path] = true; });
    }
    this.terms.concat(this.excluded).forEach(function (planned) {
      planned.groups.forEach(function (group) {
        var costs = group.keys.map(function (key) { return index.cost(key); });
        group.cost = { paths: [].concat.apply([], costs.map(function (cost) { return cost.paths; })), room: costs[0].room };
      });
    });
    this.terms.forEach(function (planned) {
      var left = share;
      planned.groups.slice().sort(byRoom).forEach(function (group, at, all) {
        var beside = chosen.some(function (other) {
          return all.indexOf(other) >= 0 && all.length > 2 && group.from < other.to && other.from < group.to;
        });
        if (left && !beside) {
          left -= 1;
          take(group);
        }
      });
    });
    // An exclusion that the index alone can decide makes the count right.
    this.excluded.forEach(function (planned) {
      if (planned.exact) planned.groups.forEach(take);
    });
    return this.read(chosen.concat(this.pending().filter(function (group) {
      return chosen.indexOf(group) < 0 && group.cost.paths.every(function (path) { return paths[path]; });
    })));
  };

  function byRoom(one, other) {
    return other.cost.room - one.cost.room;
  }

  // Groups of the wanted terms that were not read, the rarest first.
  Ask.prototype.pending = function () {
    var groups = [].concat.apply([], this.terms.map(function (planned) { return planned.groups; }));
    return groups.filter(function (group) { return !group.made; }).sort(byRoom);
  };

  Ask.prototype.read = function (groups) {
    var ask = this;
    this.chunks += groups.length;
    return Promise.all(
      groups.map(function (group) {
        return Promise.all(
          group.keys.map(function (key) { return ask.index.column(key); })
        ).then(function (made) {
          group.made = made;
        });
      })
    ).then(function () {
      ask.combine();
    });
  };

  function eachStory(column, act) {
    for (var story = 0; story < column.length; story += 1) column[story] = act(story, column[story]);
  }

  function joined(made) {
    if (made.length === 1) return made[0].column;
    var column = made[0].column.slice();
    made.slice(1).forEach(function (other) {
      eachStory(column, function (story, place) { return Math.min(place, other.column[story]); });
    });
    return column;
  }

  Ask.prototype.combine = function () {
    var column = new Uint8Array(this.index.total);
    this.terms.forEach(function (planned) {
      planned.groups.forEach(function (group) {
        if (!group.made) return;
        var part = joined(group.made);
        eachStory(column, function (story, place) { return Math.max(place, part[story]); });
      });
    });
    this.excluded.forEach(function (planned) {
      if (!isDecided(planned)) return;
      var part = joined(planned.groups[0].made);
      eachStory(column, function (story, place) { return part[story] === ABSENT ? place : ABSENT; });
    });
    this.told.forEach(function (found, story) {
      column[story] = found ? found.place : ABSENT;
    });
    this.column = column;
  };

  // Whether the index alone says which stories have a term.
  function isDecided(planned) {
    return planned.exact && planned.groups[0].made && planned.groups[0].made.every(function (made) {
      return !made.wide && !made.loose;
    });
  }

  Ask.prototype.isDecided = function () {
    return this.terms.concat(this.excluded).every(isDecided);
  };

  // Reads the records of *stories* and notes what they say. The number of those that match.
  Ask.prototype.check = async function (stories, prepare) {
    var index = this.index;
    var records = await Promise.all(stories.map(function (story) { return index.record(story); }));
    await prepare(records.map(function (record) {
      return fields(record).map(function (field) { return field[2]; }).join("\n");
    }).join("\n"));
    var good = 0;
    stories.forEach(function (story, at) {
      var found = this.judge(records[at]);
      if (found) good += 1;
      this.told.set(story, found);
      this.column[story] = found ? found.place : ABSENT;
    }, this);
    return good;
  };

  Ask.prototype.judge = function (record) {
    var texts = fields(record).map(function (field) { return field.concat(BulletinText.fold(field[2])); });
    var found = { record: record, place: 0, where: "", words: [] };
    function stands(planned) {
      return locate(planned, texts, record);
    }
    if (this.excluded.some(stands)) return null;
    for (var at = 0; at < this.terms.length; at += 1) {
      var best = stands(this.terms[at]);
      if (!best) return null;
      if (!found.where || best.place > found.place) found.where = best.where;
      found.place = Math.max(found.place, best.place);
      found.words.push(best.word ? BulletinText.fold(best.word) : this.terms[at].term);
    }
    return found;
  };

  // ---- The hits of a query in one order, with some facets

  function List(ask, byDate, chosen) {
    this.ask = ask;
    this.byDate = byDate;
    this.chosen = chosen; // of each story 1 or 0, or nothing: all
    this.hits = []; // stories
    this.place = 0; // the class, and the story, that is the next to be decided
    this.story = 0;
  }

  // Walks on from where the list stands, in its order, while *act* does not return true for a candidate.
  List.prototype.walk = function (act) {
    var column = this.ask.column;
    for (var place = this.place, story = this.story; place < ABSENT; place += 1, story = 0) {
      for (; story < column.length; story += 1) {
        if (this.chosen && !this.chosen[story]) continue;
        if (column[story] !== place && (!this.byDate || column[story] === ABSENT)) continue;
        if (act(story, place)) return true;
      }
      if (this.byDate) break;
    }
    return false;
  };

  // Takes what is decided into the hits, up to the first candidate that is not.
  List.prototype.advance = function () {
    var list = this;
    var stopped = this.walk(function (story, place) {
      list.place = place;
      list.story = story;
      if (!list.ask.told.has(story)) return true;
      if (list.hits.indexOf(story) < 0) list.hits.push(story);
      return false;
    });
    if (!stopped) this.place = ABSENT;
  };

  // The next candidates that are not decided, *most* at most.
  List.prototype.next = function (most) {
    var told = this.ask.told;
    var found = [];
    this.walk(function (story) {
      if (!told.has(story)) found.push(story);
      return found.length >= most;
    });
    return found;
  };

  // Makes the list *size* hits long, if there are so many and finding them does not take too much. Records are read in
  // the order of the list; while many of them are false, further terms of the query are worth their bytes first.
  // *turn* throws when another search has begun.
  List.prototype.fill = async function (size, turn, prepare) {
    var ask = this.ask;
    var sure = ask.isDecided();
    var spent = ask.chunks * CHUNK;
    var seen = 0;
    var good = 0;
    this.advance();
    while (this.hits.length < size) {
      var pending = ask.pending();
      var need = size - this.hits.length;
      var rate = sure ? 1 : (good + 1) / (seen + 2);
      var open = this.next(Math.ceil(need / rate));
      if (!open.length) break;
      if (spent >= (this.hits.length ? ENOUGH : TOO_MUCH)) {
        this.settle();
        break;
      }
      if (pending.length && seen && open.length * (1 - rate) > CHUNK) {
        await ask.read(pending.slice(0, 1));
        turn();
        spent += CHUNK;
        seen = good = 0;
      } else {
        var look = pending.length && !seen && open.length > CHUNK ? FIRST_LOOK : seen ? Math.max(need, MOST_AT_ONCE) : need;
        open = open.slice(0, look);
        good += await ask.check(open, prepare);
        turn();
        seen += open.length;
        spent += open.length;
      }
      this.advance();
    }
  };

  // Takes hits that are known out of their turn: there were too many false ones before them.
  List.prototype.settle = function () {
    var list = this;
    this.walk(function (story) {
      if (list.ask.told.has(story) && list.hits.indexOf(story) < 0) list.hits.push(story);
      return false;
    });
  };

  // {count, exact}: stories on the list; where some are not decided, an estimate by those that are.
  List.prototype.count = function () {
    var told = this.ask.told;
    var column = this.ask.column;
    var known = 0;
    var open = 0;
    var good = 1;
    for (var story = 0; story < column.length; story += 1) {
      if (column[story] === ABSENT || (this.chosen && !this.chosen[story])) continue;
      if (told.has(story)) known += 1;
      else open += 1;
    }
    if (!open || this.ask.isDecided()) return { count: known + open, exact: true };
    told.forEach(function (found) {
      if (found) good += 1;
    });
    var guess = Math.max(1, Math.round((open * good) / (told.size + 1)));
    return { count: known + guess, exact: false };
  };

  // ---- What is shown of a hit

  function show(found) {
    var record = found.record;
    function marked(text) {
      return text ? BulletinText.mark(text, found.words) : [];
    }
    return {
      url: record.u,
      date: record.d,
      section: record.e,
      region: record.r,
      genre: record.g,
      folio: record.f,
      mark: record.m,
      picture: record.i,
      byline: record.y,
      kicker: marked(record.k),
      headline: marked(record.h),
      subhead: marked(record.s),
      excerpt: BulletinText.excerpt(telling(found), found.words, EXCERPT),
      where: found.where || "headline",
      words: found.words
    };
  }

  // The text of a record, outside its headline, in which most words of the query stand.
  function telling(found) {
    var record = found.record;
    var names = [record.l, record.e && record.e[1], record.r].concat(record.o || [], record.n || []);
    var best = record.t || record.b || "";
    var most = 0;
    var texts = [record.t, record.b, record.c];
    if (found.where === "byline") texts.push(record.y);
    if (found.where === "names") texts.push(names.filter(Boolean).join(" · "));
    texts.forEach(function (text) {
      var folded = BulletinText.fold(text || "");
      var count = found.words.filter(function (word) { return BulletinText.find(folded, word, 0) >= 0; }).length;
      if (count > most) {
        most = count;
        best = text;
      }
    });
    return best;
  }

  // ---- Facets

  var MONTHS = { year: 4, month: 7 }; // length of such a key at the start of a month

  // Of each story 1 where all *facets* hold: {section: [key, …], …, year: […], from, to}; nothing where all do.
  async function choose(index, facets) {
    var chosen = new Uint8Array(index.total).fill(1);
    var any = false;
    function keep(holds) {
      any = true;
      eachStory(chosen, function (story, was) { return was && holds(story) ? 1 : 0; });
    }
    await Promise.all(Object.keys(facets).map(async function (name) {
      var keys = facets[name];
      if (!keys || !keys.length) return;
      if (name === "from" || name === "to") {
        keep(await dated(index, name, keys));
      } else if (MONTHS[name]) {
        keep(function (story) { return keys.indexOf(index.month(story).slice(0, MONTHS[name])) >= 0; });
      } else {
        var facet = await index.facet(name);
        keep(function (story) {
          return facet.keys[story].some(function (key) { return keys.indexOf(key) >= 0; });
        });
      }
    }));
    return any ? chosen : null;
  }

  // Whether a story is not before, or not after, a day. The days of a segment are read only where its months do not tell.
  async function dated(index, name, day) {
    var days = {};
    var month = day.slice(0, 7);
    await Promise.all(index.segments.map(async function (segment) {
      var last = segment.base + segment.stories - 1;
      if (segment.stories && index.month(segment.base) >= month && index.month(last) <= month) {
        days[segment.base] = await index.days(segment);
      }
    }));
    return function (story) {
      var own = index.month(story);
      if (own !== month) return own > month === (name === "from");
      var segment = index.segments.filter(function (one) { return story < one.base + one.stories; })[0];
      var number = days[segment.base][story - segment.base];
      return name === "from" ? number >= +day.slice(8) : number <= +day.slice(8);
    };
  }

  // ---- The engine

  function Engine(base, options) {
    this.base = base;
    this.options = options;
    this.asks = []; // [query, Ask], the latest first
    this.turn = 0;
    this.index = null;
  }

  Engine.prototype.open = function () {
    var engine = this;
    if (!this.index) {
      this.asks = [];
      this.index = BulletinIndex.open(this.base, this.options);
      this.index.catch(function () {
        engine.index = null;
      });
    }
    return this.index;
  };

  // *work* with the index. While a site is published, or was since the page was opened, files of the index may be gone;
  // then the index is read again, once.
  Engine.prototype.withIndex = async function (work) {
    try {
      return await work(await this.open());
    } catch (error) {
      if (error.code !== "missing" && error.code !== "damaged") throw error;
      this.index = null;
      return work(await this.open());
    }
  };

  // Fetches the table of Traditional characters if *text* may need it.
  Engine.prototype.prepare = function (text) {
    return BulletinText.wantsHant(text) ? (this.options.script || BulletinIndex.script)("hant") : Promise.resolve();
  };

  Engine.prototype.ask = async function (index, typed) {
    await this.prepare(typed);
    var query = BulletinText.parse(typed);
    var name = JSON.stringify(query);
    var known = this.asks.filter(function (row) { return row[0] === name && row[1].index === index; })[0];
    if (!known) {
      known = [name, new Ask(index, query)];
      this.asks = [known].concat(this.asks).slice(0, ASKS);
    }
    if (!known[1].column) await known[1].start();
    return known[1];
  };

  Engine.prototype.list = async function (index, query) {
    var ask = await this.ask(index, query.q || "");
    var byDate = query.sort === "date";
    var facets = query.facets || {};
    var name = JSON.stringify([byDate, facets]);
    if (!ask.lists[name]) ask.lists[name] = new List(ask, byDate, await choose(index, facets));
    return ask.lists[name];
  };

  Engine.prototype.search = function (query) {
    var engine = this;
    var mine = (this.turn += 1);
    var offset = query.offset || 0;
    var end = offset + (query.limit || 10);
    function turn() {
      if (mine !== engine.turn) throw { superseded: true };
    }
    async function find(index) {
      turn();
      var list = await engine.list(index, query);
      turn();
      var asked = list.ask.terms.length || list.ask.excluded.length || list.chosen;
      if (!asked) return { hits: [], count: 0, exact: true, more: false, tried: {} };
      await list.fill(end, turn, function (text) { return engine.prepare(text); });
      var hits = list.hits.slice(offset, end);
      var found = list.count();
      return {
        hits: hits.map(function (story) { return show(list.ask.told.get(story)); }),
        count: found.count,
        exact: found.exact,
        more: list.hits.length > end || list.next(1).length > 0,
        tried: tried(query.q || "", list.ask, !list.hits.length)
      };
    }
    return this.withIndex(find).catch(function (error) {
      turn(); // what failed is of no matter any more
      throw error;
    });
  };

  // What was tried: {simplified, pinyin}, and where that was in vain `shorter`: parts of the query that stories have.
  function tried(typed, ask, vain) {
    var answer = {};
    var simple = BulletinText.simplify(typed);
    var parts = [];
    if (simple !== typed) answer.simplified = simple;
    if (ask.terms.some(function (planned) { return planned.spelled; })) answer.pinyin = true;
    if (!vain) return answer;
    ask.terms.forEach(function (planned) {
      var whole = planned.groups.every(function (group) { return group.made; }) && planned.groups.length === 1;
      if (whole && ask.terms.length > 1 && has(planned.groups[0])) parts.push(planned.term);
      if (planned.groups.length > 1) {
        planned.groups.forEach(function (group) {
          var key = group.keys[0];
          if (key.term.length > 1 && group.made && has(group)) parts.push(key.term);
        });
      }
    });
    answer.shorter = parts.slice(0, 3);
    return answer;
  }

  function has(group) {
    return joined(group.made).some(function (place) { return place !== ABSENT; });
  }

  // How many of the stories that match (or may, as far as the index tells) have each value of a facet; "year" and
  // "month" newest first, all others those with the most stories first.
  Engine.prototype.counts = function (query, name) {
    var engine = this;
    return this.withIndex(async function (index) {
      var list = await engine.list(index, query);
      var column = list.ask.column;
      var facet = MONTHS[name] ? null : await index.facet(name);
      var counts = {};
      for (var story = 0; story < column.length; story += 1) {
        if (column[story] === ABSENT || (list.chosen && !list.chosen[story])) continue;
        var keys = facet ? facet.keys[story] : [index.month(story).slice(0, MONTHS[name])];
        for (var at = 0; at < keys.length; at += 1) counts[keys[at]] = (counts[keys[at]] || 0) + 1;
      }
      return Object.keys(counts)
        .map(function (key) {
          var label = facet ? facet.labels[key] : [key, key];
          return [key, label[1], counts[key]].concat(label.slice(2));
        })
        .sort(function (one, other) {
          return (facet ? other[2] - one[2] : 0) || (one[0] < other[0] === !facet ? 1 : -1);
        });
    });
  };

  // Names that begin with *text*, then those that hold it; pinyin and initials count as the name.
  Engine.prototype.suggest = async function (typed, limit) {
    var engine = this;
    await this.prepare(typed);
    var text = BulletinText.fold(typed);
    var spelled = text.replace(/[ '’]/g, "").replace(/ü/g, "v");
    if (!text) return [];
    return this.withIndex(async function (index) {
      var rows = (await index.suggest()).rows;
      await engine.prepare(rows.map(function (row) { return row[0]; }).join(""));
      var ranks = [[], []];
      rows.forEach(function (row) {
        var name = BulletinText.fold(row[0]);
        var sounds = spelled && (row[3].indexOf(spelled) === 0 || row[4].indexOf(spelled) === 0);
        var rank = name.indexOf(text) === 0 || sounds ? 0 : BulletinText.find(name, text, 0) > 0 ? 1 : 2;
        if (rank < 2) ranks[rank].push({ text: row[0], kind: row[1], count: row[2], url: row[5] });
      });
      return ranks[0].concat(ranks[1]).slice(0, limit);
    });
  };

  return {
    open: function (base, options) {
      return new Engine(base, options || {});
    },
    parse: BulletinText.parse,
    marks: function (text, typed) {
      return BulletinText.mark(text, BulletinText.parse(typed).terms);
    },
    // Resolves when marks() knows the Traditional characters of *text*, if it has any.
    prepare: function (text) {
      return new Engine("", {}).prepare(text);
    },
    give: BulletinIndex.give
  };
})();
