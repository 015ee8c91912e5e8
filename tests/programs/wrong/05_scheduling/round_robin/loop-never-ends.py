"""Never takes the finished job out of the queue.

rows: -
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    queue = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    slices = []
    now = 0
    while queue:  # <- here
        job = queue.pop(0)
        now = max(now, job.arrival)
        length = min(quantum, left[job.name])
        if length:
            slices.append(Slice(job.name, now, now + length))
        left[job.name] -= length
        now += length
        queue.append(job)
    return slices
