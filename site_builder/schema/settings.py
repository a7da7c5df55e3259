"""The newsroom's settings, from the ``bulletin`` plugin's block of ``mkdocs.yml``.

``mkdocs.yml`` belongs to the host, which may allow tags and anchors there; only what Bulletin reads is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator

from site_builder.messages import DEFAULT_LANGUAGE, available_languages
from site_builder.model.settings import Filing, Publication, Settings
from site_builder.problems import Problem, Span
from site_builder.schema import forms
from site_builder.schema.fields import Boolean, Count, FileModel, Line, refuse
from site_builder.schema.keys import key_table
from site_builder.schema.located import Checked, Located
from site_builder.schema.text import SourceText
from site_builder.schema.validate import validate
from site_builder.schema.yamltext import Data, Document, Path, parse_yaml

_HOST_TEXTS = ("site_name", "site_url", "site_description", "site_dir", "docs_dir")
"""The host's own settings that Bulletin reads."""
LANGUAGES = available_languages()
DEFAULT_TIMEZONE = "Asia/Shanghai"
THEME = "material"
"""The host theme that our frame stands on."""


def _one_of(words: tuple[str, ...]) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and value not in words:
            raise refuse("choice-unknown", found=value, suggestion="、".join(words))
        return value

    return BeforeValidator(check)


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise refuse("timezone-unknown", found=value) from None
    return value


def _authority(value: object) -> object:
    """RFC 4151: an authority name or an e-mail address, and a date on which it belonged to the paper.

    A date is obligatory: ids must not hang on the dates of stories, which may be corrected.
    """
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9.@-]+,\d{4}(-\d\d(-\d\d)?)?", value.strip()):
        raise refuse("feed-authority", found=value)
    return value


class PublicationBlock(FileModel):
    """`publication:` – the masthead."""

    pinyin: Line = ""
    """The paper's name in pinyin, under the masthead."""
    issn: Line = ""
    """CN number or 准印证 number, as printed."""
    sponsor: Line = ""
    """主管主办."""
    address: Line = ""
    """社址."""
    postcode: Line = ""
    """邮编."""
    hotline: Line = ""
    """新闻热线."""
    nameplate: Line = ""
    """Path of an SVG, PNG or JPEG drawing of the name, from the newsroom's folder, for printed pages."""


class FilingBlock(FileModel):
    """`filing:` – numbers that sites in mainland China show in the footer."""

    icp: Line = ""
    """ICP备案 number."""
    police: Line = ""
    """公安联网备案 number."""
    news_licence: Line = ""
    """互联网新闻信息服务许可证 number."""
    report_hotline: Line = ""
    """违法和不良信息举报电话."""


class PrintBlock(FileModel):
    """`print:` – what the printer gave."""

    profile: Line = ""
    """ICC profile for CMYK output, a file of the newsroom."""


class BulletinBlock(FileModel):
    """The settings under `plugins: - bulletin:`."""

    language: Annotated[Line, _one_of(LANGUAGES), forms.Form(told="choice", words=LANGUAGES)] = DEFAULT_LANGUAGE
    """Language of the site's chrome: `zh-CN` or `en`."""
    timezone: Annotated[Line, BeforeValidator(_zone), forms.ZONE] = DEFAULT_TIMEZONE
    """Zone of dates without an offset (IANA name)."""
    feed_authority: Annotated[Line, BeforeValidator(_authority), forms.AUTHORITY]
    """Authority of feed ids (RFC 4151), for example `bulletin.example,2024`. Never change it."""
    feed_items: Count = 50
    """Stories in the feeds of the site and of sections; other feeds hold at most 20."""
    list_items: Count = 40
    """Stories on a front; list pages hold all."""
    offline: Boolean = True
    """Whether browsers keep the last edition and read stories for reading offline. `no` takes back what they kept."""
    social_cards: Boolean = True
    """Whether a picture for chat apps is drawn for every story."""
    news_sitemap: Boolean = False
    """Whether `news-sitemap.xml` lists the stories of the last two days, for search engines that show news."""
    publication: PublicationBlock = PublicationBlock()
    """The masthead's fields."""
    filing: FilingBlock = FilingBlock()
    """Footer numbers."""
    print: PrintBlock = PrintBlock()
    """For the press."""


def parse_settings(source: SourceText) -> Checked[Settings]:
    """The settings in ``mkdocs.yml``; without the ``bulletin`` plugin the file is no newsroom's."""
    whole = parse_yaml(source, key_table(BulletinBlock), tolerant=True)
    if whole.problems or not isinstance(whole.data, dict):
        return Checked(None, tuple(whole.problems) or (source.problem("settings-plugin-missing", Span()),))
    found = _bulletin_block(whole.data)
    if found is None:
        return Checked(None, (source.problem("settings-plugin-missing", whole.key_span(("plugins",))),))
    block, path = found
    inner = _inner(whole, block, path)
    problems = [*_check_host_keys(whole), *_check_values(inner)]
    file = validate(inner, BulletinBlock)
    if isinstance(file, list):
        told = {problem.span for problem in problems}
        return Checked(None, (*problems, *(problem for problem in file if problem.span not in told)))
    if problems:
        return Checked(None, tuple(problems))
    return Checked(Located(_build(whole.data, file), whole))


