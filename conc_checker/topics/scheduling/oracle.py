"""The right schedules, worked out tick by tick: slow, and as close as possible to the words of the contract.

The solutions go from event to event; that both agree is one of the two reasons to trust either. The other are the
simulators of OSTEP (`tests/test_scheduling.py`).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from conc_checker.scheduling import Job, Slice, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def right(algorithm: str, jobs: Sequence[Job], *options: Any) -> list[Slice]:
    """Return the schedule that the contract of an algorithm demands; its name is that of the learner's function."""
    return ALGORITHMS[algorithm](jobs, *options)


def fcfs(jobs: Sequence[Job]) -> list[Slice]:
    """First come, first served; of those who come together, the one that is listed first."""
    return _by_choice(jobs, lambda number: (jobs[number].arrival, number))


def sjf(jobs: Sequence[Job]) -> list[Slice]:
    """Whenever the processor is free, the shortest job that is there; ties by arrival, then by the list."""
    return _by_choice(jobs, lambda number: (jobs[number].burst, jobs[number].arrival, number))


def _by_choice(jobs: Sequence[Job], rank: Callable[[int], Any]) -> list[Slice]:
    record = _Record(jobs)
    while record.is_unfinished:
        if record.running is None:
            waiting = [n for n, job in enumerate(jobs) if job.arrival <= record.now and record.left[n]]
            record.running = min(waiting, key=rank, default=None)
        record.tick()
        if record.has_finished:
            record.stop()
    return record.slices


def round_robin(jobs: Sequence[Job], quantum: int) -> list[Slice]:
    """In turn, `quantum` ticks at most; who arrives at the tick at which a turn ends is queued before its job."""
    record, queue = _Record(jobs), deque[int]()
    while record.is_unfinished:
        queue += record.arriving()
        if record.has_finished:
            record.stop()
        elif record.used == quantum:
            queue.append(record.stop())
        if record.running is None and queue:
            record.running = queue.popleft()
        record.tick()
    record.stop()
    return record.slices


def mlfq(jobs: Sequence[Job], quanta: Sequence[int], boost: int | None = None) -> list[Slice]:
    """Several queues, one below the other: see the contract in the kata's README, which this follows step by step."""
    record, levels = _Record(jobs), [deque[int]() for _ in quanta]
    level = dict.fromkeys(range(len(jobs)), 0)
    spent = dict.fromkeys(range(len(jobs)), 0)  # of the quantum that a job has on its level
    while record.is_unfinished:
        levels[0] += record.arriving()
        if record.has_finished:
            record.stop()
        elif record.running is not None and spent[record.running] == quanta[level[record.running]]:
            job = record.stop()
            level[job], spent[job] = min(level[job] + 1, len(quanta) - 1), 0
            levels[level[job]].append(job)
        if boost and record.now and record.now % boost == 0:
            if record.running is not None:
                job = record.stop()
                levels[level[job]].appendleft(job)
            levels[0] = deque(job for queue in levels for job in queue)
            levels[1:] = [deque() for _ in quanta[1:]]
            level, spent = dict.fromkeys(level, 0), dict.fromkeys(spent, 0)
        if record.running is not None and any(levels[: level[record.running]]):
            job = record.stop()
            levels[level[job]].appendleft(job)
        if record.running is None:
            first = next((queue for queue in levels if queue), None)
            record.running = first.popleft() if first else None
        if record.running is not None:
            spent[record.running] += 1
        record.tick()
    record.stop()
    return record.slices


class _Record:
    """The processor: what runs, how much of each job is left, and the slices so far; jobs go by their numbers."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self.now = 0
        self.left = [job.burst for job in jobs]
        self.running: int | None = None
        self.used = 0  # ticks of the present slice
        self.slices: list[Slice] = []

    @property
    def is_unfinished(self) -> bool:
        """Whether any job has work left."""
        return any(self.left)

    @property
    def has_finished(self) -> bool:
        """Whether the running job has just had its last tick."""
        return self.running is not None and not self.left[self.running]

    def arriving(self) -> list[int]:
        """Return the jobs that arrive at this tick, in the order of the list."""
        return [number for number, job in enumerate(self._jobs) if job.arrival == self.now]

    def tick(self) -> None:
        """Let one tick go by."""
        self.now += 1
        if self.running is not None:
            self.used += 1
            self.left[self.running] -= 1

    def stop(self) -> int:
        """End the present slice; return whose it was."""
        if self.running is None:
            return -1
        number, self.running = self.running, None
        self.slices.append(Slice(self._jobs[number].name, self.now - self.used, self.now))
        self.used = 0
        return number


def times(jobs: Sequence[Job], slices: Sequence[Slice]) -> dict[str, Times]:
    """Return how each job fared, counted tick by tick."""
    found = {}
    for job in jobs:
        ran = {tick for s in slices if s.name == job.name for tick in range(s.start, s.end)}
        stay = range(job.arrival, max(ran) + 1)
        found[job.name] = Times(sum(tick not in ran for tick in stay), min(ran) - job.arrival, len(stay))
    return found


ALGORITHMS: dict[str, Callable[..., list[Slice]]] = {
    "fcfs": fcfs,
    "sjf": sjf,
    "round_robin": round_robin,
    "mlfq": mlfq,
}
