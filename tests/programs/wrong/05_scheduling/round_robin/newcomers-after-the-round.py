"""Goes round by round, and lets newcomers in only when a round is over.

rows: -
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    coming = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    ready, slices, now = [], [], 0
    while coming or ready:
        if not ready:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ready.append(coming.pop(0))
        for _ in range(len(ready)):
            job = ready.pop(0)
            end = now + min(quantum, left[job.name])
            slices.append(Slice(job.name, now, end))
            left[job.name] -= end - now
            now = end
            if left[job.name]:
                ready.append(job)
    return slices
