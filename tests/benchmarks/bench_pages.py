"""Lay made-up pages out and print a table of what came of it: ``python3 dev.py bench pages SEEDS=1-30 FORMAT=broadsheet``.

PAGES=4 makes an edition of so many pages and STORIES=25 unplaced stories instead, and prints it as a newsroom would.
EFFORT=16 is the time of each search in the solver's own units; PDF=folder also sets every page, reads it back and
leaves PDF and PNG there.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages.edition import make_edition_newsroom, make_page_newsroom
from benchmarks.pages.judging import count_forbidden, leftover_lines, lost_characters, white_share
from benchmarks.pages.laying import Ready, prepare_page

from site_builder import api
from site_builder.build.printing.laying_out import CannotFit, LaidOut, Progress, lay_out
from site_builder.build.printing.output import Material, PageMaker
from site_builder.build.printing.packing import Effort
from site_builder.build.theme_files import read_sheet_theme

HEAD = "seed   Σ    items  chars  full  overset  left  cuts  collide  forbidden  lost  white  first s  all s"


@dataclass
class _Clock:
    """When the first page was there."""

    started: float
    first: float = 0.0

    def hear(self, progress: Progress) -> None:
        if progress.best is not None and not self.first:
            self.first = time.monotonic() - self.started


def main(arguments: list[str]) -> int:
    """Print the table; status 1 unless all pages are full and without a fault."""
    options = {"SEEDS": "1-30", "FORMAT": "broadsheet", "EFFORT": "", "PDF": "", "PAGES": "", "STORIES": "25"} | dict(
        a.split("=", 1) for a in arguments
    )
    begin, _, end = options["SEEDS"].partition("-")
    effort = Effort(float(options["EFFORT"])) if options["EFFORT"] else Effort()
    if options["PAGES"]:
        return _editions(options, range(int(begin), int(end or begin) + 1), effort)
    print(HEAD)
    full = faults = 0
    seeds = range(int(begin), int(end or begin) + 1)
    for seed in seeds:
        done, bad = _run(seed, options["FORMAT"], effort, options["PDF"])
        full += done
        faults += bad
    print(f"{full} of {len(seeds)} full, {faults} with faults")
    return int(full < len(seeds) or faults > 0)


def _editions(options: dict[str, str], seeds: range, effort: Effort) -> int:
    """Editions of several pages, from unplaced stories to files; status 1 unless all pages are full."""
    name, pages, stories = options["FORMAT"], int(options["PAGES"]), int(options["STORIES"])
    print("seed  pages  stories  full  fillers  cuts  collide  solve and print s  from the lock s")
    good = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "newsroom"
            make_edition_newsroom(root, seed, name, pages, stories)
            started = time.monotonic()
            fits = api.print_pages(root, api.PagesOptions(effort=effort)).pages
            solved = time.monotonic()
            api.print_pages(root, api.PagesOptions(effort=effort))
            kept = time.monotonic()
        full = sum(fit.full for fit in fits)
        good += full == pages
        print(
            f"{seed:4}  {pages:5}  {sum(len(fit.stories) for fit in fits):7}  {full:4}"
            f"  {sum(fit.filler for fit in fits):7}  {sum(fit.straight for fit in fits):4}"
            f"  {sum(fit.collisions for fit in fits):7}  {solved - started:17.1f}  {kept - solved:15.1f}",
            flush=True,
        )
    print(f"{good} of {len(seeds)} editions full")
    return int(good < len(seeds))


def _run(seed: int, name: str, effort: Effort, folder: str) -> tuple[bool, bool]:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "newsroom"
        share = make_page_newsroom(root, seed, name)
        clock = _Clock(time.monotonic())
        ready = prepare_page(root, name)
        found = lay_out(ready.request, ready.page, ready.widths, effort, clock.hear)
        seconds = time.monotonic() - clock.started
        stories = ready.request.stories
        row = f"{seed:4}  {share:.2f}  {len(stories):5}  {sum(c.characters for c in stories):5}"
        if isinstance(found, CannotFit):
            cuts = " ".join(f"{cut.story}:{cut.lines}({cut.characters})" for cut in found.cuts)
            print(
                f"{row}   no   room {found.room} least {found.least} most {found.most} {cuts} {seconds:.1f}", flush=True
            )
            return False, False
        page = found[0]
        lost, forbidden = lost_characters(ready.request, page.plan), count_forbidden(page.plan)
        left, overset = leftover_lines(page.chosen), sum(entry.shape.cut for entry in page.chosen)
        print(
            f"{row}  {'no' if left or overset else 'yes':>4}  {overset:7}  {left:4}  {page.faults.cuts:4}  {page.faults.collisions:7}"
            f"  {forbidden:9}  {lost:4}  {white_share(page.plan, ready.page):5.1%}  {clock.first:7.1f}  {seconds:5.1f}",
            flush=True,
        )
        if folder:
            _set(ready, page, root, Path(folder) / f"{name}-{seed:02}")
        return not (left or overset), bool(lost or forbidden)


def _set(ready: Ready, page: LaidOut, root: Path, target: Path) -> None:
    """Set the page, read it back, and leave PDF and PNG beside each other."""
    theme = read_sheet_theme(root, "page")
    maker = PageMaker((page.plan,), Material(theme, ready.fonts, ready.page.colors, ready.photos, {}, "page"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_suffix(".pdf").write_bytes(maker.archive())
    for picture in maker.pictures(110):
        target.with_suffix(".png").write_bytes(picture)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
