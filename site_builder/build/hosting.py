"""The host's part of a build: what it is asked, and its answer from the cache while nothing it reads changed."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from site_builder.build.cache import Cache, DamagedEntry
from site_builder.build.fingerprint import code_version, digest, library_versions
from site_builder.build.host import Host, HostOutput, HostRequest
from site_builder.build.sources import CONFIG_FILE
from site_builder.build.theme_files import ThemeFiles
from site_builder.messages import load_messages
from site_builder.model import urls
from site_builder.model.settings import Settings
from site_builder.model.taxonomy import Taxonomy
from site_builder.render import inputs
from site_builder.render.artifact import Artifact
from site_builder.render.security import CSP
from site_builder.schema.keys import KeyTable
from site_builder.schema.text import SourceText, decode
from site_builder.schema.yamltext import parse_yaml


def host_request(root: Path, settings: Settings, taxonomy: Taxonomy, theme: ThemeFiles) -> HostRequest:
    """What the host is asked to render."""
    chrome = make_chrome(settings, taxonomy, ())
    words = load_messages(settings.language).section("site")
    return HostRequest(
        root,
        root / CONFIG_FILE,
        theme.overrides,
        {**asdict(chrome), "t": words, "csp": CSP},
    )


def make_chrome(settings: Settings, taxonomy: Taxonomy, pages: Sequence[tuple[str, str]]) -> inputs.Chrome:
    """What stands round every page; *pages* are the host's ordinary ones, (title, URL)."""
    return inputs.Chrome(
        site_name=settings.site_name,
        site_url=settings.site_url,
        description=settings.description,
        language=settings.language,
        publication=settings.publication,
        filing=settings.filing,
        sections=tuple(inputs.Link(s.name, urls.section(s.slug)) for s in taxonomy.sections),
        ordinary_pages=tuple(inputs.Link(title, url) for title, url in pages),
        offline=settings.offline,
    )


def host_output(request: HostRequest, pages_dir: Path, theme: ThemeFiles, cache: Cache, host: Host) -> HostOutput:
    """The host's answer to *request*, from the cache while nothing that it reads changed."""
    config = request.config_file.read_bytes()
    if not _tells_all(config):
        return host.render(request)
    inputs_digest = (config, theme.overrides_digest, _page_files(pages_dir))
    key = digest(("host", inputs_digest, request.chrome, code_version(), library_versions()))
    cached = cache.get(key)
    if cached is not None:
        with contextlib.suppress(DamagedEntry):
            return _unpack(cached)
    output = host.render(request)
    cache.put(key, _pack(output))
    return output


_READS_ELSEWHERE = re.compile(rb"!ENV|!!python|!relative|^INHERIT:|^hooks:|custom_dir:|snippets|watch:", re.MULTILINE)
_OWN_PLUGINS = frozenset({"bulletin", "search"})


def _tells_all(config: bytes) -> bool:
    """Whether the host's configuration names all that the host reads: no environment, no code of others.

    Where it does not, the host is asked at every build; that costs a second and is always right.
    """
    source = decode(CONFIG_FILE, config)
    if _READS_ELSEWHERE.search(config) or not isinstance(source, SourceText):
        return False
    data = parse_yaml(source, KeyTable(), tolerant=True).data
    plugins = data.get("plugins") if isinstance(data, dict) else None
    names = {name for entry in plugins or () for name in (entry if isinstance(entry, dict) else [entry])}
    return names <= _OWN_PLUGINS


def _page_files(pages_dir: Path) -> dict[str, bytes]:
    files = (path for path in pages_dir.rglob("*") if path.is_file())
    return {path.relative_to(pages_dir).as_posix(): path.read_bytes() for path in files}


def _pack(output: HostOutput) -> list[Artifact]:
    pages = json.dumps(output.pages, ensure_ascii=False)
    return [Artifact.text("frame", output.frame), Artifact.text("pages", pages), *output.artifacts]


def _unpack(artifacts: Sequence[Artifact]) -> HostOutput:
    # Read at once: should the bytes be damaged, only here the host can still be asked.
    frame, pages, *rest = (Artifact(artifact.path, artifact.data) for artifact in artifacts)
    rows = tuple((str(title), str(url)) for title, url in json.loads(pages.data))
    return HostOutput(tuple(rest), frame.data.decode(), rows)
