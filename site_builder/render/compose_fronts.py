"""From the newsroom to the inputs of the fronts of names, their list pages, and the pages that list fronts.

What keeps a long archive cheap: a front shows its newest stories, list pages are counted from the oldest story so
that a full one never changes, and an index knows a front by its name and number of stories alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from site_builder.model import urls
from site_builder.model.byline import Role
from site_builder.model.fronts import Front, Kind
from site_builder.model.story import Story
from site_builder.model.taxonomy import Organisation, Person, Region
from site_builder.render import inputs
from site_builder.render.compose import MONTH_ITEMS, PAGE_ROWS, Desk, changed, older_link

BROWSE_ENTRIES = 12
GROUPED_FROM = 30
"""An index of so many people or organisations is grouped by initial letters."""

RegionTree = Mapping[str, Sequence[Front]]
Days = tuple[tuple[date, tuple[inputs.Item, ...]], ...]


def named_fronts(desk: Desk) -> Iterator[inputs.NamedInput]:
    """The front of every region, topic, person, organisation and column."""
    tree = _region_tree(desk)
    for fronts in desk.newsroom.fronts.values():
        for front in fronts.values():
            yield _named_front(desk, front, tree)


def _named_front(desk: Desk, front: Front, tree: RegionTree) -> inputs.NamedInput:
    shown = front.stories[: desk.newsroom.settings.list_items]
    return inputs.NamedInput(
        url=front.url,
        kind=front.kind,
        name=front.name,
        note=_note(front),
        count=len(front.stories),
        updated=max((changed(story) for story in shown), default=None),
        days=_days(desk, front, shown),
        older=older_link(front.url, len(front.stories), len(shown)),
        parents=tuple(_region_link(region) for region in _parents(desk, front)),
        children=_children(front, tree),
        roles=role_counts(front),
    )


def role_counts(front: Front) -> tuple[tuple[Role, int], ...]:
    """In how many stories a person did what, most first."""
    counts = Counter(role for roles in front.roles.values() for role in roles)
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _days(desk: Desk, front: Front, stories: Sequence[Story]) -> Days:
    """The stories by day; a person's say in which role, where there are several."""
    days = desk.days(stories)
    if len(role_counts(front)) < 2:
        return days
    return tuple(
        (day, tuple(replace(item, roles=front.roles.get(item.id, ())) for item in items)) for day, items in days
    )


def _note(front: Front) -> str:
    entry = front.entry
    if isinstance(entry, Person):
        return "　".join(text for text in (entry.org, entry.role) if text)
    if isinstance(entry, Region):
        return entry.full_name if entry.full_name != entry.name else ""
    return entry.short_name if isinstance(entry, Organisation) else ""


def _parents(desk: Desk, front: Front) -> tuple[Region, ...]:
    """The listed regions that a region lies in, the largest first (GB/T 2260: province, city, district)."""
    if not isinstance(front.entry, Region):
        return ()
    code = front.entry.code
    steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00"))
    regions = (desk.newsroom.taxonomy.region_by_code(step) for step in steps if step != code)
    return tuple(region for region in regions if region is not None)


def _region_tree(desk: Desk) -> RegionTree:
    """The fronts of regions by the code of the nearest listed region that each lies in; provinces by ``""``."""
    tree: dict[str, list[Front]] = defaultdict(list)
    for front in desk.newsroom.fronts[Kind.REGION].values():
        parents = _parents(desk, front)
        tree[parents[-1].code if parents else ""].append(front)
    return tree


def _children(front: Front, tree: RegionTree) -> tuple[tuple[inputs.Link, int], ...]:
    """The regions right below a region that have stories, most first."""
    return _largest(tree.get(front.entry.code, ())) if isinstance(front.entry, Region) else ()


def _region_link(region: Region) -> inputs.Link:
    return inputs.Link(region.name, urls.front(Kind.REGION, region.slug))


def _largest(fronts: Iterable[Front], limit: int | None = None) -> tuple[tuple[inputs.Link, int], ...]:
    """Fronts with their number of stories, most first; of equal ones, by address."""
    ordered = sorted(fronts, key=lambda front: (-len(front.stories), front.slug))
    return tuple((inputs.Link(front.title, front.url), len(front.stories)) for front in ordered[:limit])


# List pages


