"""The theme's files: those of the package, each replaceable by the newsroom's own of the same path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.build.fingerprint import digest
from site_builder.errors import BuildError, UsageError
from site_builder.model import urls
from site_builder.paper.page.format import Format, parse_format
from site_builder.render.artifact import Artifact
from site_builder.render.script import join_scripts, render_script, script_names, script_parts
from site_builder.render.stylesheet import render_stylesheet
from site_builder.render.theme_source import Theme

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class ThemeFiles:
    """The theme as it was read."""

    theme: Theme
    static: tuple[Artifact, ...]
    """CSS and scripts, at their place in the site."""
    overrides: tuple[Path, ...]
    """Folders of host templates, the newsroom's first."""
    overrides_digest: str
    workers: Mapping[str, str]
    """The service worker's code by file name."""


@dataclass(frozen=True)
class ExportTheme:
    """The theme of a copy of an edition for taking along."""

    theme: Theme
    """The site's templates, some of them in the copy's own form."""
    files: Mapping[str, bytes]
    """Its style sheet and its script."""


def package_themes() -> Path:
    """The theme that comes with Bulletin: inside the wheel, or beside the package in a source tree."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def read_theme(root: Path) -> ThemeFiles:
    """The theme for the newsroom at *root*: its own ``themes/`` wins file by file."""
    folders = _theme_folders(root)
    templates = _merged(folders, "templates")
    static = _merged(folders, "static")
    overrides = _merged(folders, "overrides", hidden=True)
    return ThemeFiles(
        Theme(tuple((name, _text(path)) for name, path in sorted(templates.items()))),
        tuple(_static(static)),
        tuple(folder / "overrides" for folder in reversed(folders) if (folder / "overrides").is_dir()),
        digest({name: path.read_bytes() for name, path in overrides.items()}),
        {name: _text(path) for name, path in sorted(_merged(folders, "worker").items())},
    )


def read_export_theme(root: Path) -> ExportTheme:
    """The theme for exports of the newsroom at *root*: ``themes/export/`` over ``themes/templates/``."""
    folders = _theme_folders(root)
    own = _merged(folders, "export")
    pages = {name: path for name, path in own.items() if name.endswith(".html")}
    templates = {**_merged(folders, "templates"), **pages}
    return ExportTheme(
        Theme(tuple((name, _text(path)) for name, path in sorted(templates.items()))),
        {name: path.read_bytes() for name, path in own.items() if name not in pages},
    )


def read_sheet_theme(root: Path, name: str) -> dict[str, bytes]:
    """The files of the sheet template ``themes/print/<name>/`` by name; the newsroom's own win file by file."""
    found = _merged(_theme_folders(root), f"print/{name}")
    return {file: path.read_bytes() for file, path in sorted(found.items())}


def read_format(root: Path, name: str) -> Format:
    """The page format *name*: ``themes/print/formats/<name>.toml``, the newsroom's own first.

    Raises ``BuildError`` when it is wrong, ``UsageError`` when there is none.
    """
    found = _merged(_theme_folders(root), "print/formats")
    file = found.get(f"{name}.toml")
    if file is None:
        known = sorted(entry.removesuffix(".toml") for entry in found if entry.endswith(".toml"))
        raise UsageError("print.format-unknown-name", name, ", ".join(known))
    return parse_format(name, _text(file), str(file))


def read_profiles(root: Path) -> dict[str, bytes]:
    """The ICC profiles in ``themes/print/profiles/`` by name; the newsroom's own win file by file."""
    found = _merged(_theme_folders(root), "print/profiles")
    return {name: path.read_bytes() for name, path in sorted(found.items())}


def _theme_folders(root: Path) -> list[Path]:
    """Bulletin's themes, then the newsroom's own where it has any."""
    folders = [package_themes()]
    own = root / "themes"
    if own.is_dir() and own.resolve() != folders[0].resolve():
        folders.append(own)
    return folders


def _static(files: Mapping[str, Path]) -> Iterator[Artifact]:
    """The files as the site has them: style sheets in words that old browsers know, scripts without comments."""
    for name in script_names(files):
        parts = (render_script(_text(files[part])) for part in script_parts(name))
        yield Artifact.text(urls.ASSETS + name, join_scripts(name, parts))
    for name, path in sorted(files.items()):
        if name.endswith(".css"):
            yield Artifact.text(urls.ASSETS + name, render_stylesheet(_text(path)))
        elif not name.endswith(".js"):
            yield Artifact(urls.ASSETS + name, path.read_bytes())


def static_sources(path: str) -> tuple[str, ...]:
    """The theme's files of which the site's file *path* is made, as a newsroom may have its own."""
    return tuple(f"themes/static/{part}" for part in script_parts(path.removeprefix(urls.ASSETS)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuildError("theme-not-utf8", str(path)) from error


def _merged(folders: list[Path], part: str, *, hidden: bool = False) -> dict[str, Path]:
    """Name below *part* → file; later folders win. Host themes keep icons in a *hidden* folder."""
    found: dict[str, Path] = {}
    for folder in folders:
        base = folder / part
        for path in sorted(base.rglob("*")):
            if path.is_file() and (hidden or not any(p.startswith(".") for p in path.relative_to(base).parts)):
                found[path.relative_to(base).as_posix()] = path
    return found
