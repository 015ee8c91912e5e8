"""The words of kata 05: a job, a turn on the processor, and the three times that a job is judged by.

Ticks are whole numbers. All three are tuples, so that `Slice("A", 0, 3) == ("A", 0, 3)`.
"""

from __future__ import annotations

from typing import NamedTuple


class Job(NamedTuple):
    """A piece of work: it can begin at the tick `arrival` (0 or later) and takes `burst` ticks (1 or more)."""

    name: str
    arrival: int
    burst: int


class Slice(NamedTuple):
    """One turn of a job on the processor: from the tick `start` up to the tick `end`, which is no longer part of it."""

    name: str
    start: int
    end: int


class Times(NamedTuple):
    """How a job fared, in ticks.

    `waiting`: how long it was there and did not run; `response`: from its arrival to its first turn;
    `turnaround`: from its arrival to its end.
    """

    waiting: int
    response: int
    turnaround: int
