"""Stops as soon as nobody is ready, though somebody is still to come.

rows: 101
"""

from collections import deque

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("quantum")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    ready, slices = deque(), []
    now = coming[0].arrival if coming else 0

    def let_in():
        while coming and coming[0].arrival <= now:
            job = coming.popleft()
            ready.append((job.name, job.burst))

    let_in()
    while ready:
        name, left = ready.popleft()
        length = min(quantum, left)
        slices.append(Slice(name, now, now + length))
        now += length
        let_in()
        if left > length:
            ready.append((name, left - length))
    return slices
