"""Photograph every kind of page in four sizes, light and dark: ``python3 dev.py shots [PAGE…]``.

    python tests/browser/shots.py FOLDER [PAGE…]

The pages are those of ``tests/sites/full/``, an invented newsroom that has every kind, built as readers see it, as a
preview, and as it was a day earlier (the front without a picture). One file each: ``FOLDER/story-0390-dark.png``;
without PAGEs also ``story-print.pdf``. Needs Chromium and the packages of requirements/test.txt.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from chromium import CHROMIUM_FLAGS, find_chromium, served  # noqa: E402
from full_newsroom import PAGES, build_full_site  # noqa: E402

SIZES_PX = ((1440, 900), (768, 1024), (390, 844), (320, 640))
SCHEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 when a page is not there."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    folder, names = Path(arguments[0]), arguments[1:] or list(PAGES)
    unknown = [name for name in names if name not in PAGES]
    chromium = find_chromium()
    if unknown or chromium is None:
        print("no such page:" if unknown else "no Chromium here", *unknown, file=sys.stderr)
        print("pages:", *PAGES, file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        served(build_full_site(Path(place))) as address,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        missing = [name for name in names if not photograph(browser, address, name, folder)]
        browser.close()
    print(f"{folder}: {len(names) - len(missing)} × {len(SIZES_PX) * len(SCHEMES)}", file=sys.stderr)
    return 1 if missing else 0


def photograph(browser: Browser, address: str, name: str, folder: Path) -> bool:
    """Every picture of page *name*; False when it is not there."""
    found = True
    for width, height in SIZES_PX:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="zh-CN",
            )
            page = context.new_page()
            answer = page.goto(address + PAGES[name])
            found = found and answer is not None and answer.ok
            page.wait_for_load_state("networkidle")
            # Pictures below the fold load when they come into view.
            page.evaluate("document.querySelectorAll('img[loading]').forEach(image => { image.loading = 'eager' })")
            page.evaluate("Promise.all(Array.from(document.images, image => image.decode().catch(() => null)))")
            page.screenshot(path=folder / f"{name}-{width:04d}-{scheme}.png", full_page=True)
            if name.startswith("story") and (width, scheme) == (SIZES_PX[0][0], "light"):
                page.pdf(path=folder / f"{name}-print.pdf", prefer_css_page_size=True)
            context.close()
    if not found:
        print("not there:", name, PAGES[name], file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
