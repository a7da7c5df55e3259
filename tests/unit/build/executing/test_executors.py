from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from typing import Any

import pytest

from site_builder.build.executing.executors import Crew, pays
from site_builder.build.executing.processes import Pool
from site_builder.errors import BuildError


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="asks the kernel of Linux and macOS")
def test_nothing_of_a_crew_is_left_when_it_is_stopped() -> None:
    workers: set[int] = set()

    def interrupted_work() -> None:
        with Crew(2) as crew:
            crew.expect(1)
            workers.update(crew.submit(os.getpid).result() for _ in range(4))
            crew.submit(time.sleep, 60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_work()

    assert os.getpid() not in workers
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


PROGRAM = """
import os, sys
from site_builder.build.executing.executors import Crew
from site_builder.build.executing.tasks import code_version

if __name__ == "__main__":
    with Crew(2) as crew:
        crew.expect(1)
        print(crew.submit(code_version).result() == code_version(), crew.submit(os.getpid).result() != os.getpid())
"""


@pytest.mark.slow
def test_processes_run_our_code_whatever_lies_in_the_working_folder(tmp_path: Path) -> None:
    """A newsroom with a folder ``site_builder``, such as another version's source, once broke every process."""
    (tmp_path / "here/site_builder/build").mkdir(parents=True)
    (tmp_path / "here/site_builder/__init__.py").touch()
    (tmp_path / "here/site_builder/build/__init__.py").touch()
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py")], cwd=tmp_path / "here", capture_output=True, text=True
    )

    assert (done.stdout, done.stderr) == ("True True\n", "")


class DyingPool(Pool):
    """Processes that cannot even begin."""

    def __init__(self, jobs: int) -> None:
        pass

    def stop(self) -> None:
        pass

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor("cannot begin")


def test_a_crew_is_serial_where_processes_cannot_begin() -> None:
    """The preview, which has no ``--jobs``, could not be used at all."""
    crew = Crew(make_pool=DyingPool)
    crew.jobs = 2
    crew.expect(100)

    assert crew.submit(os.getpid).result() == os.getpid()
    ordered = Crew(2, DyingPool)
    ordered.expect(100)
    with pytest.raises(BuildError) as caught:
        ordered.submit(os.getpid)
    assert caught.value.code == "workers-die"


def test_a_crew_is_serial_until_work_that_pays_is_announced() -> None:
    with Crew() as crew:
        crew.expect(0.1)
        pid = crew.submit(os.getpid).result()

    assert pid == os.getpid()
    assert crew.pool is None


def test_one_job_is_serial_whatever_there_is_to_do() -> None:
    with Crew(1) as crew:
        crew.expect(1000)

        assert crew.submit(os.getpid).result() == os.getpid()


def test_an_ordered_number_of_processes_is_obeyed() -> None:
    crew = Crew(2)
    crew.expect(0.001)

    assert crew.parallel


@pytest.mark.parametrize(
    ("seconds", "jobs", "starting", "worth"),
    [(0.1, 8, True, False), (60, 8, True, True), (60, 1, True, False), (0.1, 2, False, True), (0, 2, False, False)],
)
def test_processes_pay_where_they_save_more_than_they_cost(
    seconds: float, jobs: int, starting: bool, worth: bool
) -> None:
    assert pays(seconds, jobs, starting) is worth
