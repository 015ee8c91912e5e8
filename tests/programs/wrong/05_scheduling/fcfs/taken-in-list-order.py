"""Serves the jobs as they are listed.

rows: -
breaks: any-order
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):  # <- here
    result = []
    clock = 0
    for job in jobs:
        clock = max(clock, job.arrival)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result


def times(jobs, slices):
    result = {}
    for job in jobs:
        mine = [turn for turn in slices if turn.name == job.name]
        turnaround = mine[-1].end - job.arrival
        response = mine[0].start - job.arrival
        result[job.name] = Times(turnaround - job.burst, response, turnaround)
    return result
