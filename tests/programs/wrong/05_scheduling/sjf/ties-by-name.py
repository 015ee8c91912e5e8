"""Sorts by what they need, and then by name.

rows: -
breaks: ties-as-listed
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        clock = max(clock, left[0].arrival)
        ready = [job for job in left if job.arrival <= clock]
        job = min(ready, key=lambda job: (job.burst, job.arrival, job.name))
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
