"""Chooses anew at every tick, and so interrupts for a shorter job.

rows: -
breaks: to-its-end
"""

def sjf(jobs):  # <- here
    remaining = {job.name: job.burst for job in jobs}
    arrival = {job.name: job.arrival for job in jobs}
    order = [job.name for job in sorted(jobs, key=lambda job: job.arrival)]
    result = []
    running = None
    tick = 0
    while any(remaining.values()):
        ready = [name for name in order if remaining[name] and arrival[name] <= tick]
        if ready:
            shortest = min(ready, key=lambda name: (remaining[name], name != running))
            if shortest != running:
                running = shortest
                result.append([running, tick, tick])
            remaining[running] -= 1
            result[-1][2] = tick + 1
        tick += 1
    return result
