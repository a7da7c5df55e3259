"""How much a build that finds its work done costs, as ratios to a clean build in the same run.

    python tests/benchmarks/bench_build.py [--stories 1000] [--photos 0] [--jobs 2]

``--photos`` gives so many stories a picture of camera size; ``--jobs`` builds once more with so many processes.

Machines differ and are shared, so seconds mean little; the ratios are the figures to watch. No test asserts them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fake_host import FakeHost
from newsroom_samples import make_newsroom
from PIL import Image

from site_builder import api

FIRST_DAY = date(2020, 1, 1)
STORIES_A_DAY = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    count = arguments.stories
    with tempfile.TemporaryDirectory() as folder:
        root = make_newsroom(Path(folder))
        stories = [write_story(root, number, photo=number < arguments.photos) for number in range(count)]
        host = FakeHost()
        clean = timed(lambda: api.build(root, host=host))
        same = timed(lambda: api.build(root, host=host))
        write_story(root, count // 2, "改过的一段。")
        edit = timed(lambda: api.build(root, host=host))
        check = timed(lambda: api.check(root))
        options = api.Options(clean=True, jobs=arguments.jobs)
        parallel = timed(lambda: api.build(root, options, host=host)) if arguments.jobs > 1 else None
    print(f"stories          {len(stories)}")
    print(f"clean build      {clean[0]:.2f} s   1.00   {len(clean[1].written)} files written")
    print(f"nothing changed  {same[0]:.2f} s   {same[0] / clean[0]:.2f}   {len(same[1].written)} written")
    print(f"one body edited  {edit[0]:.2f} s   {edit[0] / clean[0]:.2f}   {len(edit[1].written)} written")
    print(f"check only       {check[0]:.2f} s   {check[0] / clean[0]:.2f}")
    if parallel:
        print(f"clean, {arguments.jobs} processes {parallel[0]:.2f} s   {parallel[0] / clean[0]:.2f}")


def write_story(root: Path, number: int, extra: str = "", *, photo: bool = False) -> Path:
    """A story of about 700 characters, with a picture of 3000 × 2000 px on demand."""
    day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
    body = "\n\n".join(f"第{n}段，市总工会在园区为职工办了{number + n}件实事。" * 5 for n in range(6))
    path = root / f"content/stories/{day:%Y/%m}/bench-{number:06}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = f"图片:\n  - 文件: {write_photo(root, number)}\n    署名: 插图\n    替代文字: 杂点\n" if photo else ""
    path.write_text(
        f"---\n编号: bench-{number:06}\n主题: 第{number}条新闻\n体裁: 消息\n日期: {day}\n频道: 工会新闻\n"
        f"地区: 青岛\n话题: [维权, 话题{number % 40}]\n{picture}---\n\n本报讯 （记者张翀）{body}\n\n{extra}\n",
        encoding="utf-8",
    )
    return path


def write_photo(root: Path, number: int) -> str:
    """A soft picture with a little grain, as photographs are; its name below ``assets/photos/``."""
    name = f"bench-{number:06}.jpg"
    grain = Image.effect_noise((3000, 2000), 12 + number % 7).convert("RGB")
    shades = Image.linear_gradient("L").resize((3000, 2000)).convert("RGB")
    Image.blend(shades, grain, 0.3).save(root / "assets/photos" / name, quality=90)
    return name


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
