"""The archive as Bulletin's own values: what the index is made of."""

from __future__ import annotations

from benchmarks.search import words
from benchmarks.search.newsroom import person_key
from benchmarks.search.stories import Archive, Sample
from site_builder.model import urls
from site_builder.render.searching.records import SearchedStory


class Inputs:
    """What the builder would hand to the index for each story of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._keys = {name: person_key(number) for number, name in enumerate(archive.people)}

    def story(self, sample: Sample) -> SearchedStory:
        """*sample*, composed as a newsroom on disk would be."""
        name, _full, _code, slug, province = sample.region
        return SearchedStory(
            id=sample.id,
            day=sample.day,
            headline=sample.headline,
            kicker=sample.kicker,
            tips=sample.tips,
            section=sample.section,
            genre=sample.genre,
            body=sample.body,
            captions=tuple(filter(None, (sample.caption, sample.credit))),
            byline=sample.byline,
            region=(slug, name, province or name),
            topics=tuple((urls.name_slug(topic), topic) for topic in sample.topics),
            organisations=(sample.organisation,),
            people=tuple((self._keys[person], person) for person in sample.people),
            names=sample.people,
            edition=sample.day.isoformat() if sample.page else "",
            page=sample.page,
        )

    def facet_key(self, facet: str, value: str) -> str:
        """The key under which the index knows a value of a query's facet."""
        if facet == "region":
            return next(slug for name, _full, _code, slug, _province in words.REGIONS if name == value)
        if facet == "topic":
            return urls.name_slug(value)
        return self._keys[value] if facet == "person" else value
