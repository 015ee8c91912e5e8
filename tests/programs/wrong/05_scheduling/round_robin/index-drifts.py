"""Removes a finished job from the list that the loop is walking, and so passes over the next one.

rows: 102
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    ring = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    slices = []
    now = 0
    while ring:
        progress = False
        for job in ring:
            if job.arrival > now:
                continue
            progress = True
            length = min(quantum, left[job.name])
            slices.append(Slice(job.name, now, now + length))
            now += length
            left[job.name] -= length
            if left[job.name] == 0:
                ring.remove(job)  # <- here
        if not progress and ring:
            now = min(job.arrival for job in ring)
    return slices
