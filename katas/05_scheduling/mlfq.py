"""Kata 05: a multi-level feedback queue."""

from conc_checker.scheduling import Job, Slice


def mlfq(jobs: list[Job], quanta: list[int], boost: int | None = None) -> list[Slice]:
    """Return the schedule of a feedback queue with a level for each of `quanta`; the first is the top level.

    A job enters at the top. The head of the highest level that has one runs. Who uses up its quantum goes to the tail
    one level down, on the lowest level to the tail of the same. Who arrives while a job of a lower level runs ends that
    turn: the interrupted job goes back to the head of its level and keeps what is left of its quantum.
    At the ticks boost, 2 * boost, … all go to the top, with whole quanta; None means never.
    At one tick come first the arrivals, then the job whose quantum is used up, then the boost.
    `jobs` is in any order; neither list is changed.
    No quanta, a quantum below 1 or a boost below 1 raise ValueError.
    """
    raise NotImplementedError
