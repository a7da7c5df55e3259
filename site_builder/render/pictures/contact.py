"""A contact sheet: small pictures of pages side by side, each with its number, to choose one of them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

GAP, LABEL = 24, 40
"""White between pictures, and the room for a number, in px."""
PAPER, INK, EDGE = "#e9e9e7", "#16181b", "#82878c"


def contact_sheet(pages: Sequence[bytes]) -> bytes:
    """*pages* (PNG) in a row on grey, numbered from 1 (PNG)."""
    pictures = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    height = max(picture.height for picture in pictures) + 2 * GAP + LABEL
    sheet = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(LABEL * 0.8)
    x = GAP
    for number, picture in enumerate(pictures, 1):
        draw.text((x, GAP / 2), str(number), INK, font)
        sheet.paste(picture, (x, GAP + LABEL))
        draw.rectangle((x - 1, GAP + LABEL - 1, x + picture.width, GAP + LABEL + picture.height), outline=EDGE)
        x += picture.width + GAP
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()
