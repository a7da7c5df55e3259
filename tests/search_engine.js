// Runs the search engine of themes/static under Node for the tests: one question a line in, one answer a line out, all JSON.
//   node driver.js <themes/static>
//   {"files": {path: base64}} or {"folder": path}   opens an index; "plain": unpacked files, "old": no DecompressionStream
//   {"ask": [method, argument…]}                    → {"value"} or {"error"}, with the paths and the bytes that were read
//   {"both": [query, query]}                        two searches at once → their answers or errors
//   {"call": [name, argument…]}                     a function of the page's scripts
//   {"files": …, "keep": true}                      puts other files in place below an engine that is open
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");

const [, , statics] = process.argv;
const load = (name) => vm.runInThisContext(fs.readFileSync(path.join(statics, `search-${name}.js`), "utf8"), { filename: name });
["fold", "text", "index", "engine"].forEach(load);
const modern = globalThis.DecompressionStream;

let files = {};
let engine = null;
let paths = [];
let read = 0;

function failure(name) {
  return Object.assign(new Error(name), { code: "missing", path: name });
}

function opener(order) {
  return async (name) => {
    const plain = name.split("?")[0];
    const bytes = order.folder ? bytesOf(path.join(order.folder, plain)) : files[plain] && Buffer.from(files[plain], "base64");
    paths.push(name);
    if (!bytes) throw failure(name);
    read += bytes.length;
    return new Uint8Array(order.plain && bytes[0] === 0x1f ? zlib.gunzipSync(bytes) : bytes);
  };
}

function bytesOf(file) {
  return fs.existsSync(file) ? fs.readFileSync(file) : null;
}

async function settled(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: { code: error.code || "", superseded: !!error.superseded, message: String(error.message || "") } };
  }
}

const answers = {
  async open(order) {
    if (order.files) files = order.files;
    if (order.keep) return {};
    globalThis.DecompressionStream = order.old ? undefined : modern;
    engine = BulletinSearch.open("", { fetch: opener(order), script: async (name) => load(name) });
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
    const at = name.lastIndexOf(".");
    return settled(vm.runInThisContext(name.slice(0, at))[name.slice(at + 1)](...rest));
  },
  async load(name) {
    load(name);
    return {};
  },
};

async function answer(order) {
  const name = Object.keys(answers).find((one) => one in order);
  return name ? answers[name](order[name]) : answers.open(order);
}

let queue = Promise.resolve();
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  queue = queue.then(async () => process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`));
});
