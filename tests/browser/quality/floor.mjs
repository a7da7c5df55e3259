// Writes the names of CSS features that Chrome 80 or Safari 14 lack, from MDN's compatibility data, to standard output.
//   node floor.mjs > css-newer-than-floor.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const data = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data/data.json")));
const FLOOR = { chrome: 80, safari: 14 };

const first = (support) => parseFloat(String(support.version_added).replace("≤", ""));

// Whether a browser of the floor knows it under its own name, wholly and without a flag.
function knows(compat, browser) {
  const list = [compat.support[browser] || []].flat();
  const whole = list.filter((s) => s.version_added && !s.flags && !s.prefix && !s.alternative_name && !s.partial_implementation);
  return whole.some((support) => first(support) <= FLOOR[browser]);
}

const newer = (feature) => feature.__compat && !Object.keys(FLOOR).every((browser) => knows(feature.__compat, browser));

function names(group) {
  return Object.keys(group).filter((name) => newer(group[name])).sort();
}

const functions = new Set(names(data.css.types));
Object.entries(data.css.types.color).forEach(([name, feature]) => newer(feature) && functions.add(name));

const result = {
  source: `@mdn/browser-compat-data ${data.__meta.version}, CC0`,
  floor: "Chrome 80, Safari 14.0",
  properties: names(data.css.properties),
  selectors: names(data.css.selectors),
  at_rules: names(data.css["at-rules"]),
  functions: [...functions].sort(),
};
console.log(JSON.stringify(result, null, 1));
