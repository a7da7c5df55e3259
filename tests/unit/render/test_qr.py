from __future__ import annotations

import re

import segno
from lxml import etree

from site_builder.render.qr import qr_svg

ADDRESS = "https://paper.example/stories/riders-summer-contract/"


def modules(svg: str) -> list[list[bool]]:
    """The code's modules as its path draws them, with the quiet zone."""
    root = etree.fromstring(svg)
    side = int(root.get("viewBox").split()[2])
    grid = [[False] * side for _ in range(side)]
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", root[-1].get("d")):
        steps = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = steps
        elif command == "m":
            x, y = x + steps[0], y + steps[1]
        else:
            for column in range(int(x), int(x + steps[0])):
                grid[int(y)][column] = True
            x += steps[0]
    return grid


def test_the_picture_draws_the_code_of_the_address_with_its_quiet_zone() -> None:
    grid = modules(qr_svg(ADDRESS, "二维码"))
    inner = [row[4:-4] for row in grid[4:-4]]

    assert inner == [
        [bool(module) for module in row] for row in segno.make_qr(ADDRESS, error="m", boost_error=False, mask=3).matrix
    ]
    assert not any(any(row) for row in (*grid[:4], *grid[-4:]))
    assert not any(any((*row[:4], *row[-4:])) for row in grid)


def test_its_name_is_text_and_never_markup() -> None:
    root = etree.fromstring(qr_svg(ADDRESS, "<b>&"))

    assert (root.get("role"), root[0].text) == ("img", "<b>&")


def test_codes_of_two_addresses_differ() -> None:
    assert modules(qr_svg(ADDRESS, "")) != modules(qr_svg(ADDRESS.replace("riders", "ridera"), ""))
