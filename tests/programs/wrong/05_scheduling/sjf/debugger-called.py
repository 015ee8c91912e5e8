"""Looks at what is left with the debugger.

rows: -
"""

import pdb

from conc_checker.scheduling import Slice


def sjf(jobs):
    left = sorted(jobs, key=lambda job: job.arrival)
    chart, now = [], 0
    while left:
        now = max(now, left[0].arrival)
        pdb.set_trace()  # <- here
        job = min((job for job in left if job.arrival <= now), key=lambda job: job.burst)
        left.remove(job)
        chart.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return chart
