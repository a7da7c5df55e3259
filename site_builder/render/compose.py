"""From the newsroom to the inputs of every page and feed. The only place that decides what each may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import escape
from itertools import groupby, islice
from typing import TypeVar, cast

from site_builder.model import urls
from site_builder.model.byline import Name
from site_builder.model.edition import Edition
from site_builder.model.fronts import Kind, labels, signatures
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Body, Genre, Photo, Status, Story
from site_builder.model.taxonomy import Section, Taxonomy
from site_builder.render import inputs
from site_builder.render.compose_pictures import Picture, card_of, figure_html, make_image, share_cards
from site_builder.render.markdown import fill_figures, first_paragraphs, link_byline
from site_builder.render.pictures.cards import CardInput
from site_builder.render.pictures.label import Label, label_of
from site_builder.render.search import SearchEntry
from site_builder.text.typography import summarise

T = TypeVar("T")

CHARACTERS_A_MINUTE = 400
SIDE_STORIES = 3
SECOND_STORIES = 9
FRONT_BRIEFS = 8
FRONT_REGIONS = 12
REGION_HEADLINES = 3
FRONT_EDITIONS = 4
LATEST_EDITIONS = 12
MONTH_ITEMS = 150
"""A month's page shows so many stories in full; a fuller month has list pages too."""
PAGE_ROWS = 100
"""Stories on a list page. Changing it renames every list page."""
SAME_PAGE_LINKS = 12
"""A printed page holds fewer; a page that a script filled may hold thousands."""


