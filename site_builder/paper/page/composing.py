"""A page from what was chosen for its stories: modules, furniture and rules, every word in its place."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.paper.page.filling import Overset, fill
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import Placed
from site_builder.paper.page.judging import Block, Faults, judge
from site_builder.paper.page.plan import Cells, Module, PagePlan
from site_builder.paper.page.request import PageRequest
from site_builder.paper.page.ruling import Plot, page_strokes
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.widths import Widths


def compose_page(
    request: PageRequest,
    chosen: Sequence[Chosen],
    page: Format,
    widths: Widths,
    filler: Placed | None = None,
) -> PagePlan | tuple[Overset, ...]:
    """The page whose stories stand as *chosen*, with a *filler* if one was needed; or what does not fit."""
    by_story = {copy.story: copy for copy in request.stories}
    order = sorted(chosen, key=lambda entry: (not by_story[entry.story].lead, entry.cells.line, entry.cells.column))
    filled = [fill(by_story[entry.story], entry, page, widths) for entry in order]
    overset = tuple(entry for entry in filled if isinstance(entry, Overset))
    if overset:
        return overset
    placed = (*request.furniture, *((filler,) if filler else ()))
    return PagePlan(
        edition=request.edition,
        number=request.number,
        name=request.name,
        format=page.name,
        width=page.width,
        height=page.height,
        modules=tuple(entry for entry in filled if isinstance(entry, Module)),
        furniture=tuple(entry.furniture for entry in placed),
        strokes=page_strokes(_plots(order, placed), page),
    )


def _plots(chosen: Sequence[Chosen], placed: Sequence[Placed]) -> list[Plot]:
    """What stands on the page, as far as the rules between need it."""
    plots = [Plot(entry.cells, edged=entry.shape.boxed) for entry in chosen]
    for one in placed:
        if one.cells:
            masthead = one.furniture.kind == "masthead"
            plots.append(Plot(one.cells, edged=not masthead, footed=masthead))
    return plots


def judge_page(request: PageRequest, chosen: Sequence[Chosen], page: Format, filler: Cells | None = None) -> Faults:
    """Straight cuts and colliding headlines of a page."""
    blocks = [Block(cells, heading=False) for cells in (*request.taken, *((filler,) if filler else ()))]
    blocks += [Block(entry.cells, entry.shape.head.form != "vertical") for entry in chosen]
    return judge(blocks, page.grid.columns, page.grid.lines + page.grid.gap)
