"""Kata 05: first come, first served, and the times by which schedules are compared."""

from conc_checker.scheduling import Job, Slice, Times


def fcfs(jobs: list[Job]) -> list[Slice]:
    """Return the schedule in which the jobs run in the order of their arrival, each to its end.

    Jobs that arrive at the same tick come in the order in which they are listed.
    While nobody is there the processor is idle; there is no slice for that.
    `jobs` is in any order; it is not changed.
    """
    raise NotImplementedError


def times(jobs: list[Job], slices: list[Slice]) -> dict[str, Times]:
    """Return for the name of each job its waiting, response and turnaround time in a schedule.

    Turnaround: from its arrival to the end of its last turn. Response: from its arrival to the start of its first turn.
    Waiting: the ticks in between in which it did not run, that is turnaround - burst.
    It works for every schedule, also for one in which a job has several slices.
    """
    raise NotImplementedError