@dataclass(frozen=True)
class Desk:
    """The newsroom with its rendered bodies and its pictures: all that inputs are composed from."""

    newsroom: Newsroom
    bodies: Mapping[str, Body]
    """By story id."""
    pictures: Mapping[tuple[str, Label], Picture]
    """By photo file and what is said of it."""
    _made: dict[object, object] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What *make* gave the first time for *key*: a story stands in a dozen lists and feeds."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    # Parts

    def image(self, photo: Photo) -> inputs.Image:
        """A photo as pages show it."""
        return make_image(photo, self.pictures[photo.file, label_of(photo)])

    def card(self, story: Story) -> CardInput:
        """What the story's social cards show."""
        first = story.photos[0] if story.photos else None
        picture = self.pictures[first.file, label_of(first)] if first else None
        return card_of(story, self.newsroom, picture)

    def section_link(self, story: Story) -> inputs.Link:
        """The story's section with its address."""
        section = self.newsroom.taxonomy.section(story.section)
        name = section.name if section else story.section
        return inputs.Link(name, urls.section(story.section))

    def region_name(self, story: Story) -> str:
        """The short name of the story's region, or empty."""
        region = self.newsroom.taxonomy.region_by_code(story.region)
        return region.name if region else ""

    def summary(self, story: Story) -> str:
        """What lists, feeds and search results say of a story."""
        if story.reading_tips:
            return story.reading_tips
        text = self.bodies[story.id].text
        if not text and story.photos:
            text = story.photos[0].caption
        return summarise(text)

    def item(self, story: Story, *, lead: bool = False) -> inputs.Item:
        """The story in a list; *lead* gives it its first paragraphs."""
        item = self.once(("item", story.id), lambda: self._make_item(story))
        return replace(item, lead_html=first_paragraphs(self.bodies[story.id].html)) if lead else item

    def _make_item(self, story: Story) -> inputs.Item:
        place = self.newsroom.places.get(story.id)
        return inputs.Item(
            id=story.id,
            url=urls.story(story.id),
            headline=story.headline,
            kicker=story.kicker,
            subhead=story.subhead,
            summary=self.summary(story),
            genre=story.genre,
            section=self.section_link(story),
            region=self.region_name(story),
            date=story.date,
            byline=_unbracketed(story),
            page=place.page.number if place else None,
            image=self.image(story.photos[0]) if story.photos else None,
            mark=self.mark(story),
        )

    def mark(self, story: Story) -> inputs.Mark:
        """What sets the story apart from those that readers see."""
        if story.id not in self.newsroom.unpublished:
            return ""
        return "draft" if story.status is Status.DRAFT else "scheduled"

    def items(self, stories: Iterable[Story]) -> tuple[inputs.Item, ...]:
        """The stories as list items."""
        return tuple(self.item(story) for story in stories)

    def days(self, stories: Iterable[Story]) -> tuple[tuple[date, tuple[inputs.Item, ...]], ...]:
        """The stories by day, in the order given (newest first)."""
        groups = groupby(stories, key=lambda story: story.date.date())
        return tuple((day, self.items(members)) for day, members in groups)

    # Pages

    def story(self, story: Story) -> inputs.StoryInput:
        """A story's page."""
        body = self.bodies[story.id]
        images = [self.image(photo) for photo in story.photos]
        free = [i for i, photo in enumerate(story.photos) if photo.file not in body.figures]
        previous, following = self.newsroom.neighbours(story)
        links = self._links(story)
        signed = _signed_pieces(story, self.newsroom.taxonomy)
        return inputs.StoryInput(
            id=story.id,
            url=urls.story(story.id),
            headline=story.headline,
            kicker=story.kicker,
            subhead=story.subhead,
            genre=story.genre,
            section=self.section_link(story),
            column=next(iter(links[Kind.COLUMN]), None),
            region=next(iter(links[Kind.REGION]), None),
            date=story.date,
            updated=story.updated,
            byline_lines=_lines(signed) if byline_lines(story) else (),
            authors=tuple(dict.fromkeys(credit.name for credit in story.credits)),
            description=self.summary(story),
            reading_tips=story.reading_tips,
            image=images[free[0]] if free else None,
            more_images=tuple(images[i] for i in free[1:]),
            body_html=fill_figures(
                link_byline(body.html, str(story.byline or ""), _linked_html(signed)),
                lambda index: figure_html(images[index]),
            ),
            headings=body.headings,
            minutes=max(-(-body.characters // CHARACTERS_A_MINUTE), 1),
            topics=(*links[Kind.TOPIC], *links[Kind.ORGANISATION], *self._unlisted(story)),
            editors=story.editors,
            source=story.source,
            note=story.note,
            folio=self.folio(story),
            previous=self.item(previous) if previous else None,
            following=self.item(following) if following else None,
            same_page=self._same_page(story),
            related=self.items(self.newsroom.related(story)),
            mark=self.mark(story),
            cards=share_cards(self.card(story)) if self.newsroom.settings.social_cards else None,
        )

    def _links(self, story: Story) -> Mapping[Kind, tuple[inputs.Link, ...]]:
        """The fronts that the story stands on, by kind, as it spells them."""
        links: dict[Kind, dict[str, inputs.Link]] = {kind: {} for kind in Kind}
        for label in labels(story, self.newsroom.taxonomy):
            links[label.kind].setdefault(label.url, inputs.Link(label.name, label.url))
        return {kind: tuple(found.values()) for kind, found in links.items()}

    def _unlisted(self, story: Story) -> Iterable[inputs.Link]:
        """Organisations that have no front, since the newsroom lists others but not these."""
        known = self.newsroom.taxonomy
        return (inputs.Link(n) for n in story.organisations if known.organisations and not known.organisation(n))

    def folio(self, story: Story) -> inputs.Folio | None:
        """Where the story stands in print."""
        place = self.newsroom.places.get(story.id)
        if place is None:
            return None
        edition, page = place.edition, place.page
        return inputs.Folio(
            page.number,
            page.name,
            edition.date,
            edition.number,
            urls.edition(edition.date),
            page.editors,
        )

    def _same_page(self, story: Story) -> tuple[inputs.Link, ...]:
        place = self.newsroom.places.get(story.id)
        if place is None:
            return ()
        others = (self.newsroom.by_id[p.story] for p in place.page.placements if p.story != story.id)
        return tuple(inputs.Link(other.headline, urls.story(other.id)) for other in islice(others, SAME_PAGE_LINKS))

    def front(self) -> inputs.FrontInput:
        """The front page: the latest edition by weight, or the newest stories where there is none."""
        newsroom = self.newsroom
        edition = newsroom.editions[0] if newsroom.editions else None
        row = list(self._by_weight(edition)) if edition else list(newsroom.stories[: SECOND_STORIES + SIDE_STORIES + 2])
        photo = next((s for s in row[1:] if s.genre is Genre.PHOTO and s.photos), None)
        briefs = [s for s in row if s.genre is Genre.BRIEF]
        commentary = [s for s in row if s.genre is Genre.COMMENTARY]
        plain = [s for s in row if s is not photo and s.genre not in (Genre.BRIEF, Genre.COMMENTARY)]
        if not plain and row:
            # An edition of nothing but briefs and commentary still leads with something.
            plain = row[:1]
            briefs, commentary = ([s for s in group if s is not row[0]] for group in (briefs, commentary))
        return inputs.FrontInput(
            edition=self.edition_head(edition) if edition else None,
            lead=self.item(plain[0], lead=True) if plain else None,
            side=self.items(plain[1 : 1 + SIDE_STORIES]),
            briefs=self.items(briefs[:FRONT_BRIEFS]),
            seconds=self.items(plain[1 + SIDE_STORIES : 1 + SIDE_STORIES + SECOND_STORIES]),
            photo=self.item(photo) if photo else None,
            commentary=self.items(commentary),
            regions=self._front_regions(row),
            editions=tuple((e.date, e.number, urls.edition(e.date)) for e in newsroom.editions[:FRONT_EDITIONS]),
        )

    def _by_weight(self, edition: Edition) -> Iterable[Story]:
        """The edition's stories: the highest priority leads, then page by page in printed order."""
        rank: dict[str, tuple[int, int, int]] = {}
        for index, (page, placement) in enumerate(edition.placed()):
            rank.setdefault(placement.story, (-(placement.priority or 0), page.number, index))
        stories = self.newsroom.edition_stories(edition)
        return sorted(stories, key=lambda story: rank[story.id])

    def _front_regions(self, row: Iterable[Story]) -> tuple[tuple[inputs.Link, int, tuple[inputs.Link, ...]], ...]:
        provinces: dict[str, list[Story]] = {}
        for story in row:
            region = self.newsroom.taxonomy.region_by_code(story.region)
            if region is not None:
                provinces.setdefault(region.province_code, []).append(story)
        bands = []
        for code, stories in list(provinces.items())[:FRONT_REGIONS]:
            province = self.newsroom.taxonomy.region_by_code(code)
            name = province.name if province else code
            links = tuple(inputs.Link(s.headline, urls.story(s.id)) for s in stories[:REGION_HEADLINES])
            url = urls.front(Kind.REGION, province.slug) if province else ""
            bands.append((inputs.Link(name, url), len(stories), links))
        return tuple(bands)

    def section(self, section: Section) -> inputs.SectionInput:
        """A section's front: its latest stories; list pages hold all."""
        stories = self.newsroom.by_section.get(section.slug, ())
        url = urls.section(section.slug)
        shown = stories[: self.newsroom.settings.list_items]
        lead = next((story for story in shown if story.photos and story.genre is not Genre.PHOTO), None)
        rest = [story for story in shown if story is not lead]
        return inputs.SectionInput(
            url=url,
            name=section.name,
            slug=section.slug,
            purpose=section.purpose,
            count=len(stories),
            updated=max((changed(story) for story in shown), default=None),
            lead=self.item(lead, lead=True) if lead else None,
            days=self.days(rest),
            regions=self._province_counts(shown),
            months=self._months(shown),
            older=older_link(url, len(stories), len(shown)),
        )

    def _province_counts(self, stories: Iterable[Story]) -> tuple[tuple[inputs.Link, int], ...]:
        counts: Counter[inputs.Link] = Counter()
        for story in stories:
            region = self.newsroom.taxonomy.region_by_code(story.region)
            province = self.newsroom.taxonomy.region_by_code(region.province_code) if region else None
            if province:
                counts[inputs.Link(province.name, urls.front(Kind.REGION, province.slug))] += 1
        return tuple(counts.most_common())

    def _months(self, stories: Iterable[Story]) -> tuple[tuple[date, int, str], ...]:
        counts = Counter(story.date.date().replace(day=1) for story in stories)
        return tuple((month, count, urls.month(month)) for month, count in sorted(counts.items(), reverse=True))

    def edition_head(self, edition: Edition) -> inputs.EditionHead:
        """The line of an edition under the masthead."""
        pages = tuple((page.number, page.name) for page in sorted(edition.pages, key=lambda page: page.number))
        return inputs.EditionHead(edition.date, edition.number, urls.edition(edition.date), pages, edition.partial)

    def edition(self, edition: Edition) -> inputs.EditionInput:
        """An edition's page."""
        before, after = self.newsroom.edition_neighbours(edition)
        return inputs.EditionInput(
            url=urls.edition(edition.date),
            head=self.edition_head(edition),
            pages=tuple(
                (
                    page.number,
                    page.name,
                    page.editors,
                    self.items(self.newsroom.by_id[i] for i in dict.fromkeys(p.story for p in page.placements)),
                )
                for page in sorted(edition.pages, key=lambda page: page.number)
            ),
            previous=_edition_link(before),
            following=_edition_link(after),
        )

    def edition_list(self) -> inputs.EditionListInput:
        """The latest editions, and the years."""
        editions = self.newsroom.editions
        years = Counter(edition.date.year for edition in editions)
        return inputs.EditionListInput(
            urls.EDITIONS,
            tuple(self._edition_row(edition) for edition in editions[:LATEST_EDITIONS]),
            tuple((year, count, urls.edition_year(year)) for year, count in sorted(years.items(), reverse=True)),
        )

    def edition_years(self) -> Iterable[inputs.EditionYearInput]:
        """Every year's editions by month."""
        for year, members in groupby(self.newsroom.editions, key=lambda edition: edition.date.year):
            months = groupby(members, key=lambda edition: edition.date.replace(day=1))
            rows = tuple((month, tuple(self._edition_row(edition) for edition in group)) for month, group in months)
            yield inputs.EditionYearInput(urls.edition_year(year), year, rows)

    def _edition_row(self, edition: Edition) -> inputs.EditionRow:
        lead = next(iter(self._by_weight(edition)))
        return (edition.date, edition.number, urls.edition(edition.date), lead.headline)

    def archive(self) -> inputs.ArchiveInput:
        """The archive's contents by year and month."""
        months = self._months(self.newsroom.stories)
        years = groupby(months, key=lambda row: row[0].year)
        return inputs.ArchiveInput(urls.ARCHIVE, tuple((year, tuple(rows)) for year, rows in years))

    def month(self, first: date) -> inputs.MonthInput:
        """One month of the archive."""
        url, stories = urls.month(first), self.newsroom.by_month[first]
        shown = stories[:MONTH_ITEMS]
        return inputs.MonthInput(url, first, len(stories), self.days(shown), older_link(url, len(stories), len(shown)))

    def search_entries(self) -> tuple[SearchEntry, ...]:
        """The data of the search page, newest first."""
        return tuple(
            SearchEntry(
                url=urls.story(story.id),
                headline=story.headline,
                kicker=story.kicker,
                section=self.section_link(story).title,
                region=self.region_name(story),
                day=story.date.date().isoformat(),
                byline=_unbracketed(story),
                text=_searchable(story, self.bodies[story.id]),
            )
            for story in self.newsroom.stories
        )


def older_link(front: str, total: int, shown: int) -> inputs.Link | None:
    """The list page with the newest story that *front* leaves out when it shows the newest *shown* of *total*."""
    if shown >= total:
        return None
    number = (total - shown - 1) // PAGE_ROWS + 1
    return inputs.Link(str(number), urls.list_page(front, number))


def byline_lines(story: Story) -> tuple[str, ...]:
    """The byline as lines under the headline; empty when it stands in the lead or at the end of the body."""
    if story.byline is None or story.end_byline or story.byline_in_lead:
        return ()
    return tuple(str(story.byline).split("\n"))


def _signed_pieces(story: Story, taxonomy: Taxonomy) -> tuple[inputs.Link, ...]:
    """The printed byline in pieces: names as links to their people, all between them as text."""
    if story.byline is None:
        return ()
    people = iter(signatures(story, taxonomy))
    pieces = []
    for piece in story.byline.pieces():
        person = next(people) if isinstance(piece, Name) else None
        pieces.append(inputs.Link(str(piece), person.url if person else ""))
    return tuple(piece for piece in pieces if piece.title)


def _lines(pieces: Iterable[inputs.Link]) -> tuple[tuple[inputs.Link, ...], ...]:
    """*pieces* cut at line ends, which stand in text only."""
    lines: list[list[inputs.Link]] = [[]]
    for piece in pieces:
        first, *others = piece.title.split("\n")
        lines[-1].append(replace(piece, title=first))
        lines += [[replace(piece, title=text)] for text in others]
    return tuple(tuple(piece for piece in line if piece.title) for line in lines)


def _linked_html(pieces: Iterable[inputs.Link]) -> str:
    """*pieces* as HTML with root-relative links."""
    return "".join(
        f'<a href="/{escape(urls.encoded(piece.url))}">{escape(piece.title)}</a>' if piece.url else escape(piece.title)
        for piece in pieces
    )


def _unbracketed(story: Story) -> str:
    printed = str(story.byline or "").replace("\n", " ")
    return printed[1:-1] if printed.startswith("（") and printed.endswith("）") else printed


def changed(story: Story) -> datetime:
    """When readers last got something new of *story*."""
    return story.updated or story.date


def _searchable(story: Story, body: Body) -> str:
    """Everything of a story that a reader may remember."""
    captions = (f"{photo.caption} {photo.credit}" for photo in story.photos)
    parts = [story.subhead, story.reading_tips, body.text, *captions, "、".join((*story.topics, *story.organisations))]
    return "\n".join(part for part in parts if part)


def _edition_link(edition: Edition | None) -> inputs.Link | None:
    return inputs.Link(edition.id, urls.edition(edition.date)) if edition else None
