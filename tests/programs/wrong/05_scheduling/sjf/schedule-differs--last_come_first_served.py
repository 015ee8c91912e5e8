"""Of equally short jobs takes the one that came last.

rows: -
breaks: equals-by-arrival
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = sorted(jobs, key=lambda job: job.arrival)
    chart, now = [], 0
    while left:
        now = max(now, left[0].arrival)
        there = [job for job in left if job.arrival <= now]
        job = min(there, key=lambda job: (job.burst, -job.arrival))
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
