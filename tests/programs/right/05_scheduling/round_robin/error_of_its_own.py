"""Refuses with an exception of its own, which is a ValueError, and keeps the ready jobs in a dictionary of generators."""

from conc_checker.scheduling import Slice


class QuantumError(ValueError):
    """A quantum that no turn can have."""


def turns_of(job, quantum):
    left = job.burst
    while left:
        turn = min(quantum, left)
        left -= turn
        yield turn, left > 0


def round_robin(jobs, quantum):
    if not quantum > 0:
        raise QuantumError(quantum)
    coming = sorted(jobs, key=lambda job: job.arrival)
    ready, slices, now = {}, [], 0

    def let_in():
        while coming and coming[0].arrival <= now:
            job = coming.pop(0)
            ready[job.name] = turns_of(job, quantum)

    while coming or ready:
        if not ready:
            now = max(now, coming[0].arrival)
            let_in()
        name = next(iter(ready))
        turns = ready.pop(name)
        length, goes_on = next(turns)
        slices.append(Slice(name, now, now + length))
        now += length
        let_in()
        if goes_on:
            ready[name] = turns
    return slices
