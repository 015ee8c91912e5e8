"""Takes all the time until the end for waiting.

rows: 106
breaks: waiting
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):
    result = []
    clock = 0
    for job in sorted(jobs, key=lambda job: job.arrival):
        clock = max(clock, job.arrival)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    return result


def times(jobs, slices):  # <- here
    result = {}
    for job in jobs:
        mine = [turn for turn in slices if turn.name == job.name]
        turnaround = mine[-1].end - job.arrival
        response = mine[0].start - job.arrival
        result[job.name] = Times(turnaround, response, turnaround)
    return result
