"""Begins to count at 0, whenever the first job arrives.

rows: 101
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    ready = [[job.name, job.burst] for job in sorted(jobs, key=lambda job: job.arrival)]
    slices = []
    now = 0
    while ready:
        name, left = ready.pop(0)
        length = min(quantum, left)
        slices.append(Slice(name, now, now + length))
        now += length
        if left > length:
            ready.append([name, left - length])
    return slices
