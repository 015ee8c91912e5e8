"""Goes round all jobs until all are done, and gives the finished ones empty turns.

rows: 103
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    jobs = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    slices = []
    now = 0
    while any(left.values()):
        moved = False
        for job in jobs:
            if job.arrival > now:
                continue
            length = min(quantum, left[job.name])
            slices.append(Slice(job.name, now, now + length))
            moved = moved or length > 0
            left[job.name] -= length
            now += length
        if not moved:
            now += 1
    return slices
