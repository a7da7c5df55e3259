"""Fronts of names, their list pages, and the lists of fronts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.byline import Role, byline_from_credits
from site_builder.model.fronts import Kind
from site_builder.model.newsroom import build_newsroom
from site_builder.model.settings import Settings
from site_builder.model.story import Body, Genre, Story
from site_builder.model.taxonomy import Person, Region, Section, Taxonomy
from site_builder.render.compose import PAGE_ROWS, Desk, older_link
from site_builder.render.compose_feeds import all_feeds, follow, opml
from site_builder.render.compose_fronts import browse, indexes, list_pages, named_fronts, pages_of
from site_builder.render.inputs import IndexInput, Link, ListPageInput, NamedInput

NOW = datetime(2024, 12, 31, tzinfo=UTC)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
SETTINGS = Settings("报", "https://paper.example/", feed_authority="paper.example,2020", list_items=10)
REGIONS = (
    Region("130000", "河北", "河北省", "hebei"),
    Region("130500", "邢台", "邢台市", "xingtai"),
    Region("130534", "清河", "清河县", "qinghe"),
    Region("370000", "山东", "山东省", "shandong"),
)
FRONT = Link("维权", "topics/维权/")


def story(number: int, **values: object) -> Story:
    made = Story(f"s{number:05}", f"第{number}条", Genre.NEWS, FIRST + timedelta(hours=number), "union", "文")
    return replace(made, topics=("维权",), **values)  # type: ignore[arg-type]


def desk(*stories: Story, people: tuple[Person, ...] = ()) -> Desk:
    taxonomy = Taxonomy((Section("union", "工会"),), REGIONS, (), people)
    bodies = {s.id: Body(f"<p>{s.body}</p>", s.body) for s in stories}
    return Desk(build_newsroom(SETTINGS, taxonomy, stories, (), NOW), bodies, {})


def pages(count: int, shown: int = 10) -> list[ListPageInput]:
    room = desk(*(story(number) for number in range(count)))
    return list(pages_of(room, FRONT, room.newsroom.stories, shown))


def named(room: Desk, url: str) -> NamedInput:
    return next(front for front in named_fronts(room) if front.url == url)


def index(room: Desk, kind: Kind) -> IndexInput:
    return next(index for index in indexes(room) if index.kind is kind)


@given(st.integers(0, 450), st.integers(1, 120))
def test_list_pages_hold_every_story_once_and_lead_on(count: int, shown: int) -> None:
    made = pages(count, shown)

    if count <= shown:
        assert made == []
        return
    listed = [row.url for page in reversed(made) for row in page.rows]
    assert listed == [f"stories/s{number:05}/" for number in reversed(range(count))]
    first_hidden = f"stories/s{count - shown - 1:05}/"
    older = older_link(FRONT.url, count, shown)
    assert older is not None
    assert first_hidden in [row.url for page in made if page.url == older.url for row in page.rows]
    for page, newer in zip(made, [*made[1:], None], strict=True):
        assert page.newer.url == (newer.url if newer else FRONT.url)
        assert (page.older is None) == (page.number == 1)


@given(st.integers(11, 350))
def test_a_new_story_touches_at_most_two_list_pages(count: int) -> None:
    before, after = ({page.url: page for page in pages(number)} for number in (count, count + 1))

    changed = {url for url in before if after.get(url) != before[url]}
    assert before.keys() <= after.keys()
    assert len(changed | (after.keys() - before.keys())) <= 2
    full = [url for url, page in before.items() if len(page.rows) == PAGE_ROWS]
    assert changed <= {*before.keys()} - set(full[:-1])


def test_a_front_shows_the_newest_stories_and_counts_all() -> None:
    room = desk(*(story(number) for number in range(12)))
    front = named(room, "topics/维权/")
    shown = [item.headline for _, items in front.days for item in items]

    assert (front.count, shown) == (12, [f"第{number}条" for number in range(11, 1, -1)])
    assert front.older == Link("1", "topics/维权/page/1/")


def test_a_region_leads_up_and_down() -> None:
    room = desk(story(1, region="130534"), story(2, region="130500"), story(3, region="370000"))
    city = named(room, "regions/xingtai/")

    assert [link.title for link in city.parents] == ["河北"]
    assert [(link.title, count) for link, count in city.children] == [("清河", 1)]
    assert named(room, "regions/hebei/").children == ((Link("邢台", "regions/xingtai/"), 2),)
    entries = index(room, Kind.REGION).groups[0][1]
    assert [(entry.link.title, entry.count) for entry in entries] == [("河北", 2), ("山东", 1)]


def test_a_person_in_several_roles_is_counted_apart_and_each_story_says_which() -> None:
    person = Person("zhang-chong", "张翀", "本报", "记者")
    rows = [(1, Role.REPORTER), (2, Role.REPORTER), (3, Role.CORRESPONDENT)]
    stories = [story(n, byline=byline_from_credits([(role, ["张翀"], None, None)])) for n, role in rows]
    front = named(desk(*stories, people=(person,)), "people/zhang-chong/")

    assert (front.note, front.roles) == ("本报　记者", ((Role.REPORTER, 2), (Role.CORRESPONDENT, 1)))
    assert [item.roles for _, items in front.days for item in items] == [
        (Role.CORRESPONDENT,),
        (Role.REPORTER,),
        (Role.REPORTER,),
    ]


def test_many_people_are_grouped_by_the_initials_of_their_keys() -> None:
    people = tuple(Person(f"{letter}-{n}", f"{letter}{n}") for letter in "zab" for n in range(12))
    stories = [
        story(n, byline=byline_from_credits([(Role.REPORTER, [person.name], None, None)]))
        for n, person in enumerate(people)
    ]
    groups = index(desk(*stories, people=people), Kind.PERSON).groups

    assert [(initial, len(entries)) for initial, entries in groups] == [("A", 12), ("B", 12), ("Z", 12)]


def test_indexes_are_there_while_nothing_is_in_them() -> None:
    room = desk()

    assert [(index.kind, index.groups) for index in indexes(room)] == [(kind, ()) for kind in Kind]
    assert browse(room).parts == ()


def test_the_list_of_feeds_stays_while_only_stories_come() -> None:
    before, after = (desk(*(story(n, region="370000") for n in range(count))) for count in (3, 4))

    assert opml(before, follow(before)) == opml(after, follow(after))
    listed = {url for _, feeds in opml(after, follow(after)).groups for _, url in feeds}
    assert listed == {feed.url for feed in all_feeds(after)}


def test_every_list_page_belongs_to_a_front() -> None:
    room = desk(*(story(number, region="130500") for number in range(120)))

    assert {page.front.url for page in list_pages(room)} == {
        "sections/union/",
        "regions/xingtai/",
        "regions/hebei/",
        "topics/维权/",
    }
