// Judges the site in a folder with every tool and prints a table. Ends with 1 when a gate is missed.
//   node run.mjs SITE [--runs N] [--only nu,axe,…]
// CHROMIUM and FIREFOX name the browsers.
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import puppeteer from "puppeteer-core";
import { firefox } from "./firefox.mjs";
import { htmlValidate, nu } from "./markup.mjs";
import { serve } from "./server.mjs";
import { schemaOrg } from "./vocabulary.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" }, only: { type: "string", default: "" } } });
const folder = resolve(positionals[0]);
const wanted = values.only ? values.only.split(",") : ["nu", "html-validate", "schema.org", "axe", "pa11y", "lighthouse", "firefox"];
const { url, close } = await serve(folder);
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const looks = ["axe", "pa11y", "lighthouse"].some((name) => wanted.includes(name));
const readers = looks ? await import("./readers.mjs") : null; // slow to load
const chromium = looks ? await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: flags }) : null;
let measured = [];

const judges = {
  nu: () => nu(folder),
  "html-validate": () => htmlValidate(folder),
  "schema.org": () => schemaOrg(folder),
  axe: () => readers.axe(chromium, url),
  pa11y: () => readers.codeSniffer(chromium, url),
  async lighthouse() {
    const { rows, found } = await readers.scores(chromium, url, Number(values.runs));
    measured = rows;
    return found;
  },
  async firefox() {
    if (!process.env.FIREFOX) return ["no Firefox here: install the package firefox-esr"];
    return firefox(process.env.FIREFOX, url);
  },
};

const table = [];
const findings = [];
for (const name of wanted) {
  const started = Date.now();
  const found = await judges[name]();
  table.push({ tool: name, errors: found.length, seconds: Math.round((Date.now() - started) / 1000) });
  findings.push(...found.map((text) => `${name}: ${text}`));
}
if (chromium) await chromium.close();
close();

findings.slice(0, 60).forEach((text) => console.log(text));
if (findings.length > 60) console.log(`… and ${findings.length - 60} more`);
console.table(table);
if (measured.length) console.table(measured);
process.exitCode = findings.length ? 1 : 0;
