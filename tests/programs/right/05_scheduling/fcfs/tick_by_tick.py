"""One tick after the other; times counted tick by tick."""

def fcfs(jobs):
    order = sorted(range(len(jobs)), key=lambda i: jobs[i].arrival)
    slices, tick = [], 0
    for i in order:
        while tick < jobs[i].arrival:
            tick += 1
        start = tick
        for _ in range(jobs[i].burst):
            tick += 1
        slices.append((jobs[i].name, start, tick))
    return slices


def times(jobs, slices):
    ticks = {job.name: [] for job in jobs}
    for name, start, end in slices:
        ticks[name] += range(start, end)
    table = {}
    for name, arrival, burst in jobs:
        last, first = max(ticks[name]), min(ticks[name])
        waiting = sum(tick not in ticks[name] for tick in range(arrival, last + 1))
        table[name] = (waiting, first - arrival, last + 1 - arrival)
    return table
