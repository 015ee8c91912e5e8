"""Does not put the jobs in order of arrival, so that equals come as they are listed.

rows: -
breaks: any-order
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    left = list(jobs)
    chart, now = [], 0
    while left:
        now = max(now, min(job.arrival for job in left))
        there = [job for job in left if job.arrival <= now]
        job = min(there, key=lambda job: job.burst)
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
