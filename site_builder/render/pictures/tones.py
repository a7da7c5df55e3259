"""The colour that stands in for a picture until it has come: one of a few tones, each a class of the style sheet.

A colour of its own for each picture would be an inline style, which a strict Content-Security-Policy forbids.
"""

from __future__ import annotations

from collections.abc import Mapping

Colour = tuple[int, int, int]
"""sRGB, 0 to 255."""

TONES: Mapping[str, Colour] = {
    "ink": (38, 40, 44), "slate": (84, 88, 92), "grey": (132, 134, 136), "ash": (178, 179, 178),
    "paper": (224, 224, 220),
    "soil": (74, 56, 44), "wood": (136, 106, 82), "sand": (194, 170, 140),
    "wine": (104, 40, 40), "brick": (172, 84, 72), "rose": (214, 168, 160),
    "moss": (52, 66, 48), "leaf": (104, 128, 88), "mint": (172, 190, 164),
    "navy": (36, 52, 80), "steel": (92, 120, 152), "sky": (164, 188, 210),
    "amber": (206, 160, 66), "plum": (98, 76, 108), "teal": (68, 114, 114),
}  # fmt: skip
"""Class ``bu-tone-<name>`` → colour; themes/static/bulletin.css says the same."""


def nearest_tone(colour: Colour) -> str:
    """The name of the tone that looks most like *colour*."""
    return min(TONES, key=lambda name: (_distance(TONES[name], colour), name))


def _distance(one: Colour, other: Colour) -> float:
    """How different two colours look ("redmean", a cheap stand-in for CIE differences)."""
    red = (one[0] + other[0]) / 2
    dr, dg, db = (a - b for a, b in zip(one, other, strict=True))
    return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db
