"""Looks only at every second tick whether somebody has come, while nobody is there.

rows: -
breaks: work-conserving
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):  # <- here
    chart, now = [], 0
    for job in sorted(jobs, key=lambda job: job.arrival):
        start = now if job.arrival <= now else job.arrival + job.arrival % 2
        now = start + job.burst
        chart.append(Slice(job.name, start, now))
    return chart


def times(jobs, slices):
    found = {}
    for job in jobs:
        turns = [turn for turn in slices if turn.name == job.name]
        turnaround = turns[-1].end - job.arrival
        found[job.name] = Times(turnaround - job.burst, turns[0].start - job.arrival, turnaround)
    return found
