"""Serves the shortest of those who are there.

rows: -
breaks: order-of-arrival
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:
        clock = max(clock, left[0].arrival)
        job = min((job for job in left if job.arrival <= clock), key=lambda job: job.burst)
        left.remove(job)
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