def setting_at(settings: Located[Settings], *keys: str) -> Path:
    """Where the setting of that name stands in the file."""
    data = settings.document.data
    found = _bulletin_block(data) if isinstance(data, dict) else None
    return (*found[1], *keys) if found else ()


def _bulletin_block(data: dict[str, Any]) -> tuple[Any, Path] | None:
    plugins = data.get("plugins")
    if isinstance(plugins, dict):
        return (plugins["bulletin"], ("plugins", "bulletin")) if "bulletin" in plugins else None
    for index, entry in enumerate(plugins if isinstance(plugins, list) else []):
        if entry == "bulletin":
            return None, ("plugins", index)
        if isinstance(entry, dict) and "bulletin" in entry:
            return entry["bulletin"], ("plugins", index, "bulletin")
    return None


def _inner(whole: Document, block: Any, path: Path) -> Document:
    """The block as a document of its own, positions kept."""
    size = len(path)

    def cut(table: dict[Path, Any]) -> dict[Path, Any]:
        return {key[size:]: value for key, value in table.items() if key[:size] == path}

    document = Document(whole.source, block, cut(whole.values), cut(whole.keys), cut(whole.typed), cut(whole.offsets))
    document.tags = cut(whole.tags)
    document.start = whole.span(path)
    return document


def _check_values(document: Document) -> Iterator[Problem]:
    """Values that other programs may read, but Bulletin does not: tagged ones, and control characters."""
    for path in document.tags:
        yield _not_text(document, path, "tagged")
    for path, text in _scalars(document.data):
        control = document.control_problem(path, text)
        if control:
            yield control


def _scalars(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif data:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _scalars(value, (*path, key))


def _not_text(document: Document, path: Path, found: str) -> Problem:
    key = document.typed.get(path, "bulletin")
    return document.problem(
        "wrong-type",
        path,
        key=key,
        expected="@kind.text",
        found=f"@kind.{found}",
        form="@kind.form-text",
        tag=document.tags.get(path, ""),
    )


def _check_host_keys(whole: Document) -> list[Problem]:
    data = whole.data if isinstance(whole.data, dict) else {}
    told = {key: problem for key in _HOST_TEXTS if (problem := _check_host_text(whole, (key,), data.get(key)))}
    problems = list(told.values())
    if not data.get("site_name") and "site_name" not in told:
        problems.append(
            whole.source.problem("field-missing", whole.key_span(("site_name",)), key="site_name", name="site_name")
        )
    url = data.get("site_url")
    if "site_url" not in told and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", str(url or "")):
        problems.append(whole.source.problem("site-url", whole.span(("site_url",)), found=url or ""))
    theme = data.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name != THEME:
        at: Path = ("theme", "name") if ("theme", "name") in whole.values else ("theme",)
        problems.append(whole.source.problem("settings-theme", whole.span(at), found=name or ""))
    return problems


def _check_host_text(whole: Document, path: Path, value: Any) -> Problem | None:
    if path in whole.tags:
        return _not_text(whole, path, "tagged")
    if isinstance(value, (list, dict)):
        return _not_text(whole, path, "list" if isinstance(value, list) else "mapping")
    return whole.control_problem(path, value) if isinstance(value, str) else None


def _build(host: dict[str, Any], file: BulletinBlock) -> Settings:
    url = str(host["site_url"])
    return Settings(
        site_name=str(host["site_name"]),
        site_url=url if url.endswith("/") else url + "/",
        description=str(host.get("site_description") or ""),
        site_dir=str(host.get("site_dir") or "site"),
        pages_dir=str(host.get("docs_dir") or "docs"),
        language=file.language,
        timezone=file.timezone,
        feed_authority=file.feed_authority,
        feed_items=file.feed_items,
        list_items=file.list_items,
        offline=file.offline,
        logo=_logo(host),
        social_cards=file.social_cards,
        news_sitemap=file.news_sitemap,
        publication=Publication(**file.publication.model_dump()),
        filing=Filing(**file.filing.model_dump()),
        press_profile=file.print.profile,
    )


def _logo(host: dict[str, Any]) -> str:
    """The theme's logo where it is a file; the theme is MkDocs's to check."""
    theme = host.get("theme")
    logo = theme.get("logo") if isinstance(theme, dict) else None
    return logo if isinstance(logo, str) and ":" not in logo else ""
