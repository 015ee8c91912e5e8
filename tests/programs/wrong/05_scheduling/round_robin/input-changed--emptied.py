"""Uses the caller's list as its queue.

rows: -
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    left = {job.name: job.burst for job in jobs}
    ready, slices, now = [], [], 0
    while jobs or ready:
        if not ready:
            now = max(now, min(job.arrival for job in jobs))
        for job in sorted(jobs, key=lambda job: job.arrival):
            if job.arrival <= now:
                jobs.remove(job)  # <- here
                ready.append(job)
        job = ready.pop(0)
        end = now + min(quantum, left[job.name])
        slices.append(Slice(job.name, now, end))
        left[job.name] -= end - now
        now = end
        arrived = sorted((j for j in jobs if j.arrival <= now), key=lambda j: j.arrival)
        ready.extend(arrived)
        jobs[:] = [j for j in jobs if j not in arrived]
        if left[job.name]:
            ready.append(job)
    return slices
