"""Has a coroutine for each job, which is sent a quantum and answers how long it ran, and whether it is done."""

from collections import deque


def _job(burst):
    ran, answer = 0, None
    while ran < burst:
        quantum = yield answer
        length = min(quantum, burst - ran)
        ran += length
        answer = length, ran == burst
    yield answer


def round_robin(jobs, quantum):
    if not quantum >= 1:
        raise ValueError(quantum)
    future = deque(sorted(jobs, key=lambda job: job.arrival))
    queue, turns, now = deque(), [], 0

    def arrive():
        while future and future[0].arrival <= now:
            job = future.popleft()
            work = _job(job.burst)
            next(work)
            queue.append((job.name, work))

    while future or queue:
        if not queue:
            now = max(now, future[0].arrival)
        arrive()
        name, work = queue.popleft()
        length, is_done = work.send(quantum)
        turns.append([name, now, now + length])
        now += length
        arrive()
        if not is_done:
            queue.append((name, work))
    return turns
