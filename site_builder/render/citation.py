"""How a story is cited: GB/T 7714-2015, 8.4 (newspapers) and 8.7 (what is only on the web)."""

from __future__ import annotations

from site_builder.render.inputs import StoryInput

_AUTHORS = 3
"""So many are named; of others the standard says that there are some."""


def citation(page: StoryInput, paper: str, address: str, others: str) -> tuple[str, str]:
    """What stands before and after ``[访问日期]``, the day on which a reader cites, which no build knows.

    A printed story names its issue's date and page, another its own date. A story without authors begins with its
    headline, as the standard allows. *others* stands for authors after the third.
    """
    headline = page.headline.replace("\u3000", " ")
    authors = _authors(page.authors, others)
    if page.folio:
        day = page.folio.edition_date.isoformat()
        return f"{authors}{headline}[N/OL]. {paper}, {day}({page.folio.page:02d})", f". {address}."
    return f"{authors}{headline}[EB/OL]. {paper}, ({page.date.date().isoformat()})", f". {address}."


def _authors(names: tuple[str, ...], others: str) -> str:
    if not names:
        return ""
    named = ", ".join(names[:_AUTHORS])
    return f"{named}, {others}. " if len(names) > _AUTHORS else f"{named}. "
