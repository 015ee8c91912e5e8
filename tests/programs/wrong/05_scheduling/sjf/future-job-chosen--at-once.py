"""Sorts all jobs by what they need, and lets them run one behind the other.

rows: 101
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    result = []
    clock = 0
    for job in sorted(jobs, key=lambda job: (job.burst, job.arrival)):
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result
