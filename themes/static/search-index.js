// The files of the search index, read over the network, or from scripts where pages are opened from a disk: which stories
// hold a term, their records, their facets. The format is told in docs/reference/search-index.md.
var BulletinIndex = (function () {
  const ABSENT = 3; // in a column; 0, 1, 2 are the classes: headline, reading tips, elsewhere
  const PAGE = 64; // chunks on a page of the directory
  const WIDEST = 5; // chunks that are read for the beginning of a word; see part()
  const SYLLABLES = 4; // of the longest terms of pinyin
  const INITIALS = 7; // length of the longest terms of initials: ~ and six
  const HEADERS = 300; // bytes before those of a file, about
  const FOLDER = "search/";
  const home = typeof document !== "undefined" && document.currentScript ? document.currentScript.src : "";
  const given = {}; // path → bytes

  // `code` tells what went wrong: "missing" (a file is not there), "damaged" (it cannot be read), "offline".
  const failure = (code, path) => Object.assign(new Error(code), { code, path });

  // ---- Where bytes come from

  const addScript = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(failure("missing", address));
      document.head.appendChild(script);
    });

  // A script of ours that is only needed now and then: "hant", "inflate".
  const addOurs = (name) => addScript(new URL("search-" + name + ".js", home).href);

  const fetchBytes = (base) => async (path) => {
    // The index tells where all else is, so it must not be old; what it names may be cached for ever.
    const options = path === FOLDER + "index.json" ? { cache: "no-cache" } : {};
    const here = given[path.split("?")[0]]; // a copy that was made for a disk may lie on a server
    if (here) return here;
    const answer = await fetch(base + path, options).catch(() => {
      throw failure("offline", path);
    });
    if (!answer.ok) throw failure("missing", path);
    return new Uint8Array(await answer.arrayBuffer());
  };

  // Pages that were opened from a disk may not fetch; beside each file lies a script that gives the same bytes.
  const scriptBytes = (base) => async (path) => {
    const name = path.split("?")[0];
    if (!given[name]) await addScript(base + name + ".js");
    if (!given[name]) throw failure("missing", path);
    return given[name];
  };

  const give = (path, base64) => {
    given[path.replace(/^\//, "")] = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  };

  // The bytes in a gzip file; a server may have unpacked it on the way.
  async function unpack(bytes, addOurs) {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    if (typeof DecompressionStream === "undefined") {
      if (typeof BulletinInflate === "undefined") await addOurs("inflate");
      return BulletinInflate(bytes);
    }
    // Through a writer: streams that are piped take four times as long. What is damaged is told by the reading side.
    const { writable, readable } = new DecompressionStream("gzip");
    const writer = writable.getWriter();
    [writer.write(bytes), writer.close()].forEach((written) => written.catch(() => {}));
    return new Uint8Array(await new Response(readable).arrayBuffer());
  }

  // ---- Numbers and terms in bytes

  class Bytes {
    constructor(data) {
      this.data = data;
      this.at = 0;
    }

    number() {
      for (let number = 0, unit = 1; ; unit *= 128) {
        const byte = this.data[this.at];
        if (byte === undefined) throw failure("damaged");
        this.at += 1;
        number += (byte & 127) * unit;
        if (byte < 128) return number;
      }
    }

    take(size) {
      this.at += size;
      if (!(this.at <= this.data.length)) throw failure("damaged");
      return this.data.subarray(this.at - size, this.at);
    }

    // Each term is the beginning of the one before and a rest. All are decoded at once: a decoder takes its time to start.
    terms() {
      const bytes = []; // each term, and a 0 after it
      let before = 0;
      for (let left = this.number(); left > 0; left -= 1) {
        const start = bytes.length;
        const shared = before + this.number();
        for (let at = before; at < shared; at += 1) bytes.push(bytes[at]);
        const rest = this.take(this.number());
        for (let at = 0; at < rest.length; at += 1) bytes.push(rest[at]);
        bytes.push(0);
        before = start;
      }
      return new TextDecoder().decode(Uint8Array.from(bytes)).split("\0").slice(0, -1);
    }
  }

  function parseChunk(bytes) {
    const source = new Bytes(bytes);
    const terms = source.terms();
    const sizes = terms.map(() => source.number());
    return terms.map((term, at) => [term, source.take(sizes[at])]);
  }

  const parseJson = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  // Texts in the order of code points, which is not that of JavaScript beyond the BMP.
  const ordered = (text) =>
    text.replace(/[\ud800-\uffff]/g, (unit) => {
      const code = unit.charCodeAt(0);
      return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
    });

  // The last of sorted *rows*, or what *value* takes of them, that does not stand after *wanted*; −1: none.
  function lastUpTo(rows, wanted, value = (row) => row) {
    let low = 0;
    for (let high = rows.length; low < high;) {
      const middle = (low + high) >> 1;
      if (value(rows[middle]) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // ---- Terms

  // The rows of chunks that *key* asks for: {term, prefix: whether longer terms count, tail: whether it is pinyin}.
  // Terms of pinyin are cut after four syllables or six initials, so a longer query also takes the longest term of that
  // size that it begins with; it stands right before it.
  function wanted(rows, { term, prefix, tail }) {
    const isCut = (other) =>
      tail && other.length < term.length && term.startsWith(other) && (mayBeInitials(other) || mayBeWhole(other));
    const longest = Math.max(...rows.map((row) => (isCut(row[0]) ? row[0].length : 0)), 0);
    return rows.filter(
      ([other]) =>
        other === term ||
        (prefix && other.startsWith(term)) ||
        (isCut(other) && (other.length === longest || mayBeInitials(other)))
    );
  }

  // Whether pinyin may be initials that were cut: no syllable begins with i, u or v.
  const mayBeInitials = (spelled) => spelled.length === INITIALS && !/[iuv]/.test(spelled);

  // Whether pinyin may be four syllables: each has vowels, and of vowels that touch, an a or e may begin another.
  function mayBeWhole(spelled) {
    const groups = (spelled.match(/[aeiouv]+/g) || []).length;
    const breaks = (spelled.match(/[aeiouv](?=[ae])/g) || []).length;
    return groups <= SYLLABLES && SYLLABLES <= groups + breaks;
  }

  // Writes postings into a column; of a story that is there already the better class is kept.
  function spread(postings, column) {
    const source = new Bytes(postings);
    for (let story = -1; source.at < postings.length;) {
      const value = source.number();
      story += Math.floor(value / 4);
      if (!(story < column.length)) throw failure("damaged");
      column[story] = Math.min(column[story], value & 3);
    }
  }

  // Stories that follow each other, numbered from 0, the newest; *base* is how many are newer.
  class Segment {
    constructor(row, base, files) {
      this.dir = FOLDER + row.dir + "/";
      this.base = base;
      this.stories = row.stories;
      this.pages = row.pages.map(ordered);
      this.files = files;
      this.parts = {};
    }

    // The files of the chunks that a key needs; nothing where those of a prefix are too many. A page of the directory has
    // the first terms of PAGE chunks; `pages` are the first terms of the pages.
    async paths({ term, prefix, facet }) {
      const from = ordered(term);
      const to = from + (prefix ? "\uffff" : "");
      const numbers = [from, to].map((text) => Math.max(lastUpTo(this.pages, text), 0));
      if (numbers[1] > numbers[0] + 1 && !facet) return null;
      const pages = await Promise.all(numbers.map((number) => this.page(number)));
      const chunk = (text, at) => numbers[at] * PAGE + lastUpTo(pages[at], text);
      const paths = [];
      for (let at = Math.max(chunk(from, 0), 0); at <= chunk(to, 1); at += 1) paths.push(this.dir + at + ".gz");
      return paths.length > WIDEST && !facet ? null : paths;
    }

    page(number) {
      return this.files(this.dir + "d-" + number + ".gz", (bytes) => new Bytes(bytes).terms().map(ordered));
    }

    // How much room there is for other terms in the chunk of one: the more, the fewer stories each has. A term that begins
    // its chunk is taken to fill it, since a long list of stories has a chunk of its own.
    async room({ term }) {
      const wanted = ordered(term);
      const number = Math.max(lastUpTo(this.pages, wanted), 0);
      const rows = await this.page(number);
      const at = lastUpTo(rows, wanted);
      const [from, to] = [rows[at] || "", rows[at + 1] || this.pages[number + 1] || "\uffff"];
      const apart = (place) => (to.charCodeAt(place) || 0) - (from.charCodeAt(place) || 0);
      return from === wanted ? 0 : apart(0) * 0x10000 + apart(1);
    }

    // {column: for each story the best class of the terms of *key*, or ABSENT; sure: whether it says no story too many;
    // terms: those of the index}.
    // Where a prefix would take too many, every story may have it, and whoever asks must read records: a beginning
    // that is so common is in so many stories that the newest few tell enough.
    part(key) {
      const name = JSON.stringify(key);
      const make = async () => {
        const paths = await this.paths(key);
        const column = new Uint8Array(this.stories).fill(paths ? ABSENT : 0);
        if (!paths) return { column, sure: false };
        const chunks = await Promise.all(paths.map((path) => this.files(path, parseChunk)));
        const rows = wanted([].concat(...chunks), key);
        rows.forEach((row) => spread(row[1], column));
        return { column, terms: rows.map((row) => row[0]), sure: rows.every((row) => row[0].length >= key.term.length) };
      };
      return (this.parts[name] = this.parts[name] || make().catch((error) => {
        delete this.parts[name];
        throw error;
      }));
    }

    // The stories that have a value of a facet, as part() tells them; the label stands in the term behind the key.
    chosen(name, key) {
      return this.part({ term: "@" + name + "=" + key + "\t", prefix: true, facet: true });
    }

    // Of each story its keys of a facet, and all [key, label, group?].
    facet(name) {
      return this.files(this.dir + "f-" + name + ".gz", (bytes) => {
        const source = new Bytes(bytes);
        const values = parseJson(source.take(source.number()));
        const keys = this.each(() => Array.from({ length: source.number() }, () => values[source.number()][0]));
        return { values, keys };
      });
    }

    // Of each story the day of its month.
    days() {
      return this.files(this.dir + "f-day.gz", (bytes) => {
        const source = new Bytes(bytes);
        return this.each(() => source.number());
      });
    }

    each(make) {
      return Array.from({ length: this.stories }, make);
    }
  }

  // What `index.json` says; *files* reads a file, and remembers it.
  class Index {
    constructor(head, files) {
      this.files = files;
      this.suggestions = head.suggest;
      this.total = 0;
      this.months = []; // [month, first story, stories, digest], newest first
      this.segments = head.segments.map((row) => {
        const segment = new Segment(row, this.total, files);
        row.months.forEach(([month, stories, digest]) => {
          this.months.push([month, this.total, stories, digest]);
          this.total += stories;
        });
        if (this.total - segment.base !== row.stories) throw failure("damaged");
        return segment;
      });
    }

    monthRow(story) {
      return this.months[lastUpTo(this.months, story, (row) => row[1])];
    }

    // The month of a story: "2024-04".
    month(story) {
      return this.monthRow(story)[0];
    }

    record(story) {
      const [month, first, stories, digest] = this.monthRow(story);
      return this.files(FOLDER + "x/" + month + "/" + (first + stories - 1 - story) + ".gz?v=" + digest, parseJson);
    }

    // One value of a facet: {stories: for each story 1 if it has it, label}.
    async chosen(name, key) {
      const parts = await Promise.all(this.segments.map((segment) => segment.chosen(name, key)));
      const stories = new Uint8Array(this.total);
      parts.forEach(({ column }, at) => {
        const own = stories.subarray(this.segments[at].base);
        column.forEach((place, story) => (own[story] = place === ABSENT ? 0 : 1));
      });
      const terms = [].concat(...parts.map((part) => part.terms));
      return { stories, label: terms.length ? terms[0].split("\t")[1] : key };
    }

    // A facet of all stories: {labels: key → [key, label, group?], keys: for each story its keys}.
    async facet(name) {
      const parts = await Promise.all(this.segments.map((segment) => segment.facet(name)));
      const labels = {};
      parts.reverse().forEach((part) => part.values.forEach((value) => (labels[value[0]] = value)));
      return { labels, keys: [].concat(...parts.reverse().map((part) => part.keys)) };
    }

    suggest() {
      return this.files(FOLDER + this.suggestions, parseJson);
    }
  }

  // Opens the index below *base*. *options*: {fetch: path → Promise of bytes, script: name → Promise}, for tests and for
  // programs other than browsers.
  function open(base, options) {
    const onDisk = typeof location !== "undefined" && location.protocol === "file:";
    const read = options.fetch || (onDisk ? scriptBytes : fetchBytes)(base);
    const known = {};

    // The file at *path*, parsed; it is read once, and again if that failed. `files.read`: the bytes that
    // came, about, but for those of facets, which are no part of finding.
    function files(path, parse) {
      const make = async () => {
        const bytes = await read(path);
        if (!path.includes("/f-")) files.read += bytes.length + HEADERS;
        try {
          return parse(await unpack(bytes, options.script || addOurs));
        } catch (error) {
          throw failure("damaged", path);
        }
      };
      return (known[path] = known[path] || make().catch((error) => {
        delete known[path];
        throw error;
      }));
    }

    files.read = 0;
    return files(FOLDER + "index.json", (bytes) => new Index(parseJson(bytes), files));
  }

  return { ABSENT, open, give, script: addOurs };
})();
