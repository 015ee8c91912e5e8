"""Pops the jobs from the caller's list.

rows: -
"""

from conc_checker.scheduling import Slice


def sjf(jobs):
    result = []
    clock = 0
    while jobs:
        clock = max(clock, min(job.arrival for job in jobs))
        ready = [job for job in jobs if job.arrival <= clock]
        job = min(ready, key=lambda job: (job.burst, job.arrival))
        jobs.remove(job)  # <- here
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
