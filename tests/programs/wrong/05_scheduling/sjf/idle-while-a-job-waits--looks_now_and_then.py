"""Looks only at every second tick whether somebody has come, while nobody is there.

rows: -
breaks: work-conserving
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    chart, now = [], 0
    while left:
        if left[0].arrival > now:
            now = left[0].arrival + left[0].arrival % 2
        there = [job for job in left if job.arrival <= now]
        job = min(there, key=lambda job: job.burst)
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
