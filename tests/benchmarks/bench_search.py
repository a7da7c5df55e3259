"""Search judged on an archive of any size: how much it finds, how much of that is true, and what it costs.

    python3 dev.py bench search N=10000 SEED=7 [QUERIES=277] [ONLY=kind,…] [ENGINE=page,script,node,python]
                                [TIMED=20] [KEEP=folder]

Ends with 1 when a bar is missed. docs/how-to/measure-search.md tells what every figure means.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.search import scoring
from benchmarks.search.building import FacetKeys, build_measured, make_site
from benchmarks.search.engines import SearchPage, SearchScript
from benchmarks.search.published import Published, sizes
from benchmarks.search.queries import COUNTS, QueryMaker
from benchmarks.search.readers import PythonReader, node_engine
from benchmarks.search.serving import served
from benchmarks.search.stories import Archive
from benchmarks.search.truth import Query, Truth
from chromium import CHROMIUM_FLAGS, find_chromium
from playwright.sync_api import Browser, sync_playwright

Asked = tuple[scoring.Engine, SearchPage | None]
"""What is asked everything; and what is asked some queries once more, slowed down."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was typed after the name of the benchmark."""

    N: int = 1000
    SEED: int = 7
    QUERIES: int = sum(COUNTS.values())
    ONLY: str = ""
    ENGINE: str = "page"
    TIMED: int = 20
    KEEP: str = ""

    @classmethod
    def read(cls, arguments: Sequence[str]) -> Wishes:
        """Raises ``ValueError`` with a line for people when something is not understood."""
        given: dict[str, str | int] = {}
        kinds = {field.name: type(field.default) for field in fields(cls)}
        for argument in arguments:
            name, sign, value = argument.partition("=")
            if not sign or name not in kinds:
                raise ValueError(f"{argument}: not NAME=value with one of {', '.join(kinds)}")
            given[name] = kinds[name](value)
        wishes = cls(**given)  # type: ignore[arg-type]
        unknown = wishes.only - set(COUNTS)
        if unknown:
            raise ValueError(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(COUNTS)}")
        if not wishes.engines or set(wishes.engines) - set(ENGINES):
            raise ValueError(f"ENGINE={wishes.ENGINE}: there are {', '.join(ENGINES)}")
        return wishes

    @property
    def only(self) -> frozenset[str]:
        """Kinds of queries that are asked; all of them when empty."""
        return frozenset(filter(None, self.ONLY.split(",")))

    @property
    def engines(self) -> list[str]:
        """What is asked, one after the other."""
        return list(filter(None, self.ENGINE.split(",")))


def main(arguments: Sequence[str]) -> int:
    try:
        wishes = Wishes.read(arguments)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    archive = Archive(wishes.N, wishes.SEED)
    with kept(wishes.KEEP) as folder:
        site = make_site(folder, wishes.SEED)
        cost = build_measured(archive, folder, site)
        for kind, (count, size) in sorted(sizes(site).items()):
            print(f"search/{kind}…  {count:6} files  {size / 1e6:8.2f} MB", flush=True)
        published = Published(site)
        truth = Truth(archive, published.readings)
        queries = QueryMaker(archive, published.readings).make(wishes.QUERIES, wishes.only)
        print(f"{archive.stories} stories, seed {archive.seed}, {len(queries)} queries", flush=True)
        cleared = [report(wishes, engine, site, archive, truth, queries, cost) for engine in wishes.engines]
    return 0 if all(cleared) else 1


def report(
    wishes: Wishes,
    engine: str,
    site: Path,
    archive: Archive,
    truth: Truth,
    queries: Sequence[Query],
    cost: scoring.Cost,
) -> bool:
    """Ask one engine, print what came of it; whether every bar was cleared."""
    with ENGINES[engine](site, FacetKeys(archive)) as (asked, slowed):
        can = [query for query in queries if asked.can_be_asked(query)]
        scores = scoring.judge(asked, truth.answer, watched(can))
        some = [can[at * len(can) // wishes.TIMED] for at in range(min(wishes.TIMED, len(can)))] if slowed else []
        seconds = [slowed.ask(query).seconds for query in some] if slowed else []
    print(f"\n{engine}, {len(can)} of {len(queries)} queries")
    print(scoring.table(scores))
    print(*scoring.faults(scores), sep="\n")
    bars = scoring.bars(scores, cost, seconds)
    for bar in bars:
        print(f"{'ok    ' if bar.cleared else 'MISSED'} {bar.name:28} {bar.value:9.4f}  ({bar.bound:g})", flush=True)
    return all(bar.cleared for bar in bars)


@contextmanager
def by_page(site: Path, keys: FacetKeys) -> Iterator[Asked]:
    """The search page in Chromium; and the same with the processor slowed down, for the seconds."""
    with served(site) as address, chromium() as browser:
        yield SearchPage(browser, address, keys), SearchPage(browser, address, keys, slowly=True)


@contextmanager
def by_script(site: Path, keys: FacetKeys) -> Iterator[Asked]:
    """The engine within one page in Chromium; and the whole page slowed down."""
    with served(site) as address, chromium() as browser:
        yield SearchScript(browser, address, keys), SearchPage(browser, address, keys, slowly=True)


@contextmanager
def by_node(site: Path, keys: FacetKeys) -> Iterator[Asked]:
    with node_engine(site, keys) as engine:
        yield engine, None


@contextmanager
def by_python(site: Path, keys: FacetKeys) -> Iterator[Asked]:
    yield PythonReader(site, keys), None


ENGINES = {"page": by_page, "script": by_script, "node": by_node, "python": by_python}
"""What can be asked, by the word for it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def watched(queries: Sequence[Query]) -> Iterator[Query]:
    """The queries, and a line on the error stream now and then."""
    began = time.monotonic()
    for number, query in enumerate(queries):
        if number and number % 50 == 0:
            print(f"{number} of {len(queries)}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        yield query


@contextmanager
def kept(name: str) -> Iterator[Path]:
    """The folder of that *name*, which stays, or a temporary one."""
    if name:
        folder = Path(name)
        folder.mkdir(parents=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
