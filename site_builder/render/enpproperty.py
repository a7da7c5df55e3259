"""The hidden record that programs for 数字报 look for in a story's page: only what the page says anyway."""

from __future__ import annotations

from html import escape

from site_builder.render.inputs import StoryInput

SITE = "1"
"""Number of the site among those of one house: there is one."""


def enpproperty(page: StoryInput) -> str:
    """The comment for a story that was printed; empty for others."""
    folio = page.folio
    if folio is None:
        return ""
    fields = {
        "articleid": page.id,
        "date": f"{folio.edition_date.isoformat()} 00:00:00:000",
        "author": " ".join(page.authors),
        "title": page.headline,
        "keyword": " ".join(topic.title for topic in page.topics),
        "subtitle": page.subhead,
        "introtitle": page.kicker,
        "siteid": SITE,
        "nodeid": str(folio.page),
        "nodename": folio.name,
        "nodesearchname": f"{folio.page:02d}",
    }
    record = "".join(f"<{name}>{_inside(text)}</{name}>" for name, text in fields.items())
    return f"<!--enpproperty {record}/enpproperty-->"


def _inside(text: str) -> str:
    """*text* as it may stand in a comment: nothing in it can end one (HTML, 13.1.6)."""
    return escape(text, quote=False).replace("--", "—").strip("-")
