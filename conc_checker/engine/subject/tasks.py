"""The tasks that a check hands to a learner's function: they meet at the supervisor's barrier, without any patching."""

from __future__ import annotations

import time

from conc_checker.engine.subject import link, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from typing import Any


FAILS_ON_PURPOSE = "fails-on-purpose"  # the mark of a task's exception that a check has asked for


class Task:
    """A picklable function of one argument that reports each call, and waits at the barrier if asked to.

    `nap` is in seconds of the subject's clock, one length for all or one for each number; calls whose argument is in
    `fails` raise ValueError at their end.
    It carries the supervisor's address, so that it also meets the barrier in a process without the probe.
    """

    def __init__(
        self, *, hold: bool = False, nap: float | list[float] = 0.0, fails: tuple[int, ...] = (), address: str = ""
    ) -> None:
        self.hold = hold
        self.nap = nap
        self.fails = tuple(fails)
        self.address = address or link.address()
        self.__name__ = "task"
        self.__qualname__ = "task"

    def __call__(self, *args: Any, **keywords: Any) -> None:
        """Report, wait at the barrier, do the work, report the end."""
        link.use(self.address)
        given = [*args, *keywords.values()]
        if len(given) != 1:
            link.emit("task-misused", sites.here(), args=[plain(a) for a in given], stack=sites.stack())
            raise TypeError(f"task() takes 1 positional argument (its index) but {len(given)} were given")
        reply = link.ask("task", sites.here(), args=[plain(given[0])], stack=sites.stack(), hold=self.hold)
        number = reply.get("task")
        seconds = self._length(given[0])
        if seconds:
            time.sleep(seconds)
        failing = given[0] in self.fails
        link.ask("task-end", task=number, failed=failing)
        if failing:
            raise sites.marked(ValueError(f"task {given[0]} fails, as this check wants it to"), FAILS_ON_PURPOSE)

    def _length(self, number: Any) -> float:
        """Return how long the nap of a task is; one that was given no number of ours has the longest."""
        if not isinstance(self.nap, list):
            return self.nap
        return self.nap[number] if type(number) is int and 0 <= number < len(self.nap) else max(self.nap)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: numbers, short strings, None as they are, others as a note of their type."""
    if value is None or type(value) in (bool, float) or (type(value) is int and value.bit_length() < 1000):
        return value
    if type(value) is str:
        return value[:200]
    return {"type": type(value).__name__}
