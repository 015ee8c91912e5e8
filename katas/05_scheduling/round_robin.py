"""Kata 05: round-robin."""

from conc_checker.scheduling import Job, Slice


def round_robin(jobs: list[Job], quantum: int) -> list[Slice]:
    """Return the schedule in which the jobs take turns of at most `quantum` ticks.

    A job enters the queue when it arrives, and again, at its end, when its turn is over and it is not done.
    Who arrives at the very tick at which a turn ends is queued before the job whose turn it was.
    Each turn is a Slice of its own, also when the same job goes on.
    `jobs` is in any order; it is not changed. A quantum below 1 raises ValueError.
    """
    raise NotImplementedError
