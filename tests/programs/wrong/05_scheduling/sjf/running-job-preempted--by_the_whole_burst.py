"""A newcomer with a smaller burst than the whole one of the running job takes the processor.

rows: -
"""

from conc_checker.scheduling import Slice


def sjf(jobs):  # <- here
    coming = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    ready, chart, now = [], [], 0
    while coming or ready:
        if not ready:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ready.append(coming.pop(0))
        job = min(ready, key=lambda job: job.burst)
        end = now + left[job.name]
        for other in coming:
            if other.arrival < end and other.burst < job.burst:
                end = other.arrival
                break
        chart.append(Slice(job.name, now, end))
        left[job.name] -= end - now
        now = end
        if not left[job.name]:
            ready.remove(job)
    return chart
