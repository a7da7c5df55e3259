"""What is looked for in a finished plan, without any help of what made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from site_builder.paper.page.format import Format
from site_builder.paper.page.plan import Box, Module, PagePlan
from site_builder.paper.page.request import Copy, PageRequest
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.atoms import NO_END, NO_START

_RASTER_PT = 3


def count_forbidden(plan: PagePlan) -> int:
    """Lines of running text that begin or end as no line may."""
    count = 0
    for module in plan.modules:
        rows = [(piece.paragraph, line) for piece in module.pieces if piece.role == "body" for line in piece.lines]
        for (before, above), (after, below) in pairwise(rows):
            if before == after:
                count += below.text[:1] in NO_START
                count += above.text.rstrip()[-1:] in NO_END
    return count


def lost_characters(request: PageRequest, plan: PagePlan) -> int:
    """Characters of the stories that are not in the plan, or are there too often."""
    modules = {module.story: module for module in plan.modules}
    return sum(
        (Counter(_wanted(copy)) - Counter(_set(modules[copy.story]))).total()
        + (Counter(_set(modules[copy.story])) - Counter(_wanted(copy))).total()
        for copy in request.stories
    )


def _wanted(copy: Copy) -> str:
    parts = [*copy.kicker, *copy.headline, *copy.deck, *copy.byline, copy.column, copy.tips]
    parts += [copy.tips_label] if copy.tips else []
    parts += [span.text for passage in copy.passages for span in passage.spans]
    parts += [picture.caption for picture in copy.pictures]
    return "".join("".join(parts).replace("｜", "").split())


def _set(module: Module) -> str:
    return "".join("".join(line.text for piece in module.pieces for line in piece.lines).split())


def leftover_lines(chosen: Sequence[Chosen]) -> int:
    """Lines that stay empty at the end of stories."""
    return sum(entry.shape.short for entry in chosen)


def white_share(plan: PagePlan, page: Format) -> float:
    """Share of the type area that is neither type, picture nor ground: gaps and gutters are white, leading is not."""
    area = page.type_area
    columns, rows = int(area.width / _RASTER_PT), int(area.height / _RASTER_PT)
    raster = bytearray(columns * rows)

    def cover(box: Box) -> None:
        left, right = (int((x - area.x) / _RASTER_PT) for x in (box.x, box.x + box.width))
        top, foot = (int((y - area.y) / _RASTER_PT) for y in (box.y, box.y + box.height))
        left, right = max(left, 0), min(right, columns)
        for row in range(max(top, 0), min(foot, rows)):
            raster[row * columns + left : row * columns + right] = b"\1" * max(right - left, 0)

    for module in plan.modules:
        for piece in module.pieces:
            cover(piece.box)
        for thing in (*module.pictures, *module.panels):
            cover(thing.box)
    for furniture in plan.furniture:
        cover(furniture.box)
    return 1 - sum(raster) / len(raster)
