"""Rules of the trade for one story: where datelines and bylines stand, headlines, reading tips.

Source: house style, docs/reference/story-format.md ("电头和署名放在哪里").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.model.byline import DatelineKind, Role
from site_builder.model.story import LONG_FORM, Genre, Status, Story
from site_builder.problems import Problem
from site_builder.schema.located import Located

HEADLINE_CHARACTERS = 30
TIPS_CHARACTERS = (40, 120)
_OWN_ORGS = frozenset({"本报", "本网", "本刊", "本台"})
AGENCY_KINDS = frozenset({DatelineKind.AGENCY, DatelineKind.ADAPTED, DatelineKind.FEATURE})
"""Datelines of stories that an agency wrote."""

Rule = Callable[[Located[Story]], Iterator[Problem]]


def check_story(story: Located[Story], *, signed: bool = True) -> list[Problem]:
    """What the rules find in *story*; errors where print would be wrong, warnings where it would surprise.

    Without *signed* – dateline or byline could not be read – nothing is said of where they stand.
    """
    rules = (*_RULES_OF_SIGNATURES, *_RULES) if signed else _RULES
    return [problem for rule in rules for problem in rule(story)]


def byline_stands_alone(story: Story) -> bool:
    """Whether the byline is a line of its own under the headline, not in the lead and not at the end."""
    return story.byline is not None and not story.end_byline and not story.byline_in_lead


def _placement(story: Located[Story]) -> Iterator[Problem]:
    value = story.value
    if value.dateline is None or value.byline is None:
        return
    own = value.dateline.kind not in AGENCY_KINDS
    if own and byline_stands_alone(value):
        at = _signed_at(story)
        yield story.problem("dateline-with-byline-line", at, dateline=value.dateline, byline=value.byline)
    elif not own and _signs_for_this_paper(value):
        yield story.problem("agency-with-own-byline", _signed_at(story), dateline=value.dateline)


def _signs_for_this_paper(story: Story) -> bool:
    """A line of its own may be the agency's (新华社“新华视点”记者……), when it says so."""
    orgs = {credit.org for credit in story.credits}
    return bool(orgs & _OWN_ORGS) or (byline_stands_alone(story) and None in orgs)


def _signed_at(story: Located[Story]) -> tuple[str, ...]:
    return ("byline",) if ("byline",) in story.document.values else ("dateline",)


def _by_genre(story: Located[Story]) -> Iterator[Problem]:
    value = story.value
    own_dateline = value.dateline is not None and value.dateline.kind not in AGENCY_KINDS
    if value.genre in LONG_FORM and own_dateline:
        yield story.problem("feature-with-dateline", ("genre",), severity="warning", dateline=value.dateline)
    if value.genre is Genre.FEATURE and value.byline is None and value.status is not Status.DRAFT:
        yield story.problem("feature-without-byline", ("genre",), severity="warning")
    if value.genre is Genre.NEWS and value.dateline is None and byline_stands_alone(value):
        yield story.problem("news-with-byline-line", _signed_at(story), severity="warning", byline=value.byline)
    if value.genre is Genre.COMMENTARY and any(credit.role is Role.REPORTER for credit in value.credits):
        names = "、".join(credit.name for credit in value.credits)
        yield story.problem("commentary-with-reporter", _signed_at(story), severity="warning", names=names)


def _headline(story: Located[Story]) -> Iterator[Problem]:
    headline = story.value.headline
    if headline.endswith("。"):
        kept = headline.rstrip("。")
        span = story.document.inner_span(("headline",), len(kept), len(headline) - len(kept))
        source = story.document.source
        yield source.problem("headline-full-stop", span, severity="warning", headline=kept)
    if len(headline) > HEADLINE_CHARACTERS:
        yield story.problem(
            "headline-long", ("headline",), severity="warning", count=len(headline), limit=HEADLINE_CHARACTERS
        )


def _tips(story: Located[Story]) -> Iterator[Problem]:
    count = len(story.value.reading_tips)
    low, high = TIPS_CHARACTERS
    if count and not low <= count <= high:
        yield story.problem("tips-length", ("reading_tips",), severity="warning", count=count, low=low, high=high)


_RULES_OF_SIGNATURES: tuple[Rule, ...] = (_placement, _by_genre)
_RULES: tuple[Rule, ...] = (_headline, _tips)
