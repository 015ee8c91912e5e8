"""Looks again and again whether anybody has arrived, and the clock stands still.

rows: 101
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):
    left = sorted(jobs, key=lambda job: job.arrival)
    result = []
    clock = 0
    while left:  # <- here
        if left[0].arrival <= clock:
            job = left.pop(0)
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
