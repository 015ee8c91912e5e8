"""Takes for waiting what the others ran meanwhile; nobody may have run at all.

rows: -
breaks: times-of-every-schedule
"""

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):
    chart, now = [], 0
    for job in sorted(jobs, key=lambda job: job.arrival):
        start = max(now, job.arrival)
        now = start + job.burst
        chart.append(Slice(job.name, start, now))
    return chart


def times(jobs, slices):  # <- here
    found = {}
    for job in jobs:
        turns = [turn for turn in slices if turn.name == job.name]
        turnaround = turns[-1].end - job.arrival
        others = [t for t in slices if t.name != job.name and t.start < turns[-1].end and t.end > job.arrival]
        waiting = sum(min(t.end, turns[-1].end) - max(t.start, job.arrival) for t in others)
        found[job.name] = Times(waiting, turns[0].start - job.arrival, turnaround)
    return found
