// The search engine, without a word of the page: which stories match a query, newest or most fitting first, each hit
// checked against the story's own text. Needs search-fold.js, search-text.js and search-index.js before it.
//
//   var engine = BulletinSearch.open(base)            base: the way to the site's root, "../../"
//   engine.search({q, sort, facets, offset, limit})   → {hits, count, exact, more, tried, labels}
//   engine.counts({q, facets}, facet)                 → [[key, label, count, group?], …]
//   engine.suggest(text, limit)                       → [{text, kind, count, url}, …]
//   BulletinSearch.parse(q), .marks(text, q), .prepare(text), .give(path, base64)
//
// A hit is {url, date, section: [slug, name], region, genre, folio: [edition, page], mark, picture, byline, kicker,
// headline, subhead, excerpt, where, words}: kicker, headline, subhead and excerpt are lists of texts, each hit in them in
// a list of its own; `where` is "headline", "tips", "body", "caption", "byline" or "names"; `words` are what to mark in the
// story itself. Facets are {section: [key, …], …, year: ["2024", …], from: "2024-01-03", to: "2024-02-01"}.
// All promises may fail with {code: "missing" | "damaged" | "offline"}; a search that a later one has overtaken fails
// with {superseded: true}. `more` without hits says that there may be some beyond what one search reads. `labels` names the
// chosen keys: {person: {key: label}, …}.
var BulletinSearch = (function () {
  const { HAN, DIGIT, kind, fold, find, parse, mark, excerpt } = BulletinText;
  const { ABSENT } = BulletinIndex;
  // What reading costs, in bytes with the headers of the answers, about: tried with 30 000 stories.
  const RECORD = 2500;
  const CHUNK = 4000; // for one more term of the index, in each segment
  const ENOUGH = 124e3; // after which a search gives what it has
  const LOOK = 4; // records that are read first, to see whether candidates are true
  const MOST_AT_ONCE = 12;
  const EXCERPT = 110; // characters
  const ASKS = 6; // queries that are remembered
  const MOST_OTHERS = 3; // words that are offered where nothing was found
  const MONTHS = { year: 4, month: 7 }; // length of such a key at the start of a month

  const all = (rows, act) => Promise.all(rows.map(act));
  const flat = (rows) => [].concat(...rows);

  // ---- Which terms of the index a term of the query needs

  // {term, groups, exact, spelled}: a story that has the term is in every group, by one of its keys. `exact`: and the other
  // way round. `spelled`: the pinyin that the term may be.
  function plan(term) {
    const chars = Array.from(term);
    const kinds = chars.map(kind);
    const groups = [];
    let exact = false;
    const isPoint = (at) => chars[at] === "." || chars[at] === ",";
    const isWord = (at) => kinds[at] > HAN;

    function add(from, to, prefix) {
      const digitLast = prefix && kinds[to - 1] === DIGIT;
      exact = to - from === chars.length && !digitLast;
      groups.push({ from, to, keys: [{ term: chars.slice(from, to).join(""), prefix: !!prefix }], parts: [], room: 0 });
    }

    // In the text a word may go on where the query ends; elsewhere it stands between the same characters.
    function addWord(from, to) {
      const figures = /^[0-9.,]+$/.test(chars.slice(from, to).join(""));
      const open = to === chars.length && !(figures && kinds[to - 1] === DIGIT);
      // Of a number that goes on after its point only the whole is in the index.
      const prefix = open || (to === chars.length - 1 && isPoint(to) && kinds[to - 1] === DIGIT);
      if (from === 1 && isPoint(0) && kinds[1] === DIGIT) return; // may be the end of a number
      if (kinds[from - 1] === HAN) add(from - 1, to, prefix);
      if (kinds[to] === HAN) add(from, to + 1);
      else if (kinds[from - 1] !== HAN) add(from, to, prefix);
    }

    for (let at = 0, to; at < chars.length; at = to) {
      to = at + 1;
      if (kinds[at] === HAN) {
        for (; kinds[to] === HAN; to += 1) add(to - 1, to + 1);
        // A single one is in a group with its neighbour, if that is a word.
        if (to === at + 1 && !isWord(at - 1) && !isWord(to)) add(at, to);
      } else if (isWord(at)) {
        while (isWord(to) || (isPoint(to) && kinds[to - 1] === DIGIT && kinds[to + 1] === DIGIT)) to += 1;
        addWord(at, to);
      }
    }
    const spelled = /^[a-zü]+$/.test(term) ? term.replace(/ü/g, "v") : "";
    if (spelled) groups[0].keys.push({ term: "~" + spelled, prefix: true, tail: true });
    return { term, groups, spelled, exact: exact && groups.length === 1 };
  }

  // ---- What a record says of a query

  const names = (record) => [record.l, record.e && record.e[1], record.r, ...(record.o || []), ...(record.n || [])];

  // [class, where, text] of all that may match; nothing matches across two of them.
  const fields = (record) =>
    [
      ...[record.h, record.k, record.s].map((text) => [0, "headline", text]),
      [1, "tips", record.t],
      [2, "body", record.b],
      [2, "caption", record.c],
      [2, "byline", record.y],
      ...names(record).map((text) => [2, "names", text])
    ].filter((field) => field[2]);

  // The first characters of *text* that *query* spells, whole or by initials; syllables has one for each, or nothing.
  function spelling(query, text, syllables) {
    const chars = Array.from(text);
    const places = chars.map((char, at) => at).filter((at) => syllables[at]);
    const sounds = places.map((at) => syllables[at].replace(/ü/g, "v"));
    for (let start = 0; start < sounds.length; start += 1) {
      let end = start;
      let rest = query;
      for (; rest && end < sounds.length && rest.startsWith(sounds[end]); end += 1) rest = rest.slice(sounds[end].length);
      if (rest && end < sounds.length && sounds[end].startsWith(rest)) {
        end += 1;
        rest = "";
      }
      if (rest && query.length > 1 && sounds.slice(start, start + query.length).map((sound) => sound[0]).join("") === query) {
        end = start + query.length;
        rest = "";
      }
      if (!rest) return chars.slice(places[start], places[end - 1] + 1).join("");
    }
    return "";
  }

  // Where a planned term stands in a record at best, {place: class, where, word}, the word as it is written there.
  function locate({ term, spelled }, texts, record) {
    let best = null;
    const offer = (place, where, word) => {
      if (!best || place < best.place) best = { place, where, word };
    };
    texts.forEach(([place, where, , folded]) => find(folded, term, 0) >= 0 && offer(place, where, term));
    (spelled && record.z ? record.z : []).forEach(([text, syllables]) => {
      const word = spelling(spelled, text, syllables);
      const headed = text === record.h;
      if (word) offer(headed ? 0 : 2, headed ? "headline" : "names", fold(word));
    });
    return best;
  }

  // ---- A query, for as long as it is remembered

  class Ask {
    constructor(index, query) {
      this.index = index;
      this.terms = query.terms.map(plan);
      this.excluded = query.excluded.map(plan);
      this.told = new Map(); // story → {record, texts, place, where, words} by judge(), or null: it does not match
      this.lists = {}; // by sort and facets
      this.column = null; // of each story the best class that it may have, or ABSENT
      this.candidates = []; // the stories that may match, and perhaps some that were found not to
    }

    // Reads what promises most: two or three terms of the index for each term of the query.
    async start() {
      const { segments } = this.index;
      const share = this.terms.length < 3 ? 3 : 2;
      const chosen = [];
      // Where there is a choice, the largest segment tells which are likely in the fewest stories.
      const largest = segments.reduce((one, other) => (other.stories > one.stories ? other : one), segments[0]);
      const open = flat(this.terms.map((term) => term.groups).filter((groups) => groups.length > 2));
      await all(open, async (group) => (group.room = await largest.room(group.keys[0])));
      this.terms.forEach(({ groups }) => {
        const own = [];
        [...groups].sort(byRoom).forEach((group) => {
          const beside = groups.length > 2 && own.some((other) => group.from < other.to && other.from < group.to);
          if (own.length < share && !beside) own.push(group);
        });
        chosen.push(...own);
      });
      // An exclusion that the index alone can decide makes the count right.
      chosen.push(...flat(this.excluded.filter((term) => term.exact).map((term) => term.groups)));
      await this.read(chosen, segments);
      this.combine();
    }

    // Groups of the wanted terms that were not read in all of *segments*, the rarest first.
    pending(segments) {
      const isOpen = (group) => segments.some((segment) => !group.parts[segment.base]);
      return flat(this.terms.map((term) => term.groups)).filter(isOpen).sort(byRoom);
    }

    read(groups, segments) {
      return all(groups, (group) =>
        all(segments, async (segment) => {
          group.parts[segment.base] = await all(group.keys, (key) => segment.part(key));
        })
      );
    }

    combine() {
      const column = new Uint8Array(this.index.total);
      this.index.segments.forEach((segment) => {
        const own = column.subarray(segment.base, segment.base + segment.stories);
        flat(this.terms.map((term) => term.groups)).forEach((group) => {
          const part = joined(group, segment);
          for (let story = 0; part && story < own.length; story += 1) {
            if (part[story] > own[story]) own[story] = part[story];
          }
        });
        this.excluded.filter((term) => isDecided(term, segment)).forEach((term) => {
          joined(term.groups[0], segment).forEach((place, story) => {
            if (place !== ABSENT) own[story] = ABSENT;
          });
        });
      });
      this.told.forEach((found, story) => (column[story] = found ? found.place : ABSENT));
      this.column = column;
      this.candidates = [];
      for (let story = 0; story < column.length; story += 1) {
        if (column[story] !== ABSENT) this.candidates.push(story);
      }
    }

    // Whether the index alone says which stories match.
    isDecided() {
      return this.index.segments.every((segment) =>
        [...this.terms, ...this.excluded].every((term) => isDecided(term, segment))
      );
    }

    // Reads the records of *stories* and notes what they say. The number of those that match.
    async check(stories, prepare) {
      const records = await all(stories, (story) => this.index.record(story));
      await prepare(flat(records.map(fields)).map((field) => field[2]).join("\n"));
      return stories.filter((story, at) => {
        const found = this.judge(records[at]);
        this.told.set(story, found);
        this.column[story] = found ? found.place : ABSENT;
        return found;
      }).length;
    }

    judge(record) {
      const texts = fields(record).map((field) => [...field, fold(field[2])]);
      if (this.excluded.some((term) => locate(term, texts, record))) return null;
      const places = this.terms.map((term) => locate(term, texts, record));
      if (places.includes(null)) return null;
      // A story is as good as the worst of its terms.
      const worst = places.reduce((one, other) => (other.place > one.place ? other : one), places[0] || { place: 0, where: "" });
      return { record, texts, place: worst.place, where: worst.where, words: places.map((place) => place.word) };
    }
  }

  const byRoom = (one, other) => other.room - one.room;

  // Of each story of a segment the best class that a group's keys give; nothing if it was not read there.
  function joined(group, segment) {
    const parts = group.parts[segment.base];
    if (!parts || parts.length === 1) return parts && parts[0].column;
    return parts[0].column.map((place, story) => Math.min(place, parts[1].column[story]));
  }

  const isDecided = ({ exact, groups }, segment) =>
    exact && groups[0].parts[segment.base] && groups[0].parts[segment.base].every((part) => part.sure);

  // ---- The hits of a query in one order, with some facets

  class List {
    constructor(ask, byDate, chosen) {
      this.ask = ask;
      this.byDate = byDate;
      this.chosen = chosen.stories; // of each story 1 or 0, or nothing: all
      this.labels = chosen.labels;
      this.hits = new Set(); // stories, in the order of the list
      this.place = 0; // the class, and the story, of the next candidate that is not decided
      this.story = 0;
    }

    has(story) {
      return this.ask.column[story] !== ABSENT && (!this.chosen || this.chosen[story]);
    }

    // Walks on from where the list stands, in its order, until *act* returns true.
    walk(act) {
      const { column, candidates } = this.ask;
      for (let { place, story: from } = this; place < (this.byDate ? 1 : ABSENT); place += 1, from = 0) {
        for (const story of candidates) {
          if (story < from || !(this.byDate || column[story] === place)) continue;
          if (this.has(story) && act(story, place)) return true;
        }
      }
      return false;
    }

    // Takes what is decided into the hits, up to the first candidate that is not.
    advance() {
      const stopped = this.walk((story, place) => {
        Object.assign(this, { place, story });
        if (!this.ask.told.has(story)) return true;
        this.hits.add(story);
        return false;
      });
      if (!stopped) this.place = ABSENT;
    }

    // The next candidates that are not decided, *most* at most.
    next(most) {
      const found = [];
      this.walk((story) => {
        if (!this.ask.told.has(story)) found.push(story);
        return found.length >= most;
      });
      return found;
    }

    // Makes the list *size* hits long, if there are so many and finding them does not take too much. Records are read in
    // the order of the list; while many of them are false, further terms of the query are worth their bytes first.
    // *turn* throws when another search has begun; *before* are the bytes that were read before this one.
    async fill(size, turn, prepare, before) {
      const { ask } = this;
      const { files, segments } = ask.index;
      const sure = ask.isDecided();
      let seen = 0;
      let good = 0;
      for (this.advance(); this.hits.size < size; this.advance()) {
        const need = size - this.hits.size;
        const rate = sure ? 1 : (good + 1) / (seen + 2);
        const open = this.next(Math.ceil(need / rate));
        const places = segments.filter(({ base, stories }) => open.some((story) => story >= base && story < base + stories));
        const pending = ask.pending(places);
        const left = ENOUGH - (files.read - before);
        if (!open.length) break;
        if (left < RECORD) {
          this.settle();
          break;
        }
        // Where hardly any was true, one more term will not do.
        const more = pending.slice(0, Math.min(rate < 0.4 ? 3 : 1, Math.floor(left / (CHUNK * places.length))));
        if (more.length && seen && open.length * (1 - rate) * RECORD > CHUNK * places.length) {
          await ask.read(more, places);
          turn();
          ask.combine();
          seen = good = 0;
        } else {
          const look = more.length && !seen && open.length > 2 * LOOK ? LOOK : seen ? Math.max(need, MOST_AT_ONCE) : need;
          const stories = open.slice(0, Math.min(look, Math.floor(left / RECORD)));
          good += await ask.check(stories, prepare);
          turn();
          seen += stories.length;
        }
      }
    }

    // Takes hits that are known out of their turn: too many false ones stand before them.
    settle() {
      this.walk((story) => {
        if (this.ask.told.has(story)) this.hits.add(story);
      });
    }

    // {count, exact}: stories on the list; where some are not decided, an estimate by those that are, in round figures.
    count() {
      const { told, candidates } = this.ask;
      const known = [...told.keys()].filter((story) => this.has(story)).length;
      const open = candidates.filter((story) => this.has(story)).length - known;
      if (!open || this.ask.isDecided()) return { count: known + open, exact: true };
      const good = [...told.values()].filter(Boolean).length;
      const count = known + (open * (good + 1)) / (told.size + 1);
      return { count: Math.max(known + 1, Math.round(Number(count.toPrecision(2)))), exact: false };
    }
  }

  // ---- What is shown of a hit

  function show(found) {
    const { record, where, words } = found;
    const marked = (text) => mark(text || "", words);
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
      excerpt: excerpt(telling(found), words, EXCERPT),
      where: where || "headline",
      words
    };
  }

  // The text of a record, outside its headline, in which most words of the query stand.
  function telling({ record, texts, where, words }) {
    const kinds = ["tips", "body", "caption", where === "byline" && where];
    const rows = texts.filter((field) => kinds.includes(field[1]));
    if (where === "names") {
      const all = names(record).filter(Boolean).join(" · ");
      rows.push([2, where, all, fold(all)]);
    }
    const rated = rows.map(([, , text, folded]) => ({ text, score: words.filter((word) => find(folded, word, 0) >= 0).length }));
    return rated.reduce((one, other) => (other.score > one.score ? other : one), rated[0] || { text: "" }).text;
  }

  // ---- Facets

  // *facets* are {section: [key, …], …, year: […], from, to}; `stories` has a 1 for each story where all of them hold, and
  // is nothing where none is asked; `labels` names the keys.
  async function choose(index, facets) {
    const asked = Object.keys(facets).filter((name) => facets[name] && facets[name].length);
    const labels = {};
    const tests = await all(asked, async (name) => {
      const keys = facets[name];
      if (name === "from" || name === "to") return dated(index, name, keys);
      if (MONTHS[name]) return (story) => keys.includes(index.month(story).slice(0, MONTHS[name]));
      const values = await all(keys, (key) => index.chosen(name, key));
      labels[name] = {};
      values.forEach(({ label }, at) => (labels[name][keys[at]] = label));
      return (story) => values.some((value) => value.stories[story]);
    });
    const stories = tests.length
      ? new Uint8Array(index.total).map((zero, story) => tests.every((test) => test(story)))
      : null;
    return { stories, labels };
  }

  // Whether a story is not before, or not after, a day. The days of a segment are read only where its months do not tell.
  async function dated(index, name, day) {
    const month = day.slice(0, 7);
    const days = {};
    await all(index.segments, async (segment) => {
      const stories = segment.each((none, number) => segment.base + number);
      if (!stories.some((story) => index.month(story) === month)) return;
      const own = await segment.days();
      stories.forEach((story, number) => (days[story] = own[number]));
    });
    return (story) => {
      const own = index.month(story);
      if (own !== month) return own > month === (name === "from");
      return name === "from" ? days[story] >= +day.slice(8) : days[story] <= +day.slice(8);
    };
  }

  // ---- The engine

  class Engine {
    constructor(base, options) {
      this.base = base;
      this.options = options || {};
      this.asks = []; // [query, Ask], the latest first
      this.turn = 0;
      this.used = false;
      this.prepare = this.prepare.bind(this);
    }

    open() {
      if (!this.index) {
        this.asks = [];
        this.index = BulletinIndex.open(this.base, this.options);
        this.index.catch(() => (this.index = null));
      }
      return this.index;
    }

    // *work* with the index. While a site is published, or was since the page was opened, files of the index may be gone;
    // then the index is read again, once.
    async withIndex(work) {
      try {
        return await work(await this.open());
      } catch (error) {
        if (error.code !== "missing" && error.code !== "damaged") throw error;
        this.index = null;
        return work(await this.open());
      }
    }

    // Fetches the table of Traditional characters if *text* may need it.
    async prepare(text) {
      if (!BulletinText.wantsHant(text)) return;
      const load = this.options.script || BulletinIndex.script;
      this.hant = this.hant || load("hant").finally(() => (this.hant = null));
      await this.hant;
    }

    async list(index, { q, sort, facets }) {
      await this.prepare(q || "");
      const query = parse(q || "");
      const name = JSON.stringify(query);
      const ask = (this.asks.find((row) => row[0] === name) || [name, new Ask(index, query)])[1];
      this.asks = [[name, ask], ...this.asks.filter((row) => row[0] !== name)].slice(0, ASKS);
      const [chosen] = await Promise.all([choose(index, facets || {}), ask.column || ask.start()]);
      const order = JSON.stringify([sort, facets]);
      ask.lists[order] = ask.lists[order] || new List(ask, sort === "date", chosen);
      return ask.lists[order];
    }

    async search(query) {
      const mine = (this.turn += 1);
      const turn = () => {
        if (mine !== this.turn) throw { superseded: true };
      };
      const from = query.offset || 0;
      const to = from + (query.limit || 10);
      const { used } = this;
      this.used = true;
      this.open();
      this.prepare(query.q || "").catch(() => {}); // meanwhile; who needs it will ask again
      const look = async (index) => {
        turn();
        const before = used ? index.files.read : 0; // the first search has read the index itself
        const list = await this.list(index, query);
        turn();
        const { terms, excluded, told } = list.ask;
        if (!terms.length && !excluded.length && !list.chosen) return { hits: [], count: 0, exact: true, more: false, seen: 0, tried: {}, labels: {} };
        await list.fill(to, turn, this.prepare, before);
        const hits = [...list.hits];
        const hasRoom = () => ENOUGH - (index.files.read - before) > 2 * CHUNK * index.segments.length;
        return {
          hits: hits.slice(from, to).map((story) => show(told.get(story))),
          ...list.count(),
          more: hits.length > to || list.next(1).length > 0,
          seen: told.size,
          tried: { ...tried(query.q || "", list.ask), ...(hits.length ? {} : await others(list.ask, hasRoom)) },
          labels: list.labels
        };
      };
      try {
        return await this.withIndex(look);
      } catch (error) {
        turn(); // what failed is of no matter any more
        throw error;
      }
    }

    // How many of the stories that match (or may, as far as the index tells: then they are not `exact`) have each value
    // of a facet; "year" and "month" newest first, all others those with the most stories first.
    counts(query, name) {
      return this.withIndex(async (index) => {
        const list = await this.list(index, query);
        const facet = MONTHS[name] ? null : await index.facet(name);
        const counts = new Map();
        list.ask.candidates.filter((story) => list.has(story)).forEach((story) => {
          const keys = facet ? facet.keys[story] : [index.month(story).slice(0, MONTHS[name])];
          keys.forEach((key) => counts.set(key, (counts.get(key) || 0) + 1));
        });
        const rows = [...counts].map(([key, count]) => {
          const [, label, ...group] = facet ? facet.labels[key] : [key, key];
          return [key, label, count, ...group];
        });
        if (facet) rows.sort((one, other) => other[2] - one[2]);
        return Object.assign(rows, { exact: list.count().exact });
      });
    }

    // Names that begin with *typed*, then those that hold it; pinyin and initials count as the name.
    async suggest(typed, limit) {
      await this.prepare(typed);
      this.used = true;
      const text = fold(typed);
      const spelled = text.replace(/ /g, "").replace(/ü/g, "v");
      if (!text) return [];
      return this.withIndex(async (index) => {
        const { rows } = await index.suggest();
        await this.prepare(rows.map((row) => row[0]).join(""));
        const begin = rows.filter((row) => fold(row[0]).startsWith(text) || row[3].startsWith(spelled) || row[4].startsWith(spelled));
        const hold = rows.filter((row) => !begin.includes(row) && find(fold(row[0]), text, 0) > 0);
        return [...begin, ...hold].slice(0, limit).map(([text, kind, count, , , url]) => ({ text, kind, count, url }));
      });
    }
  }

  // What was tried: {simplified, pinyin}.
  function tried(typed, { terms }) {
    const answer = {};
    const simplified = BulletinText.simplify(typed);
    if (simplified !== typed) answer.simplified = simplified;
    if (terms.some((term) => term.spelled)) answer.pinyin = true;
    return answer;
  }

  // What else to ask where nothing was found: parts of the query that stories have, as far as *hasRoom* to look. A single
  // word is taken apart, and `apart` asks for all parts together.
  async function others({ index, terms }, hasRoom) {
    const parts = flat(terms.map(({ term }) => BulletinText.apart(term, terms.length === 1)));
    const shorter = [];
    for (const part of new Set(parts)) {
      if (shorter.length === MOST_OTHERS) break;
      if (terms.length === 1 && part === terms[0].term) continue;
      const ask = new Ask(index, { terms: [part], excluded: [] });
      if (hasRoom()) await ask.start();
      if (!ask.column || ask.candidates.length) shorter.push(part);
    }
    return terms.length === 1 && shorter.length > 1 ? { shorter, apart: shorter.join(" ") } : { shorter };
  }

  return {
    open: (base, options) => new Engine(base, options),
    parse,
    marks: (text, typed) => mark(text, parse(typed).terms),
    // Resolves when marks() knows the Traditional characters of *text*, if it has any.
    prepare: (text) => new Engine("").prepare(text),
    give: BulletinIndex.give
  };
})();
