// Unpacks gzip (RFC 1952, RFC 1951) for browsers without DecompressionStream; search-index.js brings this file only there.
// Bit by bit, after Mark Adler's puff: slow, and quick enough for the small files of the index. Throws where bytes are
// not gzip or end too early; never goes on for ever, since every step takes bits of the input.
var BulletinInflate = (function () {
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const LONGEST = 15; // bits of a code

  // For each length or distance symbol where its values begin, and its extra bits: [[base, bits], …].
  function ladder(first, groups) {
    const rows = [];
    groups.forEach(([count, bits]) => {
      for (let left = count; left > 0; left -= 1, first += 1 << bits) rows.push([first, bits]);
    });
    return rows;
  }
  const LENGTHS = ladder(3, [[8, 0], [4, 1], [4, 2], [4, 3], [4, 4], [4, 5]]);
  LENGTHS[28] = [258, 0];
  const DISTANCES = ladder(1, [[4, 0]].concat(Array.from({ length: 13 }, (none, bits) => [2, bits + 1])));

  function fail() {
    throw new Error("gzip");
  }

  // A canonical code: how many codes have each length, and the symbols in the order of their codes.
  function makeCode(sizes) {
    const counts = new Uint16Array(LONGEST + 1);
    const symbols = [];
    for (let size = 1; size <= LONGEST; size += 1) {
      sizes.forEach((own, symbol) => {
        if (own === size) symbols.push(symbol);
      });
      counts[size] = symbols.length - counts.reduce((one, other) => one + other);
    }
    return { counts, symbols };
  }

  const FIXED = makeCode(Array.from({ length: 288 }, (none, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)));
  const FIXED_DISTANCES = makeCode(new Array(30).fill(5));

  // Where the deflated bytes begin, after a header that may hold a name and more.
  function afterHeader(bytes) {
    const flags = bytes[3];
    let at = 10;
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) fail();
    if (flags & 4) at += 2 + bytes[at] + 256 * bytes[at + 1];
    [8, 16].forEach((flag) => {
      if (flags & flag) at = bytes.indexOf(0, at) + 1 || fail();
    });
    return flags & 2 ? at + 2 : at;
  }

  return function (bytes) {
    const end = bytes.length - 8;
    const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(end + 4, true);
    let out = new Uint8Array(Math.max(1024, bytes.length * 4));
    let length = 0;
    let at = afterHeader(bytes) * 8; // in bits

    function bits(count) {
      let value = 0;
      for (let bit = 0; bit < count; bit += 1, at += 1) {
        if (at >= end * 8) fail();
        value |= ((bytes[at >> 3] >> (at & 7)) & 1) << bit;
      }
      return value;
    }

    function symbol({ counts, symbols }) {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let size = 1; size <= LONGEST; size += 1) {
        code |= bits(1);
        if (code - first < counts[size]) return symbols[index + code - first];
        index += counts[size];
        first = (first + counts[size]) << 1;
        code <<= 1;
      }
      return fail();
    }

    function push(byte) {
      if (length === out.length) {
        const more = new Uint8Array(length * 2);
        more.set(out);
        out = more;
      }
      out[length] = byte;
      length += 1;
    }

    function stored() {
      at = (at + 7) & ~7;
      const count = bits(16);
      if ((bits(16) ^ count) !== 0xffff) fail();
      for (let left = count; left > 0; left -= 1) push(bits(8));
    }

    function readCodes() {
      const literals = bits(5) + 257;
      const distances = bits(5) + 1;
      const sizes = new Array(19).fill(0);
      for (let place = 0, count = bits(4) + 4; place < count; place += 1) sizes[ORDER[place]] = bits(3);
      const code = makeCode(sizes);
      const found = [];
      while (found.length < literals + distances) {
        const next = symbol(code);
        if (next < 16) found.push(next);
        else {
          if (next === 16 && !found.length) fail();
          const value = next === 16 ? found[found.length - 1] : 0;
          const times = next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7);
          for (let left = times; left > 0; left -= 1) found.push(value);
        }
      }
      return [makeCode(found.slice(0, literals)), makeCode(found.slice(literals, literals + distances))];
    }

    function coded([literals, distances]) {
      for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
        if (next < 256) {
          push(next);
          continue;
        }
        const [base, extra] = LENGTHS[next - 257] || fail();
        const count = base + bits(extra);
        const [far, more] = DISTANCES[symbol(distances)] || fail();
        const back = far + bits(more);
        if (back > length) fail();
        for (let left = count; left > 0; left -= 1) push(out[length - back]);
      }
    }

    for (let last = 0; !last;) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 0) stored();
      else if (kind < 3) coded(kind === 1 ? [FIXED, FIXED_DISTANCES] : readCodes());
      else fail();
    }
    if (length % 0x100000000 !== size) fail();
    return out.subarray(0, length);
  };
})();
