"""Sorts all jobs by what they need, and waits for the shortest if it has not arrived.

rows: -
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    result = []
    clock = 0
    for job in sorted(jobs, key=lambda job: (job.burst, job.arrival)):
        clock = max(clock, job.arrival)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
