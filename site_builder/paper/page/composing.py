"""A page from what was chosen for its stories: modules, furniture and rules, every word in its place."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.paper.page.filling import Overset, fill, page_strokes
from site_builder.paper.page.format import Format
from site_builder.paper.page.furniture import make_furniture, masthead_cells, place_fixed
from site_builder.paper.page.judging import Block, Faults, judge
from site_builder.paper.page.plan import Cells, Module, PagePlan
from site_builder.paper.page.request import Fixed, PageRequest
from site_builder.paper.page.shapes import Chosen
from site_builder.paper.setting.widths import Widths


def compose_page(
    request: PageRequest,
    chosen: Sequence[Chosen],
    page: Format,
    widths: Widths,
    filler: tuple[int, Cells] | None = None,
) -> PagePlan | tuple[Overset, ...]:
    """The page whose stories stand as *chosen*, or what does not fit.

    *filler* is the index of the request's filler that is set, and where.
    """
    by_story = {copy.story: copy for copy in request.stories}
    order = sorted(chosen, key=lambda entry: (not by_story[entry.story].lead, entry.cells.line, entry.cells.column))
    filled = [fill(by_story[entry.story], entry, page, widths) for entry in order]
    overset = tuple(entry for entry in filled if isinstance(entry, Overset))
    if overset:
        return overset
    furniture = list(make_furniture(request, page))
    if filler:
        notice = request.fillers[filler[0]]
        furniture.append(place_fixed(Fixed("filler", filler[1], notice.picture, notice.alt), page, request.words))
    return PagePlan(
        edition=request.edition,
        number=request.number,
        name=request.name,
        format=page.name,
        width=page.width,
        height=page.height,
        modules=tuple(entry for entry in filled if isinstance(entry, Module)),
        furniture=tuple(furniture),
        strokes=page_strokes(order, page),
    )


def fixed_cells(request: PageRequest, page: Format) -> tuple[Cells, ...]:
    """What no story may take."""
    masthead = (masthead_cells(page),) if request.masthead else ()
    return (*masthead, *(fixed.cells for fixed in request.fixed))


def judge_page(request: PageRequest, chosen: Sequence[Chosen], page: Format, filler: Cells | None = None) -> Faults:
    """Straight cuts and colliding headlines of a page."""
    blocks = [Block(cells, heading=False) for cells in (*fixed_cells(request, page), *((filler,) if filler else ()))]
    blocks += [Block(entry.cells, entry.shape.head.form != "vertical") for entry in chosen]
    return judge(blocks, page.grid.columns, page.grid.lines + page.grid.gap)
