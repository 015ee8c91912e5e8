"""Joins two turns of the same job.

rows: -
breaks: each-turn-a-slice
"""

from collections import deque
from dataclasses import dataclass

from conc_checker.scheduling import Job, Slice


@dataclass
class _Task:
    """A job on its way: what is left of it, its level (0 is the top), and what is left of its quantum there."""

    name: str
    left: int
    level: int
    allowance: int


def mlfq(jobs: list[Job], quanta: list[int], boost: int | None = None) -> list[Slice]:  # <- here
    """Return the turns of the jobs; `quanta` has one for each level; every `boost` ticks all go to the top."""
    if not quanta or min(quanta) < 1:
        raise ValueError(f"quanta must be one or more numbers above 0, not {quanta}")
    if boost is not None and boost < 1:
        raise ValueError(f"a boost every {boost} ticks cannot be; it must be 1 or more, or None")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))  # sorted() keeps the order of those who come together
    levels: list[deque[_Task]] = [deque() for _ in quanta]
    slices = []
    now = 0
    next_boost = boost

    def let_in() -> None:
        while coming and coming[0].arrival <= now:
            job = coming.popleft()
            levels[0].append(_Task(job.name, job.burst, 0, quanta[0]))

    def boost_all() -> None:
        everybody = [task for level in levels for task in level]
        for level in levels:
            level.clear()
        for task in everybody:
            task.level, task.allowance = 0, quanta[0]
        levels[0].extend(everybody)

    while coming or any(levels):
        if not any(levels):
            now = max(now, coming[0].arrival)
        let_in()
        while next_boost is not None and boost is not None and next_boost <= now:
            if next_boost == now:
                boost_all()
            next_boost += boost

        task = next(level for level in levels if level).popleft()
        ends = [now + min(task.left, task.allowance)]
        if task.level and coming:
            ends.append(coming[0].arrival)  # whoever arrives enters above it
        if next_boost is not None:
            ends.append(next_boost)
        end = min(ends)
        if slices and slices[-1].name == task.name and slices[-1].end == now:
            slices[-1] = Slice(task.name, slices[-1].start, end)
        else:
            slices.append(Slice(task.name, now, end))
        task.left -= end - now
        task.allowance -= end - now
        now = end

        let_in()
        if not task.left:
            continue
        if task.allowance:
            levels[task.level].appendleft(task)  # interrupted: it is next on its level, with what is left to it
        else:
            task.level = min(task.level + 1, len(quanta) - 1)
            task.allowance = quanta[task.level]
            levels[task.level].append(task)
    return slices
