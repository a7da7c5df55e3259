// Text as search compares it, for the engine and for pages that mark words: folding, what a query asks, where it stands
// in a text, excerpts. The rules are told in docs/reference/search-index.md; site_builder/text/folding.py has the same.
var BulletinText = (function () {
  var OTHER = 0;
  var HAN = 1;
  var LETTER = 2;
  var DIGIT = 3;
  var LEAD = 24; // characters of an excerpt before its first hit, at most
  var KEPT = "+%‰";
  var kinds = null; // code point → its kind
  var table = null; // character → what becomes of it
  var moves = null; // unit of text → 1 where it may fold to something else, or is a blank or half a character
  var hant = null; // Traditional → Simplified, once search-hant.js is there
  var traditional = ""; // bits: which ideographs search-hant.js knows

  // In *map* what becomes of a character of the one text is what stands in the same place of the other.
  function pairs(map, from, to) {
    var after = Array.from(to);
    Array.from(from).forEach(function (char, at) {
      put(map, char, after[at]);
    });
    return map;
  }

  function put(map, char, after) {
    map.set(char, after);
    moves[char.charCodeAt(0)] = 1;
  }

  function setUp() {
    var fold = BulletinFold;
    var at;
    kinds = new Uint8Array(0x110000);
    [[fold.word, LETTER], [fold.han, HAN], [[97, 122], LETTER], [[48, 57], DIGIT]].forEach(function (row) {
      for (at = 0; at < row[0].length; at += 2) kinds.fill(row[1], row[0][at], row[0][at + 1] + 1);
    });
    moves = new Uint8Array(0x10000);
    moves.fill(1, 0xd800, 0xe000);
    moves[" ".charCodeAt(0)] = moves["\n".charCodeAt(0)] = 1;
    traditional = atob(fold.hant);
    table = new Map();
    for (at = 0; at < fold.runs.length; at += 4) {
      for (var code = fold.runs[at]; code <= fold.runs[at + 1]; code += fold.runs[at + 2]) {
        put(table, String.fromCodePoint(code), String.fromCodePoint(code + fold.runs[at + 3]));
      }
    }
    pairs(table, fold.from, fold.to);
    Array.from(fold.gone).forEach(function (char) {
      put(table, char, "");
    });
    fold.many.split("\t").forEach(function (row) {
      var char = charAt(row, 0);
      put(table, char, row.slice(char.length));
    });
  }

  function kind(char) {
    return char ? kinds[char.codePointAt(0)] : OTHER;
  }

  function charBefore(text, at) {
    var code = text.charCodeAt(at - 1);
    return text.slice(at - (code >= 0xdc00 && code < 0xe000 && at > 1 ? 2 : 1), at);
  }

  function charAt(text, at) {
    return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "";
  }

  // ---- Folding

  // Folds *text* bit by bit: calls *take* with a folded character, or a run of units that stay as they are, where its
  // source starts and ends in *text*, and whether it is a run.
  function walk(text, take) {
    var blank = "";
    var blankAt = 0;
    var last = ""; // what was taken last
    function push(chars, from, to, isRun) {
      if (blank && last && (blank === "\n" || !touchesHan(last, chars))) take(blank, blankAt, blankAt + 1, false);
      blank = "";
      last = chars;
      take(chars, from, to, isRun);
    }
    if (!table) setUp();
    if (!hant && typeof BulletinHant !== "undefined") hant = pairs(new Map(), BulletinHant.from, BulletinHant.to);
    for (var at = 0; at < text.length;) {
      var from = at;
      while (at < text.length && !moves[text.charCodeAt(at)]) at += 1;
      if (at > from) push(text.slice(from, at), from, at, true);
      if (at === text.length) break;
      var source = charAt(text, at);
      var after = table.has(source) ? table.get(source) : source;
      for (var place = 0; place < after.length;) {
        var char = charAt(after, place);
        place += char.length;
        if (char === " " || char === "\n") {
          if (!blank) blankAt = at;
          if (blank !== "\n") blank = char;
        } else {
          push((hant && hant.get(char)) || char, at, at + source.length, false);
        }
      }
      at += source.length;
    }
  }

  function touchesHan(before, after) {
    return kind(charBefore(before, before.length)) === HAN || kind(charAt(after, 0)) === HAN;
  }

  function fold(text) {
    var out = "";
    walk(text, function (chars) {
      out += chars;
    });
    return out;
  }

  // {text, starts, ends}: *text* folded, and for each of its units where the character that it comes from starts and
  // ends in *text*.
  function trace(text) {
    var starts = [];
    var ends = [];
    var out = "";
    walk(text, function (chars, from, to, isRun) {
      for (var unit = 0; unit < chars.length; unit += 1) {
        starts.push(isRun ? from + unit : from);
        ends.push(isRun ? from + unit + 1 : to);
      }
      out += chars;
    });
    return { text: out, starts: starts, ends: ends };
  }

  // *text* with its Traditional characters made Simplified, as far as search-hant.js is here.
  function simplify(text) {
    return Array.from(text, function (char) {
      return (hant && hant.get(char)) || char;
    }).join("");
  }

  // Whether search-hant.js is not here and is needed to fold *text*: it holds a Traditional character, or what folds to one.
  function wantsHant(text) {
    if (hant || typeof BulletinHant !== "undefined") return false;
    if (!table) setUp();
    for (var at = 0; at < text.length; at += 1) {
      var unit = text.charCodeAt(at);
      if (unit < 0x2e80 || unit >= 0xff00) continue; // neither these nor what they fold to
      if (moves[unit]) {
        var char = charAt(text, at);
        at += char.length - 1;
        if (Array.from(table.has(char) ? table.get(char) : char).some(isTraditional)) return true;
      } else if (hasMark(unit)) return true;
    }
    return false;
  }

  function isTraditional(char) {
    return hasMark(char.codePointAt(0));
  }

  // BulletinFold.hant has a bit for each ideograph of the Basic Multilingual Plane; those beyond are few, and all count.
  function hasMark(code) {
    var at = code - 0x3400;
    if (at < 0 || code > 0x9fff) return code >= 0x20000;
    return ((traditional.charCodeAt(at >> 3) >> (at & 7)) & 1) === 1;
  }

  // ---- What a query asks

  // The folded terms that must and must not be in a story: words without the marks around them, and what stands in
  // quotation marks. What holds neither a letter nor a figure nor a Han character asks for nothing.
  function parse(typed) {
    var pattern = /([-－–−﹣]?)(?:"([^"]*)"|“([^”]*)”|‘([^’]*)’|「([^」]*)」|『([^』]*)』|(\S+))/g;
    var found = { terms: [], excluded: [] };
    var match;
    while ((match = pattern.exec(typed))) {
      var list = match[1] ? found.excluded : found.terms;
      var bare = match[7];
      var term = fold((bare || match.slice(2, 7).join("")).replace(/\s+/g, " "));
      if (bare) term = unmarked(term);
      if (Array.from(term).some(kind) && list.indexOf(term) < 0) list.push(term);
    }
    return found;
  }

  // A word without the marks around it; those of 互联网+ and 98.6% are part of it.
  function unmarked(term) {
    var chars = Array.from(term);
    while (chars.length && !kind(chars[0])) chars.shift();
    while (chars.length && !kind(chars[chars.length - 1]) && KEPT.indexOf(chars[chars.length - 1]) < 0) chars.pop();
    return chars.join("");
  }

  // The words between the marks of a term; *inPairs*: of Han characters without marks two by two, as most words are.
  function apart(term, inPairs) {
    var words = [];
    var last = OTHER;
    Array.from(term).forEach(function (char) {
      if (kind(char) && last) words[words.length - 1] += char;
      else if (kind(char)) words.push(char);
      last = kind(char);
    });
    if (!inPairs || words.length !== 1 || !Array.from(term).every(isHan)) return words;
    return term.match(/[^]{1,2}/gu).filter(function (word) {
      return Array.from(word).length > 1;
    });
  }

  function isHan(char) {
    return kind(char) === HAN;
  }

  // ---- Where a term stands

  // Words are found from their beginning, numbers only whole: 5125个 is not in 35125个.
  function cutsWord(text, start, stop) {
    var first = kind(charAt(text, start));
    var before = charBefore(text, start);
    var left = kind(before);
    if (first === LETTER && left >= LETTER) return true;
    if (first === DIGIT && (left === DIGIT || (isPoint(before) && kind(text[start - 2]) === DIGIT))) return true;
    if (kind(text[stop - 1]) !== DIGIT) return false;
    return kind(text[stop]) === DIGIT || (isPoint(text[stop]) && kind(text[stop + 1]) === DIGIT);
  }

  function isPoint(char) {
    return char === "." || char === ",";
  }

  // The first place of folded *term* in folded *text* from *from* on; −1: there is none.
  function find(text, term, from) {
    var at = text.indexOf(term, from);
    while (at >= 0 && cutsWord(text, at, at + term.length)) at = text.indexOf(term, at + 1);
    return at;
  }

  // All hits of *terms* in a traced text, as {from, to, term} in the source; none overlap: those that would are one.
  function hits(traced, terms) {
    var found = [];
    terms.forEach(function (term, number) {
      var at = find(traced.text, term, 0);
      while (at >= 0) {
        found.push({ from: traced.starts[at], to: traced.ends[at + term.length - 1], term: number });
        at = find(traced.text, term, at + term.length);
      }
    });
    found.sort(function (one, other) {
      return one.from - other.from || other.to - one.to;
    });
    var row = [];
    found.forEach(function (hit) {
      var last = row[row.length - 1];
      if (last && hit.from < last.to) last.to = Math.max(last.to, hit.to);
      else row.push(hit);
    });
    return row;
  }

  // *text* from *from* to *to* as parts: a text, or a hit in a list of one.
  function parts(text, found, from, to) {
    var row = [];
    function push(part) {
      if (part.length && part[0]) row.push(part);
    }
    found.forEach(function (hit) {
      if (hit.from < from || hit.to > to) return;
      push(text.slice(from, hit.from));
      push([text.slice(hit.from, hit.to)]);
      from = hit.to;
    });
    push(text.slice(from, to));
    return row;
  }

  function mark(text, terms) {
    return parts(text, hits(trace(text), terms), 0, text.length);
  }

  // ---- Excerpts

  // About *size* characters of *text* where most terms, and then most hits, stand close together; from its start where
  // there are none. What is left out at either side is told by “…”.
  function excerpt(text, terms, size) {
    var found = hits(trace(text), terms);
    var from = found.length ? opening(text, densest(found, size - LEAD)) : 0;
    var to = closing(text, from, size);
    found.forEach(function (hit) {
      if (hit.from < to && hit.to > to) to = hit.to;
    });
    var row = parts(text, found, from, to).map(function (part) {
      return typeof part === "string" ? part.replace(/([。！？；：，、”’』」》）])\n+/g, "$1").replace(/\n+/g, " ") : part;
    });
    if (from > 0) row.unshift("…");
    if (to < text.length) row.push("…");
    return row;
  }

  // The hit from which the next *size* characters hold the most.
  function densest(found, size) {
    var best = found[0];
    var most = -1;
    found.forEach(function (first, at) {
      var seen = {};
      var score = 0;
      for (var next = at; next < found.length && found[next].to <= first.from + size; next += 1) {
        score += seen[found[next].term] ? 1 : 100;
        seen[found[next].term] = true;
      }
      if (score > most) {
        most = score;
        best = first;
      }
    });
    return best;
  }

  // Where an excerpt begins: with the sentence of its first hit, or else a clause, or some characters before it.
  function opening(text, hit) {
    var from = hit.from - LEAD;
    if (from <= 0) return 0;
    var before = text.slice(from, hit.from);
    var start = /^[^]*[\n。！？；!?](?![”’」』）)])/.exec(before) || /^[^]*?[，：](?![”’」』）)])/.exec(before);
    return start ? from + start[0].length : wholeCharacter(text, from);
  }

  function closing(text, from, size) {
    return from + size >= text.length ? text.length : wholeCharacter(text, from + size);
  }

  // *at*, or a few units on where it would cut a character or a word in two.
  function wholeCharacter(text, at) {
    var code = text.charCodeAt(at);
    if (code >= 0xdc00 && code < 0xe000) at += 1;
    for (var most = at + 12; at < most && /[a-z0-9]/i.test(text[at - 1]) && /[a-z0-9]/i.test(text[at] || ""); at += 1);
    return at;
  }

  return {
    HAN: HAN,
    LETTER: LETTER,
    DIGIT: DIGIT,
    kind: function (char) {
      if (!table) setUp();
      return kind(char);
    },
    fold: fold,
    trace: trace,
    simplify: simplify,
    wantsHant: wantsHant,
    parse: parse,
    apart: apart,
    find: find,
    mark: mark,
    excerpt: excerpt
  };
})();
