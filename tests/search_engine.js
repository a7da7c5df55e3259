// Runs the search engine of themes/static under Node for the tests: one order a line in, one answer a line out, all JSON.
//   node search_engine.js <themes/static>
//   {"open": {"files": {path: base64}}}     opens an index; or {"folder": path}; "plain": files come unpacked;
//                                           "old": there is no DecompressionStream; "late": files come after a moment
//   {"put": {path: base64 or null}}         publishes files, or takes them away, below the engine that is open
//   {"ask": [method, argument…]}            → {"value"} or {"error"}, with the paths and the bytes that were read
//   {"both": [query, query]}                two searches at once → their answers or errors
//   {"call": [name, argument…]}             a function of the page's scripts
//   {"each": [name, text…]}                 what that function gives for each text
//   {"unpack": base64}                      what search-inflate.js makes of it
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");

const statics = process.argv[2];
const modern = globalThis.DecompressionStream;
let files = {};
let engine = null;
let paths = [];
let read = 0;

function load(name) {
  const file = path.join(statics, `search-${name}.js`);
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}

function bytesOf(order, name) {
  if (!order.folder) return files[name] ? Buffer.from(files[name], "base64") : null;
  const file = path.join(order.folder, name);
  return fs.existsSync(file) ? fs.readFileSync(file) : null;
}

const reader = (order) => async (name) => {
  const bytes = bytesOf(order, name.split("?")[0]);
  paths.push(name);
  if (order.late) await new Promise((done) => setTimeout(done, 1));
  if (!bytes) throw Object.assign(new Error(name), { code: "missing", path: name });
  read += bytes.length;
  return new Uint8Array(order.plain && bytes[0] === 0x1f ? zlib.gunzipSync(bytes) : bytes);
};

async function settled(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: { code: error.code || "", superseded: !!error.superseded, message: String(error.message || "") } };
  }
}

const answers = {
  async open(order) {
    files = order.files || {};
    globalThis.DecompressionStream = order.old ? undefined : modern;
    engine = BulletinSearch.open("", { fetch: reader(order), script: async (name) => load(name) });
    return {};
  },
  async put(changed) {
    Object.assign(files, changed);
    return {};
  },
  async ask([method, ...rest]) {
    paths = [];
    read = 0;
    const answer = await settled(engine[method](...rest));
    return { ...answer, paths, read };
  },
  async both(queries) {
    return Promise.all(queries.map((query) => settled(engine.search(query))));
  },
  async call([name, ...rest]) {
    return settled((async () => vm.runInThisContext(name)(...rest))());
  },
  async each([name, ...texts]) {
    return texts.map((text) => vm.runInThisContext(name)(text));
  },
  async unpack(packed) {
    if (typeof BulletinInflate === "undefined") load("inflate");
    return settled((async () => Buffer.from(BulletinInflate(new Uint8Array(Buffer.from(packed, "base64")))).toString("base64"))());
  },
};

["fold", "text", "index", "engine"].forEach(load);
let queue = Promise.resolve();
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const order = JSON.parse(line);
  const name = Object.keys(order)[0];
  queue = queue.then(async () => process.stdout.write(`${JSON.stringify(await answers[name](order[name]))}\n`));
});
