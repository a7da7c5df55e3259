from __future__ import annotations

import os
import sys
import time

import pytest

from site_builder.build.executing.executors import Crew, pays


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
