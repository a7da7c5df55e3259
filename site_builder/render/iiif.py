"""IIIF Presentation 3 manifests of editions (https://iiif.io/api/presentation/3.0/): for viewers, libraries, archives.

A canvas for each page, painted with the page's picture; its stories as linking annotations and as ranges. Addresses
are absolute, as the specification wants identifiers to be (§ 4.1), and the files need no image service.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from datetime import date

from site_builder.model import urls
from site_builder.render.artifact import Artifact

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_Size = tuple[str, int, int]
_Corners = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CanvasRow:
    """A page."""

    url: str
    label: str
    picture: _Size
    """(URL, width, height in px)."""
    thumb: _Size
    pdf: str
    stories: tuple[tuple[str, str, tuple[_Corners, ...]], ...]
    """(headline, URL, polygons in px of the picture), in reading order."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """An edition."""

    url: str
    """Of the manifest."""
    site_url: str
    label: str
    publisher: str
    language: str
    day: date
    pdf: str
    """URL of the PDF of the whole edition, or empty."""
    canvases: tuple[CanvasRow, ...]


def render_manifest(manifest: ManifestRow) -> Artifact:
    """``manifest.json`` of an edition."""
    folder = manifest.url.rpartition("/")[0] + "/"
    said = _Writer(manifest)
    value = {
        "@context": CONTEXT,
        "id": said.address(manifest.url),
        "type": "Manifest",
        "label": said.words(manifest.label),
        "navDate": f"{manifest.day.isoformat()}T00:00:00Z",
        "homepage": [said.page(folder, manifest.label)],
        "provider": [
            {
                "id": manifest.site_url,
                "type": "Agent",
                "label": said.words(manifest.publisher),
                "homepage": [said.page("", manifest.publisher)],
            }
        ],
        "thumbnail": [said.image(manifest.canvases[0].thumb)],
        **({"rendering": [said.pdf(manifest.pdf, manifest.label)]} if manifest.pdf else {}),
        "behavior": ["paged" if len(manifest.canvases) > 1 else "individuals"],
        "items": [said.canvas(row) for row in manifest.canvases],
        "structures": [said.range(row) for row in manifest.canvases if row.stories],
    }
    return Artifact.text(manifest.url, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


class _Writer:
    """Writes the parts of one manifest."""

    def __init__(self, manifest: ManifestRow) -> None:
        self.manifest = manifest

    def address(self, path: str) -> str:
        return self.manifest.site_url + urls.encoded(path)

    def words(self, text: str) -> dict[str, list[str]]:
        return {self.manifest.language: [text]}

    def page(self, path: str, label: str) -> dict[str, object]:
        return {"id": self.address(path), "type": "Text", "label": self.words(label), "format": "text/html"}

    def pdf(self, path: str, label: str) -> dict[str, object]:
        return {"id": self.address(path), "type": "Text", "label": self.words(label), "format": "application/pdf"}

    def image(self, size: _Size) -> dict[str, object]:
        path, width, height = size
        return {
            "id": self.address(path),
            "type": "Image",
            "format": "image/webp",
            "width": width,
            "height": height,
        }

    def canvas(self, row: CanvasRow) -> dict[str, object]:
        here = self._canvas_id(row)
        _, width, height = row.picture
        return {
            "id": here,
            "type": "Canvas",
            "label": self.words(row.label),
            "width": width,
            "height": height,
            "thumbnail": [self.image(row.thumb)],
            "rendering": [self.pdf(row.pdf, row.label)],
            "homepage": [self.page(row.url, row.label)],
            "items": [
                {
                    "id": f"{here}/picture",
                    "type": "AnnotationPage",
                    "items": [
                        {
                            "id": f"{here}/picture/1",
                            "type": "Annotation",
                            "motivation": "painting",
                            "body": self.image(row.picture),
                            "target": here,
                        }
                    ],
                }
            ],
            "annotations": [
                {
                    "id": f"{here}/stories",
                    "type": "AnnotationPage",
                    "items": [self._story(here, row, at) for at in range(len(row.stories))],
                }
            ],
        }

    def _story(self, here: str, row: CanvasRow, at: int) -> dict[str, object]:
        """Where a story stands, and where it is to be read (W3C Web Annotation: a linking annotation).

        Viewers show no linking annotations unless told to; so it is a comment as well, which they list.
        """
        headline, url, polygons = row.stories[at]
        path = "".join("M" + "L".join(f"{x},{y}" for x, y in polygon) + "Z" for polygon in polygons)
        comment = f'<a href="{html.escape(self.address(url))}">{html.escape(headline)}</a>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{path}"/></svg>'
        return {
            "id": f"{here}/stories/{at + 1}",
            "type": "Annotation",
            "motivation": ["linking", "commenting"],
            "body": [
                self.page(url, headline),
                {
                    "type": "TextualBody",
                    "value": comment,
                    "format": "text/html",
                    "language": self.manifest.language,
                    "purpose": "commenting",
                },
            ],
            "target": {
                "type": "SpecificResource",
                "source": here,
                "selector": [
                    {"type": "SvgSelector", "value": svg},
                    {
                        "type": "FragmentSelector",
                        "conformsTo": "http://www.w3.org/TR/media-frags/",
                        "value": _fragment(polygons),
                    },
                ],
            },
        }

    def range(self, row: CanvasRow) -> dict[str, object]:
        here = self._canvas_id(row)
        return {
            "id": f"{here}/range",
            "type": "Range",
            "label": self.words(row.label),
            "items": [
                {
                    "id": f"{here}/range/{at}",
                    "type": "Range",
                    "label": self.words(headline),
                    "items": [{"id": f"{here}#{_fragment(polygons)}", "type": "Canvas"}],
                }
                for at, (headline, _, polygons) in enumerate(row.stories, 1)
            ],
        }

    def _canvas_id(self, row: CanvasRow) -> str:
        return self.address(row.url) + "canvas"


def _fragment(polygons: tuple[_Corners, ...]) -> str:
    """The box round *polygons* (Media Fragments URI 1.0)."""
    xs = [x for polygon in polygons for x, _ in polygon]
    ys = [y for polygon in polygons for _, y in polygon]
    return f"xywh={min(xs)},{min(ys)},{max(xs) - min(xs)},{max(ys) - min(ys)}"
