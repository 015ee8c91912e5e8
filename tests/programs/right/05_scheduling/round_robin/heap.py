"""A heap of events: when a job is queued, and in which order within a tick."""

import heapq


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("no such quantum")
    # Within a tick arrivals (0) come before the preempted (1).
    events = [(job.arrival, 0, number, job.burst) for number, job in enumerate(jobs)]
    heapq.heapify(events)
    now, slices = 0, []
    while events:
        when, _, number, left = heapq.heappop(events)
        now = max(now, when)
        end = now + min(quantum, left)
        slices.append((jobs[number].name, now, end))
        if left > end - now:
            heapq.heappush(events, (end, 1, number, left - (end - now)))
        now = end
    return tuple(slices)
