"""Takes the first that is there.

rows: -
breaks: shortest-first
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        clock = max(clock, left[0].arrival)
        ready = [job for job in left if job.arrival <= clock]
        job = ready[0]
        left.remove(job)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
