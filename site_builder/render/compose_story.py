"""From the newsroom to the input of a story's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from itertools import islice

from site_builder.model import urls
from site_builder.model.byline import Name
from site_builder.model.fronts import Kind, labels, signatures
from site_builder.model.story import Story
from site_builder.model.taxonomy import Taxonomy
from site_builder.render import inputs
from site_builder.render.compose import Desk
from site_builder.render.compose_epaper import story_place
from site_builder.render.compose_pictures import cropped, figure_html, share_images
from site_builder.render.markdown import fill_figures, link_byline

CHARACTERS_A_MINUTE = 400
SAME_PAGE_LINKS = 12
"""A printed page holds fewer; a page that a script filled may hold thousands."""


def story_page(desk: Desk, story: Story) -> inputs.StoryInput:
    """A story's page."""
    body = desk.bodies[story.id]
    images = [desk.image(photo) for photo in story.photos]
    free = [i for i, photo in enumerate(story.photos) if photo.file not in body.figures]
    previous, following = desk.newsroom.neighbours(story)
    links = _links(desk, story)
    signed = _signed_pieces(story, desk.newsroom.taxonomy)
    cards = desk.newsroom.settings.social_cards
    crops = desk.crops(story)
    return inputs.StoryInput(
        id=story.id,
        url=urls.story(story.id),
        headline=story.headline,
        kicker=story.kicker,
        subhead=story.subhead,
        genre=story.genre,
        section=desk.section_link(story),
        column=next(iter(links[Kind.COLUMN]), None),
        region=next(iter(links[Kind.REGION]), None),
        date=story.date,
        updated=story.updated,
        corrections=story.corrections,
        byline_lines=_lines(signed) if story.byline_lines else (),
        authors=tuple(dict.fromkeys(credit.name for credit in story.credits)),
        description=desk.summary(story),
        reading_tips=story.reading_tips,
        image=images[free[0]] if free else None,
        more_images=tuple(images[i] for i in free[1:]),
        body_html=fill_figures(
            link_byline(body.html, str(story.byline or ""), _linked_html(signed)),
            lambda index: figure_html(images[index]),
        ),
        headings=body.headings,
        minutes=max(-(-body.characters // CHARACTERS_A_MINUTE), 1),
        topics=(*links[Kind.TOPIC], *links[Kind.ORGANISATION], *_unlisted(desk, story)),
        editors=story.editors,
        source=story.source,
        note=story.note,
        folio=_folio(desk, story),
        previous=desk.item(previous) if previous else None,
        following=desk.item(following) if following else None,
        same_page=_same_page(desk, story),
        related=desk.items(desk.newsroom.related(story)),
        mark=desk.mark(story),
        share=share_images(desk.card(story) if cards else None, images[free[0]] if free else None),
        crops=cropped(crops) if crops else None,
        dateline=str(story.dateline or ""),
    )


def _links(desk: Desk, story: Story) -> Mapping[Kind, tuple[inputs.Link, ...]]:
    """The fronts that the story stands on, by kind, as it spells them."""
    links: dict[Kind, dict[str, inputs.Link]] = {kind: {} for kind in Kind}
    for label in labels(story, desk.newsroom.taxonomy):
        links[label.kind].setdefault(label.url, inputs.Link(label.name, label.url))
    return {kind: tuple(found.values()) for kind, found in links.items()}


def _unlisted(desk: Desk, story: Story) -> Iterable[inputs.Link]:
    """Organisations that have no front, since the newsroom lists others but not these."""
    known = desk.newsroom.taxonomy
    return (inputs.Link(n) for n in story.organisations if known.organisations and not known.organisation(n))


def _folio(desk: Desk, story: Story) -> inputs.Folio | None:
    """Where the story stands in print."""
    place = desk.newsroom.places.get(story.id)
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
        story_place(desk, story.id, edition, page),
    )


def _same_page(desk: Desk, story: Story) -> tuple[inputs.Link, ...]:
    place = desk.newsroom.places.get(story.id)
    if place is None:
        return ()
    others = (desk.newsroom.by_id[p.story] for p in place.page.placements if p.story != story.id and not p.back)
    return tuple(inputs.Link(other.headline, urls.story(other.id)) for other in islice(others, SAME_PAGE_LINKS))


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
