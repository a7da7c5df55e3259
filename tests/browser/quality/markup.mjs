// Judges of markup: they read the files of the site, every one.
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

// What the Nu HTML checker calls an error. Its warnings about the policy are wrong for files, which have no "self".
export async function nu(folder) {
  const run = promisify(execFile);
  const options = ["-Xmx512m", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", "--exit-zero-always"];
  const { stderr } = await run("java", [...options, folder], { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stderr);
  return messages.map((found) => `${found.url.split(folder).pop()}:${found.lastLine}: ${found.message}`);
}

// html-validate's recommended rules. What is switched off is style.
const RULES = {
  extends: ["html-validate:recommended", "html-validate:document"],
  root: true,
  rules: {
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    "long-title": "off", // a headline with the paper's name
    "require-sri": "off", // nothing comes from elsewhere
    "no-inline-style": "error",
    "valid-id": ["error", { relaxed: true }], // as HTML has it: ids are made of Chinese headings too
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // as ARIA has it
  },
};

export async function htmlValidate(folder) {
  const judge = new HtmlValidate(RULES);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".html")).sort();
  const found = [];
  for (const name of files) {
    const report = await judge.validateString(await readFile(join(folder, name), "utf8"));
    const errors = report.results.flatMap((result) => result.messages).filter((message) => message.severity === 2);
    found.push(...errors.map(({ ruleId, line, message }) => `${name}:${line}: ${ruleId}: ${message}`));
  }
  return found;
}
