"""What is done for each kind of task, and the one function that workers run.

The functions behind the kinds are pure and do not know that a cache exists. Work may happen in another process, so
``run_batch`` takes and gives values that pickle. All renderers are imported here, which takes half a second: whoever
only asks whether there is work does without this module.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Mapping, Sequence

from site_builder.build.executing.lettering import standard_faces
from site_builder.build.executing.tasks import Crash, Outcome, Shared, Work, pack_body
from site_builder.problems import Problem, Span, problem
from site_builder.render.artifact import Artifact
from site_builder.render.feeds import render_feed
from site_builder.render.iiif import render_manifest as render_edition_manifest
from site_builder.render.markdown import render_body
from site_builder.render.offline import render_manifest, render_worker
from site_builder.render.opml import render_opml
from site_builder.render.pages import render_page, render_redirect
from site_builder.render.pictures.cards import draw_cards
from site_builder.render.pictures.crops import make_crops
from site_builder.render.pictures.icons import make_icons
from site_builder.render.pictures.images import make_pixels, measure, publish
from site_builder.render.searching.records import render_searched
from site_builder.render.searching.segments import render_search_index, render_segment
from site_builder.render.searching.suggestions import render_suggestions
from site_builder.render.searching.volumes import render_volume
from site_builder.render.security import render_headers
from site_builder.render.sitemap import render_news_sitemap, render_robots, render_sitemap
from site_builder.render.theme import ThemeError

Renderer = Callable[[Shared, Work], tuple[Artifact, ...]]


def _page(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    assert shared.setting is not None
    return (render_page(shared.setting, work.input),)


def _redirect(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    assert shared.setting is not None
    return (render_redirect(shared.setting, work.input),)


def _body(_shared: Shared, work: Work) -> tuple[Artifact, ...]:
    return (pack_body(render_body(work.input)),)


def _facsimile(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    from site_builder.build.printing.facsimiles import make_facsimile  # Typst and its kin are slow to import

    assert shared.press is not None
    return make_facsimile(work.input, {artifact.path: artifact.data for artifact in work.given}, shared.press)


def _edition_pdf(shared: Shared, work: Work) -> tuple[Artifact, ...]:
    from site_builder.build.printing.facsimiles import make_edition_pdf

    assert shared.press is not None
    return make_edition_pdf(work.input, {artifact.path: artifact.data for artifact in work.given}, shared.press)


def _measure(_shared: Shared, work: Work) -> tuple[Artifact, ...]:
    return (Artifact.text("size.json", json.dumps(measure(work.data))),)


def _search_volume(_shared: Shared, work: Work) -> tuple[Artifact, ...]:
    # NumPy may be loaded. Nothing multiplies matrices: a thread for each processor would be half of what that costs.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return render_volume(work.input, work.given)


KINDS: Mapping[str, Renderer] = {
    "body": _body,
    "measure": _measure,
    "pixels": lambda _shared, work: make_pixels(work.data),
    "photo": lambda _shared, work: publish(work.input, work.given),
    "card": lambda shared, work: draw_cards(work.input, shared.faces or standard_faces(), work.data),
    "crops": lambda _shared, work: make_crops(work.input, work.data),
    "facsimile": _facsimile,
    "edition-pdf": _edition_pdf,
    "page": _page,
    "redirect": _redirect,
    "feed": lambda _shared, work: render_feed(work.input),
    "opml": lambda _shared, work: (render_opml(work.input),),
    "terms": lambda _shared, work: render_searched(work.input),
    "search-volume": _search_volume,
    "search-segment": lambda _shared, work: render_segment(work.input, work.given),
    "suggest": lambda _shared, work: (render_suggestions(work.input),),
    "search-index": lambda _shared, work: (render_search_index(work.input),),
    "sitemap": lambda _shared, work: (render_sitemap(work.input),),
    "news": lambda _shared, work: (render_news_sitemap(work.input),),
    "robots": lambda _shared, work: (render_robots(work.input),),
    "headers": lambda _shared, work: (render_headers(work.input),),
    "icons": lambda _shared, work: make_icons(work.data),
    "iiif": lambda _shared, work: (render_edition_manifest(work.input),),
    "manifest": lambda _shared, work: (render_manifest(work.input),),
    "worker": lambda _shared, work: (render_worker(work.input),),
}


def run_batch(shared: Shared, batch: Sequence[Work]) -> list[Outcome]:
    """Run *batch* in order. Module-level, positional, and no task keeps another from being done."""
    return [_run_one(shared, work) for work in batch]


def _run_one(shared: Shared, work: Work) -> Outcome:
    try:
        return Outcome(KINDS[work.kind](shared, work))
    except ThemeError as error:
        return Outcome(problem=_theme_problem(str(error)))
    except Exception as error:
        line = " ".join(f"{type(error).__name__}: {error}".split())
        return Outcome(crash=Crash(line, traceback.format_exc()))


def _theme_problem(text: str) -> Problem:
    path, _, rest = text.partition(":")
    line, _, detail = rest.partition(": ")
    return problem("theme-template", path, Span(int(line) if line.isdigit() else 1), detail=detail)
