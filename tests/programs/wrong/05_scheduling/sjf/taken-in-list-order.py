"""Serves the jobs as they are listed.

rows: -
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    result = []
    clock = 0
    for job in jobs:
        clock = max(clock, job.arrival)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
