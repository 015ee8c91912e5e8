"""One tick after the other, as on paper."""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("quantum")
    remaining = [job.burst for job in jobs]
    ready, slices = [], []
    running, used, tick = None, 0, 0
    while any(remaining):
        ready += [i for i, job in enumerate(jobs) if job.arrival == tick]
        if running is not None and (used == quantum or not remaining[running]):
            slices.append((jobs[running].name, tick - used, tick))
            if remaining[running]:
                ready.append(running)
            running = None
        if running is None and ready:
            running, used = ready.pop(0), 0
        if running is not None:
            remaining[running] -= 1
            used += 1
        tick += 1
    if running is not None:
        slices.append((jobs[running].name, tick - used, tick))
    return slices
