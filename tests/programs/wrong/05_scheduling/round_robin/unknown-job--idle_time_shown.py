"""Shows the time in which nobody runs as slices of a job that is not there.

rows: -
breaks: no-slice-for-nobody
"""

from collections import deque

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be 1 or more")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    left = {job.name: job.burst for job in jobs}
    queue, chart, now = deque(), [], 0
    while coming or queue:
        if not queue:
            if coming[0].arrival > now:
                chart.append(Slice("idle", now, coming[0].arrival))
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
