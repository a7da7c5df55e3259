"""An archive as a newsroom on disk, for archives small enough to be built page by page."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

from benchmarks.search import words
from benchmarks.search.stories import Archive, Sample
from newsroom_samples import MINIMAL

PICTURE = "2024/04/one.png"
"""The minimal newsroom's one photograph."""
AUTHORITY = "minimal.example,2024"


def write_newsroom(archive: Archive, root: Path) -> None:
    """Write *archive* into the new folder *root*: names, stories, and an edition for every day that has one."""
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns(".bulletin", "site", "stories", "editions"))
    settings = root / "mkdocs.yml"
    # Cards have nothing to do with search, and are slow to draw.
    settings.write_text(settings.read_text(encoding="utf-8") + "      social_cards: false\n", encoding="utf-8")
    _names(root, "sections", [{"slug": slug, "name": name} for slug, name in words.SECTIONS])
    _names(
        root,
        "regions",
        [{"code": code, "name": name, "full_name": full, "slug": slug} for name, full, code, slug, _ in words.REGIONS],
    )
    _names(root, "people", [{"key": person_key(n), "name": name} for n, name in enumerate(archive.people)])
    _names(root, "organisations", [{"slug": f"org-{n:02}", "name": name} for n, name in enumerate(words.ORGANISATIONS)])
    editions: defaultdict[date, list[Sample]] = defaultdict(list)
    for sample in archive:
        write_story(root, sample)
        if sample.page:
            editions[sample.day].append(sample)
    for number, (day, samples) in enumerate(sorted(editions.items()), 1):
        _write_edition(root, number, day, samples)


def person_key(number: int) -> str:
    """The key in people.yml of the person with that number in ``Archive.people``."""
    return f"person-{number:06}"


def write_story(root: Path, sample: Sample) -> Path:
    """Write one story into the newsroom at *root*; its path."""
    path = root / f"content/stories/{sample.day:%Y/%m}/{sample.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    news = sample.genre[0] == "news"
    fields = {
        "编号": sample.id,
        "主题": sample.headline,
        "引题": sample.kicker,
        "体裁": sample.genre[1],
        "日期": sample.day.isoformat(),
        "频道": sample.section[1],
        "地区": sample.region[0],
        "话题": list(sample.topics),
        "单位": [sample.organisation],
        "阅读提示": sample.tips,
        "署名": "" if news else sample.byline,
        "图片": [_photo(sample)] if sample.caption else "",
    }
    # JSON is YAML, and quotes whatever needs it.
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items() if value)
    lead = f"本报讯 （{sample.byline}）" if news else ""
    path.write_text(f"---\n{front}---\n\n{lead}" + "\n\n".join(sample.paragraphs) + "\n", encoding="utf-8")
    return path


def _photo(sample: Sample) -> dict[str, str]:
    return {"文件": PICTURE, "署名": sample.credit, "图说": sample.caption, "替代文字": "一张照片"}


def _names(root: Path, kind: str, rows: list[dict[str, str]]) -> None:
    text = json.dumps({kind: rows}, ensure_ascii=False, indent=1)
    (root / f"content/{kind}.yml").write_text(text, encoding="utf-8")


def _write_edition(root: Path, number: int, day: date, samples: list[Sample]) -> None:
    path = root / f"content/editions/{day}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = [{"number": 1, "name": "要闻", "stories": [sample.id for sample in samples]}]
    text = json.dumps({"date": day.isoformat(), "number": number, "pages": pages}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
