"""Queues those who have arrived in the order of the list, not of their arrival.

rows: -
breaks: any-order
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    left = {job.name: job.burst for job in jobs}
    coming = list(jobs)
    ready, slices, now = [], [], 0
    while coming or ready:
        if not ready:
            now = max(now, min(job.arrival for job in coming))
            ready += [job for job in coming if job.arrival <= now]
            coming = [job for job in coming if job.arrival > now]
        job = ready.pop(0)
        end = now + min(quantum, left[job.name])
        slices.append(Slice(job.name, now, end))
        left[job.name] -= end - now
        now = end
        ready += [job for job in coming if job.arrival <= now]
        coming = [job for job in coming if job.arrival > now]
        if left[job.name]:
            ready.append(job)
    return slices
