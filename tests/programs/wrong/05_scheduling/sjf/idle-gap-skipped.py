"""When nobody is there, the next one begins at once.

rows: 101
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        ready = [job for job in left if job.arrival <= clock] or left[:1]
        job = min(ready, key=lambda job: job.burst)
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
