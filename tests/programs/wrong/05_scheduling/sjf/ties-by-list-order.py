"""Looks for the shortest in the order of the list.

rows: -
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = list(jobs)
    result = []
    clock = 0
    while left:
        clock = max(clock, min(job.arrival for job in left))
        ready = [job for job in left if job.arrival <= clock]
        job = min(ready, key=lambda job: job.burst)
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
