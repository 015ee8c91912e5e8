"""Looks for the shortest of nobody when nobody is there.

rows: 101
"""

from conc_checker.scheduling import Slice


def sjf(jobs):
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        ready = [job for job in left if job.arrival <= clock]
        job = min(ready, key=lambda job: job.burst)  # <- here
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
