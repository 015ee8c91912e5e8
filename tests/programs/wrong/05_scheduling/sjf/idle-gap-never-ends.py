"""Goes round and round while nobody is there.

rows: 101
"""

from conc_checker.scheduling import Slice


def sjf(jobs):
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:  # <- here
        ready = [job for job in left if job.arrival <= clock]
        if not ready:
            continue
        job = min(ready, key=lambda job: job.burst)
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
