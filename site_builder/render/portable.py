"""A copy of an edition for taking along: its pages moved to short names, its links made to work from a disk.

Pages opened from a disk (``file:``) have no folders that answer with ``index.html``, may not fetch, and run no
workers. So every link names a file, the index of the search is a script, and of all other scripts only those of
the search are taken along, with one of the copy's own: pages are whole without them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape, unescape
from posixpath import dirname, relpath, splitext
from urllib.parse import unquote

from site_builder.model import urls
from site_builder.render.artifact import Artifact
from site_builder.render.needs import attributes, resolve

SEARCH_DATA = urls.ASSETS + "search-data.js"
"""The index of the copy: all its files in one script."""
SEARCH_SCRIPTS = urls.ASSETS + "search"
"""What the names of the scripts of search begin with."""
SEARCH_LATER = tuple(f"{SEARCH_SCRIPTS}-{name}.js" for name in ("hant", "inflate", "marks"))
"""Those that are loaded when a query, a browser or a story that was found needs them."""
_RECORDS = urls.SEARCH + "x/"
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>\s*", re.DOTALL)
_DROPPED = re.compile(r"<source\b[^>]*>\s*|<link\b[^>]*\brel=\"(?:alternate|manifest|apple-touch-icon)\"[^>]*>\s*")
_TAG = re.compile(r'<[A-Za-z](?:[^<>"]|"[^"]*")*>')
_PLACE = re.compile(r'\s(href|src|action)="([^"]*)"')
_VARIANTS = re.compile(r'\s(?:srcset|sizes|imagesrcset|imagesizes)="[^"]*"')
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_NAME_CHARACTERS = 60


def safe_name(text: str) -> str:
    """*text* as the name of a file or folder that every system takes, Windows with its reserved names too."""
    name = _FORBIDDEN.sub("", text).strip(" .")[:_NAME_CHARACTERS].strip(" .") or "bulletin"
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def page_places(edition: date, stories: Iterable[str]) -> dict[str, str]:
    """The pages of the copy: URL in the site → file in the copy."""
    places = {"": "index.html", urls.edition(edition): "edition.html", urls.EDITIONS: "edition.html"}
    places |= {urls.story(story): f"stories/{safe_name(story)}.html" for story in stories}
    return {**places, urls.SEARCH: "search.html"}


def picture_places(pages: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, str]:
    """The pictures that *pages* (URL → HTML) show, one file each: path in the site → file in the copy."""
    places = {}
    for url, html in pages.items():
        for tag in re.findall(r"<img\b[^>]*>", html):
            path = resolve(attributes(tag).get("src", ""), url)
            if path is not None and path in files:
                places[path] = f"pictures/{hashlib.sha256(files[path]).hexdigest()[:12]}{splitext(path)[1]}"
    return places


def portable_page(html: str, url: str, places: Mapping[str, str], site_url: str) -> str:
    """The page at *url* as it stands in the copy. What is not in *places* is linked in the site, and marked so."""
    here = dirname(places[url])

    def script(found: re.Match[str]) -> str:
        return found.group() if resolve(attributes(found.group()).get("src", ""), url) in places else ""

    def place(found: re.Match[str]) -> str:
        name, address = found.groups()
        path = resolve(unescape(address), url)
        if path is None:
            return found.group()
        mark = "#" + address.partition("#")[2] if "#" in address else ""
        if path in places:
            return f' {name}="{escape(urls.encoded(relpath(places[path], here or ".")))}{mark}"'
        out = " data-out" if name == "href" else ""
        return f' {name}="{escape(site_url + urls.encoded(path))}{mark}"{out}'

    html = _DROPPED.sub("", _SCRIPT.sub(script, html))
    return _TAG.sub(lambda tag: _PLACE.sub(place, _VARIANTS.sub("", tag.group())), html)


def search_script(index: Iterable[Artifact], places: Mapping[str, str]) -> bytes:
    """The files of the search *index* as one script that gives them to the engine, base64 in place of bytes.

    The records of stories tell addresses of the copy.
    """
    lines = []
    for file in index:
        data = _placed(file.data, places) if file.path.startswith(_RECORDS) else file.data
        lines.append(f'BulletinSearch.give("{file.path}", "{base64.b64encode(data).decode()}");\n')
    return "".join(lines).encode()


def _placed(record: bytes, places: Mapping[str, str]) -> bytes:
    value = json.loads(gzip.decompress(record))
    value["u"] = urls.encoded(places[unquote(value["u"])])
    value.pop("i", None)  # the picture has another name in the copy, and results show none
    return gzip.compress(json.dumps(value, ensure_ascii=False).encode(), 9, mtime=0)


def pack(folder: str, files: Sequence[Artifact], day: date) -> bytes:
    """A zip of *files* in one *folder*. The same files give the same bytes: times are all *day*, names are sorted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for info, data in _entries(folder, files, day):
            archive.writestr(info, data)
    return out.getvalue()


def _entries(folder: str, files: Sequence[Artifact], day: date) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    moment = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)  # the years that the format knows
    for file in sorted(files, key=lambda artifact: artifact.path):
        info = zipfile.ZipInfo(f"{folder}/{file.path}", moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        yield info, file.data
