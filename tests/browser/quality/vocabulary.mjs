// The judge of data blocks: is all that pages tell search engines said in schema.org's words, and in the right places?
// The vocabulary is that of schema-dts, whose types are made from schema.org's own files.
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const SCALARS = { string: ["Text", "URL", "Date", "DateTime", "Time", "string"], number: ["Number", "Integer", "Float", "number"], boolean: ["Boolean"] };
// schema.org wants lengths with a unit here; search engines' own examples give pixels as plain numbers, and so do we.
const PIXELS = ["width", "height"];
// What an article needs to be shown with its picture and date (Google, "Article structured data"; DOMAIN.md).
const ARTICLE = ["headline", "image", "datePublished", "dateModified", "publisher", "inLanguage", "isAccessibleForFree"];

async function readVocabulary() {
  const source = await readFile(createRequire(import.meta.url).resolve("schema-dts").replace(/\.js$/, ".d.ts"), "utf8");
  const bases = {};
  const types = {};
  for (const [, name, parents, body] of source.matchAll(/interface (\w+) extends ([^{]+) \{\n([\s\S]*?)^\}/gm)) {
    const properties = {};
    for (const [, key, value] of body.matchAll(/^ {4}"([^"]+)"\??: (.*);$/gm)) properties[key] = value;
    bases[name] = { parents: parents.split(/[,\s]+/), properties };
    if (properties["@type"]) types[properties["@type"].slice(1, -1)] = name;
  }
  const unions = {};
  for (const [, name, members] of source.matchAll(/^export type (\w+) = ([^;]+);$/gm)) unions[name] = members.split(" | ");
  return { bases, types, unions };
}

// The declared kinds of a property of an interface or of what it extends.
function declared({ bases }, name, key) {
  const base = bases[name];
  if (!base) return null;
  return base.properties[key] || base.parents.map((parent) => declared({ bases }, parent, key)).find(Boolean) || null;
}

// Every interface and scalar that a declaration admits.
function admitted(vocabulary, declaration) {
  const found = new Set();
  const queue = declaration.replace(/^SchemaValue<(.*), "[^"]*">$/, "$1").replace(/[()]/g, "").split(" | ");
  while (queue.length) {
    const name = queue.pop();
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...(vocabulary.unions[name] || []));
  }
  return found;
}

function* faults(vocabulary, node, path) {
  const name = vocabulary.types[node["@type"]];
  if (!name) return yield `${path}: no type of schema.org: ${node["@type"]}`;
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith("@") || key.endsWith("-input") || (PIXELS.includes(key) && Number.isInteger(value))) continue;
    const declaration = declared(vocabulary, name, key);
    if (!declaration) yield `${path}: ${node["@type"]} has no ${key}`;
    else for (const one of [value].flat()) yield* valueFaults(vocabulary, one, admitted(vocabulary, declaration), `${path}.${key}`);
  }
  if (node["@type"] === "NewsArticle") for (const key of ARTICLE) if (!(key in node)) yield `${path}: an article without ${key}`;
}

function* valueFaults(vocabulary, value, kinds, path) {
  if (typeof value !== "object") {
    if (!SCALARS[typeof value].some((name) => kinds.has(name))) yield `${path}: not meant to be ${typeof value}: ${value}`;
  } else if (!value["@type"]) {
    if (!value["@id"] || !kinds.has("IdReference")) yield `${path}: neither a type nor a reference`;
  } else {
    if (!kinds.has(vocabulary.types[value["@type"]])) yield `${path}: not meant to be ${value["@type"]}`;
    yield* faults(vocabulary, value, path);
  }
}

export async function schemaOrg(folder) {
  const vocabulary = await readVocabulary();
  const found = [];
  let blocks = 0;
  for (const name of (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).sort()) {
    const html = await readFile(join(folder, name), "utf8");
    for (const [, block] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
      blocks += 1;
      for (const node of JSON.parse(block)["@graph"]) found.push(...[...faults(vocabulary, node, node["@type"])].map((text) => `${name}: ${text}`));
    }
  }
  if (!blocks) found.push("no page has a data block");
  return found;
}
