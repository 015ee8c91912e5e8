"""Sorts the slices at the end, and so by name.

rows: -
breaks: in-the-order-of-running
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):  # <- here
    chart, now = [], 0
    for job in sorted(jobs, key=lambda job: job.arrival):
        start = max(now, job.arrival)
        now = start + job.burst
        chart.append(Slice(job.name, start, now))
    return sorted(chart)


def times(jobs, slices):
    found = {}
    for job in jobs:
        turns = [turn for turn in slices if turn.name == job.name]
        turnaround = turns[-1].end - job.arrival
        found[job.name] = Times(turnaround - job.burst, turns[0].start - job.arrival, turnaround)
    return found
