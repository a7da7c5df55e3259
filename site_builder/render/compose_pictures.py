"""From photos of stories to what pages, feeds and social cards show of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.newsroom import Newsroom
from site_builder.model.story import Photo, Story
from site_builder.render import inputs
from site_builder.render.dates import long_date
from site_builder.render.pictures.cards import SQUARE, WIDE, CardInput, CardPhoto
from site_builder.render.pictures.crops import CropInput
from site_builder.render.pictures.label import Label, label_of

BODY_SIZES = "(min-width: 768px) 680px, 100vw"
"""How wide figures in a body are shown; Material's root grows with the window, and so do they (``sizes`` cannot)."""
_CELLS = 4
"""Of the grid in which a focus lies, in each direction."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a photo's file once it was made ready."""

    digest: str
    width: int
    height: int
    tone: str
    paths: tuple[str, ...]
    """Its files: ``…-480.avif``; the widest JPEG is last."""
    fallback_bytes: int
    """Of that one."""

    def sources(self, suffix: str) -> tuple[tuple[str, int], ...]:
        """(URL, width in px) of the files of one format, narrowest first."""
        return tuple((path, _width_of(path)) for path in self.paths if path.endswith(suffix))


def _width_of(path: str) -> int:
    return int(path.rpartition("-")[2].partition(".")[0])


def make_image(photo: Photo, picture: Picture) -> inputs.Image:
    """A photo as pages show it."""
    jpegs = picture.sources(".jpg")
    fallback, width = jpegs[-1]
    return inputs.Image(
        avif=picture.sources(".avif"),
        webp=picture.sources(".webp"),
        jpeg=jpegs,
        fallback=fallback,
        fallback_bytes=picture.fallback_bytes,
        fallback_width=width,
        fallback_height=max(round(picture.height * width / picture.width), 1),
        width=picture.width,
        height=picture.height,
        tone=picture.tone,
        place=_place(photo, picture),
        alt=photo.alt,
        credit=photo.credit,
        caption=photo.caption,
        kind=photo.kind,
        creators=label_of(photo).creators,
    )


def focus_of(photo: Photo, picture: Picture) -> tuple[int, int]:
    """The point that a cut picture keeps in sight, per cent from left and top.

    Where the editor names none, the middle; the upper part of an upright picture, since heads are there.
    """
    return photo.focus or ((50, 25) if picture.height > picture.width else (50, 50))


def _place(photo: Photo, picture: Picture) -> tuple[int, int]:
    x, y = focus_of(photo, picture)
    return round(x * _CELLS / 100), round(y * _CELLS / 100)


def figure_html(image: inputs.Image) -> str:
    """A figure inside a body, as ``_figure.html`` writes it. Addresses are root-relative, to be rebased with it."""
    credit = f'<span class="bu-credit">{escape(image.credit)}</span>' if image.credit else ""
    caption = escape(image.caption)
    gap = " " if caption and credit else ""
    sources = "".join(
        f'<source type="image/{form}" sizes="{BODY_SIZES}" srcset="{_srcset(files)}">'
        for form, files in (("avif", image.avif), ("webp", image.webp))
        if files
    )
    return (
        f'<figure class="bu-figure"><picture class="bu-picture">{sources}'
        f'<img class="bu-tone-{image.tone}" src="/{escape(urls.encoded(image.fallback))}" '
        f'srcset="{_srcset(image.jpeg)}" sizes="{BODY_SIZES}" width="{image.width}" height="{image.height}" '
        f'alt="{escape(image.alt)}" loading="lazy" decoding="async"></picture>'
        f"<figcaption>{caption}{gap}{credit}</figcaption></figure>"
    )


def _srcset(files: tuple[tuple[str, int], ...]) -> str:
    return escape(", ".join(f"/{urls.encoded(url)} {width}w" for url, width in files))


def card_of(story: Story, newsroom: Newsroom, picture: Picture | None, fonts: str) -> CardInput:
    """What the social cards of *story* show; *picture* is that of its first photo, *fonts* the digest of own fonts."""
    section = newsroom.taxonomy.section(story.section)
    photo = None
    if story.photos and picture:
        first = story.photos[0]
        photo = CardPhoto(picture.digest, focus_of(first, picture), _plain_label(first))
    return CardInput(
        story=story.id,
        paper=newsroom.settings.site_name,
        section=section.name if section else story.section,
        day=story.date.date(),
        dated=long_date(story.date, load_messages(newsroom.settings.language)),
        kicker=story.kicker,
        headline=story.headline,
        photo=photo,
        fonts=fonts,
    )


def crops_of(photo: Photo, picture: Picture) -> CropInput:
    """What search engines are shown of a story whose first photo is *photo*."""
    focus = focus_of(photo, picture)
    return CropInput(photo.file, picture.digest, picture.width, picture.height, focus, _plain_label(photo))


def _plain_label(photo: Photo) -> Label:
    """The label of *photo* without what it shows: a new caption must not make cards and crops anew."""
    return replace(label_of(photo), caption="", alt="")


def cropped(crop: CropInput) -> inputs.Crops | None:
    """The crops as the story's page names them; ``None`` where the picture is too small for any."""
    shapes = tuple((crop.url(shape), *size) for shape, size in crop.sizes().items())
    return inputs.Crops(shapes, crop.label.credit, crop.label.creators) if shapes else None


def share_images(card: CardInput | None, image: inputs.Image | None) -> tuple[inputs.ShareImage, ...]:
    """What stands for a story elsewhere: its cards, the wide one first; its picture where there are no cards."""
    if card:
        shapes = (("wide", WIDE), ("square", SQUARE))
        return tuple(inputs.ShareImage(card.url(shape), *size, card.headline) for shape, size in shapes)
    if image:
        return (inputs.ShareImage(image.fallback, image.fallback_width, image.fallback_height, image.alt),)
    return ()
