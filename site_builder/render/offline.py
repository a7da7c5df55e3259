"""The site as an app: its manifest, and the service worker with the list of what it keeps for reading offline.

The worker's code is a theme file; this module writes the data that stands before it. The data hold nothing but
paths, digests and words, so the same site gives the same bytes, and they change only when something changes that
the worker keeps, or a story is withdrawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.needs import page_needs
from site_builder.render.pictures.icons import SIZES

MOST_BYTES = 3_000_000
"""Of an edition's files as they lie on the server, before compression: what a reader's phone fetches unasked."""
MOST_PAGES = 60
SHORT_NAME_CHARACTERS = 12
"""What phones show under an icon."""
PAPER = "#ffffff"
WORDS = ("bar_offline", "bar_slow", "again", "update", "reload", "later")
"""What the worker and the script of every page say: the table ``offline``."""

_SHELL = (urls.OFFLINE, urls.SEARCH)

Kept = tuple[str, str]
"""(plain path, digest) of a file that the worker keeps. A page's path is its URL."""


@dataclass(frozen=True, slots=True)
class ManifestInput:
    """What the manifest says."""

    name: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class WorkerInput:
    """The worker's code and its data."""

    code: str
    language: str
    shell: tuple[Kept, ...] = ()
    """What no page can be shown without; the worker is not installed unless it has all of it."""
    edition: tuple[Kept, ...] = ()
    """The last edition, the most important first."""
    withdrawn: tuple[str, ...] = ()
    """URLs of withdrawn stories: readers' copies go as soon as this list reaches them."""


def render_manifest(manifest: ManifestInput) -> Artifact:
    """``manifest.webmanifest`` (W3C Web App Manifest). All addresses are relative to it, so it works in a sub-path."""
    icons = [_icon(str(size), size, "any") for size in SIZES]
    value = {
        "name": manifest.name,
        "short_name": manifest.name[:SHORT_NAME_CHARACTERS],
        "description": manifest.description,
        "lang": manifest.language,
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [*icons, _icon("maskable-512", 512, "maskable")],
    }
    text = json.dumps({key: item for key, item in value.items() if item}, ensure_ascii=False, indent=1)
    return Artifact.text(urls.MANIFEST, text + "\n")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": urls.icon(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def render_worker(worker: WorkerInput) -> Artifact:
    """``sw.js``: the data, then the code. Its version is the digest of both."""
    messages = load_messages(worker.language)
    data = {
        "lang": worker.language,
        "shell": [[urls.encoded(path), digest] for path, digest in worker.shell],
        "edition": [[urls.encoded(path), digest] for path, digest in worker.edition],
        "withdrawn": [urls.encoded(url) for url in worker.withdrawn],
        "offline": urls.OFFLINE,
        "words": {key: messages.text(f"offline.{key}") for key in WORDS},
    }
    text = _json(data)
    version = hashlib.sha256((text + worker.code).encode()).hexdigest()[:16]
    return Artifact.text(urls.WORKER, f"var SITE = {_json({'version': version, **data})};\n{worker.code}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def compose_worker(
    code: str,
    language: str,
    pages: Sequence[str],
    withdrawn: Iterable[str],
    files: Mapping[str, bytes],
) -> WorkerInput:
    """What the worker keeps of the site in *files* (path in the site → bytes).

    *pages* are URLs: the front, the edition, its stories by weight. Their style sheets and scripts belong to the
    shell, as does the search page, which answers from what was fetched or says that it needs the network. Pictures
    are kept while ``MOST_BYTES`` last, those of the first stories first.
    """
    html = {url: files[file] for url in (*_SHELL, *pages[:MOST_PAGES]) if (file := urls.file_of(url)) in files}
    needs = {url: page_needs(page.decode(), url) for url, page in html.items()}
    shown = [url for url in html if url not in _SHELL]
    shell = dict.fromkeys((*_SHELL, *(path for need in needs.values() for path in need.files)))
    pictures = dict.fromkeys(path for url in shown for path in needs[url].pictures)
    kept, budget = [], MOST_BYTES
    for path in (*shown, *pictures):
        data = files.get(urls.file_of(path))
        if data is not None and len(data) <= budget:
            kept.append(path)
            budget -= len(data)
    return WorkerInput(code, language, _digests(shell, files), _digests(kept, files), tuple(withdrawn))


def _digests(paths: Iterable[str], files: Mapping[str, bytes]) -> tuple[Kept, ...]:
    found = ((path, files.get(urls.file_of(path))) for path in paths)
    return tuple((path, hashlib.sha256(data).hexdigest()[:12]) for path, data in found if data is not None)
