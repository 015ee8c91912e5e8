"""Goes on to the next number after the list has become shorter by one.

rows: 102
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    coming = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    ring = []
    slices = []
    now = 0
    turn = 0
    while coming or ring:
        if not ring:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ring.append(coming.pop(0))
        turn %= len(ring)
        job = ring[turn]
        length = min(quantum, left[job.name])
        slices.append(Slice(job.name, now, now + length))
        now += length
        left[job.name] -= length
        if left[job.name] == 0:
            del ring[turn]
        turn += 1
    return slices
