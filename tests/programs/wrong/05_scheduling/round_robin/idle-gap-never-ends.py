"""While nobody is there, the loop goes round without moving the clock.

rows: 101
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    waiting = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    ready = []
    slices = []
    now = 0
    while waiting or ready:  # <- here
        while waiting and waiting[0].arrival <= now:
            ready.append(waiting.pop(0))
        if not ready:
            continue
        job = ready.pop(0)
        end = now + min(quantum, left[job.name])
        slices.append(Slice(job.name, now, end))
        left[job.name] -= end - now
        now = end
        while waiting and waiting[0].arrival <= now:
            ready.append(waiting.pop(0))
        if left[job.name]:
            ready.append(job)
    return slices
