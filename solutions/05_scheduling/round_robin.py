"""Kata 05, solved: round-robin."""

from collections import deque

from conc_checker.scheduling import Job, Slice


def round_robin(jobs: list[Job], quantum: int) -> list[Slice]:
    """Return the turns of the jobs, each at most `quantum` ticks long, in the order in which they run."""
    if quantum < 1:
        raise ValueError(f"a quantum of {quantum} lets nobody run; it must be 1 or more")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))  # sorted() keeps the order of those who come together
    left = {job.name: job.burst for job in jobs}
    ready: deque[str] = deque()
    slices = []
    now = 0
    while coming or ready:
        if not ready:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ready.append(coming.popleft().name)
        name = ready.popleft()
        end = now + min(quantum, left[name])
        slices.append(Slice(name, now, end))
        left[name] -= end - now
        now = end
        # Who has arrived by now, even at this very tick, is queued before the one whose turn has ended.
        while coming and coming[0].arrival <= now:
            ready.append(coming.popleft().name)
        if left[name]:
            ready.append(name)
    return slices
