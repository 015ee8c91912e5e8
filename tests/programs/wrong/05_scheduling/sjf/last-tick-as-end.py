"""Gives the last tick of a turn as its end.

rows: -
breaks: in-the-order-of-running
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        clock = max(clock, left[0].arrival)
        ready = [job for job in left if job.arrival <= clock]
        job = min(ready, key=lambda job: job.burst)
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst - 1))
        clock += job.burst
    return result
