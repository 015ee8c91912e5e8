"""What holds of every right schedule, each property on its own: a learner who keeps them all is nearly there.

Each takes jobs, options and a schedule, and returns where it does not hold: facts for the text, or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conc_checker.scheduling import Job, Slice

    Property = Callable[[Sequence[Job], tuple[Any, ...], Sequence[Slice]], dict[str, Any] | None]


def nobody_runs_when_done(jobs: Sequence[Job], _: tuple[Any, ...], slices: Sequence[Slice]) -> dict[str, Any] | None:
    """A job that has had all its ticks gets no other turn."""
    left = {job.name: job.burst for job in jobs}
    for turn in slices:
        if left[turn.name] <= 0:
            return {"job": turn.name, "tick": turn.start}
        left[turn.name] -= turn.end - turn.start
    return None


def one_at_a_time(_: Sequence[Job], __: tuple[Any, ...], slices: Sequence[Slice]) -> dict[str, Any] | None:
    """The turns stand in order, and each begins when the one before it is over, or later."""
    now = 0
    for turn in slices:
        if turn.start < now or turn.end <= turn.start:
            return {"job": turn.name, "tick": turn.start}
        now = turn.end
    return None


def nobody_runs_before_arrival(
    jobs: Sequence[Job], _: tuple[Any, ...], slices: Sequence[Slice]
) -> dict[str, Any] | None:
    """No job runs before it is there."""
    arrival = {job.name: job.arrival for job in jobs}
    for turn in slices:
        if turn.start < arrival[turn.name]:
            return {"job": turn.name, "tick": turn.start, "arrival": arrival[turn.name]}
    return None


def everybody_gets_all(jobs: Sequence[Job], _: tuple[Any, ...], slices: Sequence[Slice]) -> dict[str, Any] | None:
    """Each job runs for exactly as many ticks as it needs."""
    for job in jobs:
        got = sum(turn.end - turn.start for turn in slices if turn.name == job.name)
        if got != job.burst:
            return {"job": job.name, "got": got, "burst": job.burst}
    return None


def work_conserving(jobs: Sequence[Job], _: tuple[Any, ...], slices: Sequence[Slice]) -> dict[str, Any] | None:
    """Whenever somebody is there and not done, somebody runs (the schedule is work-conserving)."""
    now = 0
    for turn in slices:
        got = dict.fromkeys((job.name for job in jobs), 0)
        for over in slices:
            got[over.name] += over.end - over.start if over.end <= now else 0
        waiting = [job for job in jobs if job.arrival < turn.start and got[job.name] < job.burst]
        if turn.start > now and waiting:
            first = min(waiting, key=lambda job: job.arrival)
            return {"job": first.name, "tick": max(now, first.arrival)}
        now = max(now, turn.end)
    return None


def no_turn_over_the_quantum(
    _: Sequence[Job], options: tuple[Any, ...], slices: Sequence[Slice]
) -> dict[str, Any] | None:
    """No turn is longer than the quantum; with several, than the longest of them."""
    quantum = max(options[0]) if isinstance(options[0], tuple) else options[0]
    for turn in slices:
        if turn.end - turn.start > quantum:
            return {"job": turn.name, "tick": turn.start + quantum, "length": turn.end - turn.start, "quantum": quantum}
    return None


def bounded_waiting(jobs: Sequence[Job], options: tuple[Any, ...], slices: Sequence[Slice]) -> dict[str, Any] | None:
    """From its arrival, and from the end of each turn, one of n jobs waits for its next turn at most n - 1 quanta."""
    most = (len(jobs) - 1) * options[0]
    for job in jobs:
        since = job.arrival
        for turn in (s for s in slices if s.name == job.name):
            if turn.start - since > most:
                return {"job": job.name, "tick": since + most, "waited": turn.start - since, "most": most}
            since = turn.end
    return None


# In the order in which a schedule is looked at: what makes the next question meaningless comes first.
PROPERTIES: dict[str, Property] = {
    "finished-job-runs-again": nobody_runs_when_done,
    "started-before-arrival": nobody_runs_before_arrival,
    "turns-overlap": one_at_a_time,
    "wrong-amount-of-work": everybody_gets_all,
    "idle-while-a-job-waits": work_conserving,
    "turn-over-the-quantum": no_turn_over_the_quantum,
    "waits-longer-than-a-round": bounded_waiting,
}
_FOR = {
    "turn-over-the-quantum": ("round_robin", "mlfq"),
    "waits-longer-than-a-round": ("round_robin",),
}


def broken(name: str, function: str, jobs: Sequence[Job], options: tuple[Any, ...], slices: Sequence[Slice]) -> Any:
    """Return the facts of one property that does not hold, or None; one that is not for this algorithm holds."""
    if function not in _FOR.get(name, (function,)):
        return None
    return PROPERTIES[name](jobs, options, slices)
