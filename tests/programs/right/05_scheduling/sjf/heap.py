"""A heap of those who are there."""

import heapq

from conc_checker.scheduling import Slice


def sjf(jobs):
    coming = sorted(enumerate(jobs), key=lambda pair: (pair[1].arrival, pair[0]))
    ready, slices, now = [], [], 0
    while coming or ready:
        if not ready:
            now = max(now, coming[0][1].arrival)
        while coming and coming[0][1].arrival <= now:
            number, job = coming.pop(0)
            heapq.heappush(ready, (job.burst, job.arrival, number, job))
        *_, job = heapq.heappop(ready)
        slices.append(Slice(job.name, now, now := now + job.burst))
    return slices
