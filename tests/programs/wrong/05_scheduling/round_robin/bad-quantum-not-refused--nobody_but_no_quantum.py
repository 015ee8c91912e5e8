"""Looks first whether anybody is there at all, and refuses no quantum then.

rows: -
breaks: refuses-no-quantum
"""

from collections import deque

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if jobs and quantum < 1:
        raise ValueError("the quantum must be 1 or more")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    left = {job.name: job.burst for job in jobs}
    queue, chart, now = deque(), [], 0
    while coming or queue:
        if not queue:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            queue.append(coming.popleft().name)
        name = queue.popleft()
        end = now + min(quantum, left[name])
        chart.append(Slice(name, now, end))
        left[name] -= end - now
        now = end
        while coming and coming[0].arrival <= now:
            queue.append(coming.popleft().name)
        if left[name]:
            queue.append(name)
    return chart
