"""Small workloads that tell the mistakes from each other: what a program returns for all of them names its mistake.

`tests/test_scheduling.py` sees to it that no two mistakes agree on them.
"""

from __future__ import annotations

from conc_checker.scheduling import Job
from conc_checker.topics.scheduling import oracle
from conc_checker.topics.scheduling.case import Case

_WORKLOADS = tuple(
    tuple(Job(*row) for row in rows)
    for rows in (
        [("A", 0, 3), ("B", 0, 3)],
        [("A", 0, 3), ("B", 2, 2)],
        [("A", 0, 5), ("B", 1, 2), ("C", 3, 1)],
        [("A", 0, 3), ("B", 1, 2), ("C", 2, 2)],
        [("B", 0, 3), ("A", 0, 2), ("C", 0, 1)],
        [("A", 2, 2), ("B", 0, 1)],
        [("A", 0, 2), ("B", 5, 3), ("C", 5, 1)],
        [("C", 1, 4), ("A", 0, 6), ("B", 1, 4), ("D", 4, 2)],
        [("A", 0, 2), ("B", 0, 1), ("C", 0, 4), ("D", 0, 3)],
        [("D", 3, 3), ("C", 2, 3), ("B", 1, 3), ("A", 0, 3)],
        [("B", 0, 4), ("A", 1, 4), ("C", 7, 2)],
        [("A", 0, 8), ("B", 3, 3), ("C", 6, 5)],
        [("A", 4, 9), ("B", 4, 2), ("C", 20, 1)],
    )
)
_OPTIONS: dict[str, tuple[tuple[object, ...], ...]] = {
    "fcfs": ((),),
    "sjf": ((),),
    "round_robin": ((2,), (3,)),
    "mlfq": (((2, 3), None), ((1, 2, 4), 5), ((2, 2, 2), 7)),
}


def cases(function: str) -> tuple[Case, ...]:
    """Return the calls to ask for, without answers; for `times`, of right schedules with one slice and with several."""
    if function == "times":
        return tuple(
            Case("times", jobs, (), tuple(schedule))
            for jobs in _WORKLOADS
            for schedule in (oracle.fcfs(jobs), oracle.round_robin(jobs, 2))
        )
    return tuple(Case(function, jobs, options) for jobs in _WORKLOADS for options in _OPTIONS.get(function, ()))


def without_gaps(case: Case) -> Case:
    """Return the same case with all jobs there at the start: whoever loops for ever here does not loop over a gap."""
    return Case(case.function, tuple(job._replace(arrival=0) for job in case.jobs), case.options)
