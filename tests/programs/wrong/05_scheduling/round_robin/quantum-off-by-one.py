"""Lets a turn go on while it is not longer than the quantum, which is one tick too many.

rows: -
breaks: at-most-a-quantum
"""

from collections import deque

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    left = {job.name: job.burst for job in jobs}
    queue, slices, now = deque(), [], 0
    while coming or queue:
        if not queue:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            queue.append(coming.popleft())
        job = queue.popleft()
        start = now
        while left[job.name] and now - start <= quantum:
            now += 1
            left[job.name] -= 1
        slices.append(Slice(job.name, start, now))
        while coming and coming[0].arrival <= now:
            queue.append(coming.popleft())
        if left[job.name]:
            queue.append(job)
    return slices