def list_pages(desk: Desk) -> Iterator[inputs.ListPageInput]:
    """The list pages of every front that holds more stories than it shows."""
    newsroom = desk.newsroom
    shown = newsroom.settings.list_items
    for section in newsroom.taxonomy.sections:
        stories = newsroom.by_section.get(section.slug, ())
        yield from pages_of(desk, inputs.Link(section.name, urls.section(section.slug)), stories, shown)
    for fronts in newsroom.fronts.values():
        for front in fronts.values():
            yield from pages_of(desk, inputs.Link(front.title, front.url), front.stories, shown)
    for month, stories in newsroom.by_month.items():
        name = f"{month:%Y-%m}"
        yield from pages_of(desk, inputs.Link(name, urls.month(month)), stories, MONTH_ITEMS)


def pages_of(desk: Desk, front: inputs.Link, stories: Sequence[Story], shown: int) -> Iterator[inputs.ListPageInput]:
    """The list pages of *front*, oldest first; none when its newest *shown* stories are all it has.

    Page 1 holds the ``PAGE_ROWS`` oldest stories. So a full page changes only when the next one comes into being,
    and when somebody corrects an old story.
    """
    if len(stories) <= shown:
        return
    oldest_first = stories[::-1]
    count = -(-len(stories) // PAGE_ROWS)
    for number in range(1, count + 1):
        members = oldest_first[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        newer = urls.list_page(front.url, number + 1) if number < count else front.url
        older = inputs.Link(str(number - 1), urls.list_page(front.url, number - 1)) if number > 1 else None
        yield inputs.ListPageInput(
            url=urls.list_page(front.url, number),
            front=front,
            number=number,
            rows=tuple(_row(desk, story) for story in reversed(members)),
            older=older,
            newer=inputs.Link("" if number == count else str(number + 1), newer),
        )


def _row(desk: Desk, story: Story) -> inputs.Row:
    names = (desk.section_link(story).title, desk.region_name(story))
    return inputs.Row(story.date.date(), urls.story(story.id), story.headline, "　".join(filter(None, names)))


# Lists of fronts


def indexes(desk: Desk) -> Iterator[inputs.IndexInput]:
    """One list of fronts for each kind, also while it is empty: every page leads there."""
    tree = _region_tree(desk)
    for kind, fronts in desk.newsroom.fronts.items():
        groups = _regions_by_province(tree) if kind is Kind.REGION else _groups(kind, fronts.values())
        yield inputs.IndexInput(urls.index(kind), kind, groups, len(fronts))


Groups = tuple[tuple[str, tuple[inputs.IndexEntry, ...]], ...]


def _groups(kind: Kind, fronts: Iterable[Front]) -> Groups:
    """Fronts by the initial of their key or slug where they are many and have one; else by number of stories."""
    row = sorted(fronts, key=lambda front: (-len(front.stories), front.slug))
    if len(row) < GROUPED_FROM or kind not in (Kind.PERSON, Kind.ORGANISATION):
        return (("", tuple(map(_entry, row))),) if row else ()
    row.sort(key=lambda front: (_initial(front) or "~", front.slug))
    return tuple((initial, tuple(map(_entry, members))) for initial, members in groupby(row, key=_initial))


def _initial(front: Front) -> str:
    """The first letter of a key or slug, which editors make from pinyin; empty for others."""
    first = front.slug[:1].upper()
    return first if first.isascii() and first.isalpha() else ""


def _entry(front: Front) -> inputs.IndexEntry:
    roles = tuple(role for role, _ in role_counts(front))
    return inputs.IndexEntry(inputs.Link(front.title, front.url), len(front.stories), roles)


def _regions_by_province(tree: RegionTree) -> Groups:
    tops = sorted(tree.get("", ()), key=lambda front: (-len(front.stories), front.slug))
    entries = tuple(replace(_entry(front), children=_children(front, tree)) for front in tops)
    return (("", entries),) if entries else ()


def browse(desk: Desk) -> inputs.BrowseInput:
    """The page where browsing begins: the largest fronts of each kind, of regions those that lie in no other."""
    tops = _region_tree(desk).get("", ())
    parts = tuple(
        (
            kind,
            urls.index(kind),
            len(fronts),
            _largest(tops if kind is Kind.REGION else fronts.values(), BROWSE_ENTRIES),
        )
        for kind, fronts in desk.newsroom.fronts.items()
        if fronts
    )
    return inputs.BrowseInput(urls.BROWSE, parts)
