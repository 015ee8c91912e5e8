"""Asks for the first arrival before it looks whether anybody comes at all.

rows: -
breaks: no-jobs-no-slices
"""

from conc_checker.scheduling import Slice


def sjf(jobs):
    left = sorted(jobs, key=lambda job: job.arrival)
    chart, now = [], left[0].arrival  # <- here
    while left:
        now = max(now, left[0].arrival)
        there = [job for job in left if job.arrival <= now]
        job = min(there, key=lambda job: job.burst)
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
