"""What readers set in their system or browser: colours of their own, zoom, larger text. Every page kind must bear it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from full_newsroom import PAGES
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ZOOMED = {"200 %": (640, 400), "400 %": (320, 256)}
"""CSS px of a window of 1280 × 800 and 1280 × 1024, which WCAG 2.2 SC 1.4.4 and 1.4.10 start from."""
NORMAL_TEXT_PX = 16
LARGE_TEXT_PX = 32
STUCK_SHARE = 0.35
"""What stays in place while a reader scrolls may take no more of a zoomed window's height."""

FITS = """() => {
  const root = document.documentElement, faults = [];
  if (root.scrollWidth > root.clientWidth) faults.push("page is " + root.scrollWidth + " wide");
  const scrolls = element => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true;
    return false;
  };
  document.querySelectorAll("body *").forEach(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const text = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
    if (!text || !box.width || style.visibility === "hidden" || element.closest(".bu-unseen, .bu-skip")) return;
    const name = (element.className || element.tagName) + " " + element.textContent.trim().slice(0, 12);
    if ((box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(element)) faults.push("sticks out: " + name);
    const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && cut) faults.push("is cut: " + name);
  });
  return faults;
}"""

STUCK = """() => {
  window.scrollTo(0, 600);
  let height = 0;
  document.querySelectorAll("body *").forEach(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (!/fixed|sticky/.test(style.position) || box.width < innerWidth / 2) return;
    if (style.position === "sticky" && box.top > 60) return;
    height += Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
  });
  window.scrollTo(0, 0);
  return height / innerHeight;
}"""

FORCED = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => {
    const line = value => value <= 10 ? value / 3294 : Math.pow((value / 255 + .055) / 1.055, 2.4);
    const [red, green, blue] = parts(colour).map(line);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  const ground = element => {
    for (let box = element; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor, alpha = parts(colour)[3];
      if (alpha === undefined || alpha > .5) return colour;
    }
    throw new Error("no ground");
  };
  const faults = [];
  document.querySelectorAll("body *").forEach(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || element.closest(".bu-unseen")) return;
    const name = element.getAttribute("class") || element.tagName;
    const text = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
    if (text && contrast(style.color, ground(element)) < 4.5) faults.push("text: " + name);
    // A seal, a code of squares and a printed page with what lies over it are pictures: they keep their colours.
    if (element.matches("svg:not(.bu-seal, .bu-qr, .bu-zones) *") && style.fill !== "none"
        && contrast(style.fill, ground(element.closest("svg").parentElement)) < 3) faults.push("shape: " + name);
    const edged = parseFloat(style.borderBottomWidth) > 0 || style.outlineStyle !== "none"
        || style.textDecorationLine.includes("underline");
    // A box that the browser draws shows its own mark; one that is hidden leaves the telling to its label.
    const told = "button:not(form *), [aria-current], .bu-tools__size input:checked + span, .bu-months__latest, .bu-folio, "
        + ".bu-opinion, .bu-panel--tint, .bu-photo__sheet";
    if (element.matches(told) && !edged) faults.push("only colour tells: " + name);
  });
  return faults;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page, whose settings the tests change."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_bears_zoom_large_text_and_colours_of_the_reader_s_own(page: Page, paper: str, name: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(paper + PAGES[name])
    faults = {}

    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
        faults[f"forced {scheme}"] = page.evaluate(FORCED)
    page.emulate_media(forced_colors="none", color_scheme="light")
    for zoom, (width, height) in ZOOMED.items():
        page.set_viewport_size({"width": width, "height": height})
        faults[f"zoom {zoom}"] = page.evaluate(FITS)
        assert page.evaluate(STUCK) <= STUCK_SHARE, f"{zoom}: what stays in place covers the text"
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.documentElement.setAttribute('data-bu-size', 'xl')")
        faults[f"size xl at {width}"] = page.evaluate(FITS)
    page.evaluate("document.documentElement.removeAttribute('data-bu-size')")
    enlarge_text(page, LARGE_TEXT_PX)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        faults[f"large text at {width}"] = page.evaluate(FITS)
    enlarge_text(page, NORMAL_TEXT_PX)

    assert {setting: sorted(set(found)) for setting, found in faults.items() if found} == {}


def enlarge_text(page: Page, size_px: int) -> None:
    """The browser's own text size, as its settings change it."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size_px, "fixed": size_px}})
    session.detach()


def test_the_size_that_a_reader_picks_on_a_phone_is_the_size_of_the_story(page: Page, paper: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(paper + PAGES["story-feature"])
    size = "parseFloat(getComputedStyle(document.querySelector('.bu-body p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_text("特大", exact=True).click()

    assert page.evaluate(size) == pytest.approx(1.4 * before)
    assert page.evaluate(FITS) == []
    page.get_by_text("标准", exact=True).click()


def test_print_keeps_the_faces_of_the_page(page: Page, paper: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(paper + PAGES["story-feature"])
    faces = "Array.from(document.querySelectorAll('h1, .bu-body, .bu-runhead'), e => getComputedStyle(e).fontFamily)"
    on_screen = page.evaluate(faces)
    page.emulate_media(media="print")

    assert page.evaluate(faces) == on_screen
    page.emulate_media(media="screen")
