// Judges that look at pages in Chromium: axe, pa11y (HTML CodeSniffer), Lighthouse.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import lighthouse from "lighthouse";
import pa11y from "pa11y";
import { LIGHTHOUSE_PAGES, PAGES } from "./pages.mjs";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIEWS = [
  { width: 390, scheme: "light" },
  { width: 390, scheme: "dark" },
  { width: 1440, scheme: "light" },
  { width: 1440, scheme: "dark" },
];

export async function axe(browser, url) {
  const found = [];
  for (const view of VIEWS) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: view.width, height: 844 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(url + path, { waitUntil: "networkidle0" });
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => (await window.axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0].html}`));
      found.push(...violations.map((text) => `${name} ${view.width} ${view.scheme}: ${text}`));
    }
    await context.close();
  }
  return found;
}

export async function codeSniffer(browser, url) {
  const found = [];
  for (const [name, path] of Object.entries(PAGES)) {
    const result = await pa11y(url + path, { browser, standard: "WCAG2AA", viewport: { width: 390, height: 844 }, timeout: 60000 });
    found.push(...result.issues.filter((issue) => issue.type === "error").map((issue) => `${name}: ${issue.code}: ${issue.context}`));
  }
  return found;
}

// Scores of the mobile run: the least of accessibility, best practices and SEO, the median of performance; the largest
// layout shift, and the median of the longest tasks, as on a phone four times slower than this machine.
export async function scores(browser, url, runs) {
  const port = Number(new URL(browser.wsEndpoint()).port);
  const rows = [];
  const found = [];
  for (const name of LIGHTHOUSE_PAGES) {
    const results = [];
    for (let run = 0; run < runs; run += 1) {
      const { lhr } = await lighthouse(url + PAGES[name], { port, logLevel: "error", output: "json" });
      results.push(lhr);
    }
    const score = (key) => results.map((lhr) => Math.round(lhr.categories[key].score * 100)).sort((a, b) => a - b);
    const performance = score("performance");
    const gates = { accessibility: score("accessibility")[0], "best practices": score("best-practices")[0], seo: score("seo")[0] };
    const shift = Math.max(...results.map((lhr) => lhr.audits["cumulative-layout-shift"].numericValue));
    const tasks = results.map((lhr) => Math.max(0, ...(lhr.audits["long-tasks"].details?.items || []).map((task) => task.duration)));
    const longest = Math.round(tasks.sort((a, b) => a - b)[Math.floor(runs / 2)]);
    rows.push({ page: name, performance: performance[Math.floor(runs / 2)], all: performance.join(" "), ...gates, shift, longest });
    if (shift > 0) found.push(`${name}: layout shift ${shift}`);
    for (const [gate, value] of Object.entries(gates)) if (value < 100) found.push(`${name}: ${gate} ${value}: ${faults(results[0], gate)}`);
  }
  return { rows, found };
}

function faults(lhr, gate) {
  const category = lhr.categories[gate.replace(" ", "-")];
  return category.auditRefs
    .map((ref) => lhr.audits[ref.id])
    .filter((audit) => audit.score !== null && audit.score < 1)
    .map((audit) => audit.id)
    .join(", ");
}
