"""One tick after the other."""

def sjf(jobs):
    done, chart, tick, running = set(), [], 0, None
    while len(done) < len(jobs):
        if running is None:
            there = [(j.burst, j.arrival, n) for n, j in enumerate(jobs) if n not in done and j.arrival <= tick]
            if there:
                running = min(there)[2]
                chart.append((jobs[running].name, tick, tick + jobs[running].burst))
        tick += 1
        if running is not None and tick == chart[-1][2]:
            done.add(running)
            running = None
    return chart
