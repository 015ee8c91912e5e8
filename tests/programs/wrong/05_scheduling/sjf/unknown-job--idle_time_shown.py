"""Shows the time in which nobody runs as slices of a job that is not there.

rows: -
breaks: no-slice-for-nobody
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    chart, now = [], 0
    while left:
        if left[0].arrival > now:
            chart.append(Slice("idle", now, left[0].arrival))
        now = max(now, left[0].arrival)
        there = [job for job in left if job.arrival <= now]
        job = min(there, key=lambda job: job.burst)
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
