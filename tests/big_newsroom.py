"""A newsroom of any size with the names of a real one: 300 people, 40 topics, all provinces. For tests and benchmarks.

The same number of stories gives the same files. Stories are numbered in the order of their dates, so that a newer
one is added by writing the next number.
"""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from newsroom_samples import MINIMAL

REPOSITORY = Path(__file__).resolve().parents[1]
FIRST_DAY = date(2020, 1, 1)
STORIES_A_DAY = 8
PEOPLE = 300
TOPICS = 40
ORGANISATIONS = 60
COLUMNS = 8
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
SURNAME_KEYS = [
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
    "ma",
    "zhu",
    "hu",
    "guo",
    "he",
    "gao",
    "lin",
    "luo",
]
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


def make_big_newsroom(root: Path, stories: int) -> None:
    """Write a newsroom with *stories* stories and an edition a day into the empty folder *root*."""
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns(".bulletin", "site", "stories", "editions", "photos"))
    shutil.copy(REPOSITORY / "content/regions.yml", root / "content/regions.yml")
    settings = root / "mkdocs.yml"
    # Two thousand cards are a minute of drawing, and a card depends on nothing but its own story.
    settings.write_text(settings.read_text(encoding="utf-8") + "      social_cards: false\n", encoding="utf-8")
    people = "".join(f"  - {{key: {person_key(n)}, name: {person(n)}}}\n" for n in range(PEOPLE))
    (root / "content/people.yml").write_text("people:\n" + people, encoding="utf-8")
    organisations = "".join(f"  - {{slug: org-{n}, name: {organisation(n)}}}\n" for n in range(ORGANISATIONS))
    (root / "content/organisations.yml").write_text("organisations:\n" + organisations, encoding="utf-8")
    for number in range(stories):
        write_story(root, number)
    for first in range(0, stories, STORIES_A_DAY):
        write_edition(root, first, min(first + STORIES_A_DAY, stories))


def person(number: int) -> str:
    """A name of two or three characters, another for each number below 20 × 20."""
    surname, given = divmod(number, len(GIVEN))
    return SURNAMES[surname % len(SURNAMES)] + GIVEN[given] + ("" if surname < len(SURNAMES) else "一")


def person_key(number: int) -> str:
    """The key of that person in people.yml."""
    surname, given = divmod(number, len(GIVEN))
    return f"{SURNAME_KEYS[surname % len(SURNAMES)]}-{given:02}" + ("" if surname < len(SURNAMES) else "-2")


def organisation(number: int) -> str:
    """An organisation's name."""
    return f"第{number}机械厂工会"


def write_story(root: Path, number: int, extra: str = "") -> Path:
    """Write story *number*, of about 700 characters, and *extra* at its end; its path."""
    dice = random.Random(number)
    day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
    one, other = dice.sample(range(PEOPLE), 2)
    topics = "、".join(f"话题{n}" for n in dice.sample(range(TOPICS), 3))
    body = "\n\n".join(f"第{n}段，市总工会在园区为职工办了{number + n}件实事。" * 5 for n in range(6))
    path = root / f"content/stories/{day:%Y/%m}/{story_id(number)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\n编号: {story_id(number)}\n主题: 第{number}条新闻\n体裁: 消息\n日期: {day}\n频道: 工会新闻\n"
        f"地区: {dice.choice(('青岛', '常州', '锦州', '白山', '鄂尔多斯', '湖北', '广西', '北京'))}\n话题: {topics}\n"
        f"单位: {organisation(dice.randrange(ORGANISATIONS))}\n栏目: 栏目{dice.randrange(COLUMNS)}\n---\n\n"
        f"本报讯 （记者{person(one)} 通讯员{person(other)}）{body}\n\n{extra}\n",
        encoding="utf-8",
    )
    return path


def story_id(number: int) -> str:
    """Id of story *number*."""
    return f"big-{number:06}"


def write_edition(root: Path, first: int, stop: int) -> Path:
    """Write the edition of the day of story *first* with the stories up to *stop*; its path."""
    day = FIRST_DAY + timedelta(days=first // STORIES_A_DAY)
    path = root / f"content/editions/{day}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    stories = "".join(f"      - {story_id(number)}\n" for number in range(first, stop))
    path.write_text(
        f"date: {day}\nnumber: {first // STORIES_A_DAY + 1}\npages:\n  - number: 1\n    name: 要闻\n    stories:\n{stories}",
        encoding="utf-8",
    )
    return path
