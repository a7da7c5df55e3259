"""Draw docs/images/contact-sheet.png: the demonstration site on a desk and on a phone, by day and by night.

    python docs/images/make_contact_sheet.py

Needs the site in site/ (python3 dev.py site), Chromium, and the packages of requirements/test.txt.
"""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import sys
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(__file__).with_name("contact-sheet.png")
PAGES = (
    "",
    "stories/qingdao-two-lists/",
    "stories/changzhou-democratic-management/",
    "sections/union-news/",
    "search/?q=职工",
    "browse/",
    "follow/",
)
DESK_PX, PHONE_PX = 1440, 390
DESK_CELL, PHONE_CELL = (480, 560), (215, 560)
GAP = 16
PAPER = "#c9cccd"
COLOURS = 128
"""Of the sheet's palette: enough for flat drawings and text, at a quarter of the bytes."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> int:
    site = ROOT / "site"
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (site / "index.html").is_file() or chromium is None:
        print("needs site/ (python3 dev.py site) and Chromium", file=sys.stderr)
        return 1
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        rows = [row(browser, address, page) for page in PAGES]
        browser.close()
    server.shutdown()
    stacked(rows).quantize(COLOURS).save(TARGET, optimize=True)
    return 0


def row(browser: Browser, address: str, page: str) -> Image.Image:
    """One page: desk light and dark, phone light and dark."""
    cells = [
        shot(browser, address + page, width, scheme, cell)
        for width, cell in ((DESK_PX, DESK_CELL), (PHONE_PX, PHONE_CELL))
        for scheme in ("light", "dark")
    ]
    width = sum(cell.width for cell in cells) + GAP * (len(cells) + 1)
    strip = Image.new("RGB", (width, cells[0].height + GAP), PAPER)
    left = GAP
    for cell in cells:
        strip.paste(cell, (left, GAP))
        left += cell.width + GAP
    return strip


def shot(browser: Browser, url: str, width: int, scheme: str, cell: tuple[int, int]) -> Image.Image:
    """The top of a page, scaled to *cell*."""
    height = round(cell[1] * width / cell[0])
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return image.resize(cell, Image.Resampling.LANCZOS)


def stacked(rows: list[Image.Image]) -> Image.Image:
    """The rows below each other."""
    sheet = Image.new("RGB", (rows[0].width, sum(r.height for r in rows) + GAP), PAPER)
    top = 0
    for strip in rows:
        sheet.paste(strip, (0, top))
        top += strip.height
    return sheet


if __name__ == "__main__":
    sys.exit(main())
