"""A generator of turns, made into a list."""

from collections import deque


def _turns(jobs, quantum):
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    ready = deque()
    now = 0
    while coming or ready:
        while coming and coming[0].arrival <= now:
            job = coming.popleft()
            ready.append((job.name, job.burst))
        if not ready:
            now = coming[0].arrival
            continue
        name, left = ready.popleft()
        end = now + min(left, quantum)
        yield [name, now, end]
        while coming and coming[0].arrival <= end:
            job = coming.popleft()
            ready.append((job.name, job.burst))
        if left > end - now:
            ready.append((name, left - (end - now)))
        now = end


def round_robin(jobs, quantum):
    if not quantum >= 1:
        raise ValueError(quantum)
    return list(_turns(jobs, quantum))
