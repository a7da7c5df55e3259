"""What was checked to what somebody may see: the newsroom of one audience at one moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from site_builder.build.check import CheckedNewsroom
from site_builder.model.newsroom import Newsroom, build_newsroom
from site_builder.model.story import Audience


def index(
    checked: CheckedNewsroom, now: datetime, audience: Audience, left_out: Collection[str] = frozenset()
) -> Newsroom:
    """The newsroom as *audience* may see it at *now*, without the stories *left_out*. Its settings must be whole."""
    settings = checked.settings
    assert settings is not None
    stories = [story for story in checked.stories if story.id not in left_out]
    moment = now.astimezone(ZoneInfo(settings.timezone))
    return build_newsroom(settings, checked.taxonomy, stories, checked.editions, moment, audience)
