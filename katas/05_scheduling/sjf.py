"""Kata 05: shortest job first."""

from conc_checker.scheduling import Job, Slice


def sjf(jobs: list[Job]) -> list[Slice]:
    """Return the schedule in which the shortest job that is there runs whenever the processor is free.

    It is not preemptive: who runs, runs to its end, also when a shorter job arrives meanwhile.
    Of equally short jobs the one that arrived first comes first, and of those the one that is listed first.
    `jobs` is in any order; it is not changed.
    """
    raise NotImplementedError
