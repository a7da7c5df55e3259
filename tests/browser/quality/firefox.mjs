// One walk through the journeys in Firefox, which puppeteer-core drives over WebDriver BiDi.
import puppeteer from "puppeteer-core";

export async function firefox(executablePath, url) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const complaints = [];
  try {
    for (const [name, walk] of Object.entries(JOURNEYS)) {
      const page = await browser.newPage();
      await page.setViewport({ width: 390, height: 844 });
      page.on("pageerror", (error) => complaints.push(`${name}: script: ${error.message}`));
      page.on("console", (line) => line.type() === "error" && complaints.push(`${name}: console: ${line.text()}`));
      await walk(page, url).catch((error) => complaints.push(`${name}: ${error.message}`));
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return complaints;
}

const JOURNEYS = {
  async "front, story, back"(page, url) {
    await page.goto(url);
    await follow(page, "main article a");
    expect(await heading(page), "story has a headline");
    expect(!(await sticksOut(page)), "story fits the screen");
    // page.goBack() waits for a load that a page from Firefox's memory does not have.
    await page.evaluate(() => setTimeout(() => history.back()));
    await page.waitForSelector(".bu-masthead", { timeout: 15000 });
  },
  async "search, story, person"(page, url) {
    await page.goto(url + "search/?q=" + encodeURIComponent("木兰"));
    await page.waitForFunction(() => document.querySelector("#bu-count").textContent.includes("1"), { timeout: 15000 });
    await follow(page, "main article a");
    expect(await heading(page), "found story has a headline");
    await page.goto(url + "people/wang-wei/");
    expect((await heading(page)).includes("王伟"), "person page");
  },
  async "the scheme is chosen and kept"(page, url) {
    await page.goto(url);
    await page.click("label[for=__palette_1]");
    expect((await scheme(page)) === "slate", "dark after the click");
    await page.goto(url + "about/");
    expect((await scheme(page)) === "slate", "dark on an ordinary page too");
  },
  async "by keyboard"(page, url) {
    await page.goto(url + "stories/qingdao-two-lists/");
    await page.keyboard.press("Tab");
    expect((await page.evaluate(() => document.activeElement.className)) === "bu-skip", "the first stop skips to the text");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "then the text");
  },
};

async function follow(page, selector) {
  const target = await page.$eval(selector, (link) => link.href);
  await page.$eval(selector, (link) => link.click());
  await page.waitForFunction((href) => location.href === href && document.readyState === "complete", { timeout: 15000 }, target);
}

const heading = (page) => page.$eval("h1", (node) => node.textContent.trim());
const scheme = (page) => page.evaluate(() => document.body.dataset.mdColorScheme);
const sticksOut = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

function expect(truth, what) {
  if (!truth) throw new Error(what);
}
