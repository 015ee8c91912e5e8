"""When nobody is there, the clock goes on in steps of a quantum.

rows: 101
breaks: work-conserving
"""

from collections import deque

from conc_checker.scheduling import Job, Slice


def round_robin(jobs, quantum):  # <- here
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    waiting = deque(sorted(jobs, key=lambda job: job.arrival))
    rest = {job.name: job.burst for job in jobs}
    queue = deque()
    result = []
    clock = 0
    while waiting or queue:
        if not queue:
            while clock < waiting[0].arrival:
                clock += quantum
        while waiting and waiting[0].arrival <= clock:
            queue.append(waiting.popleft())
        job = queue.popleft()
        length = min(quantum, rest[job.name])
        result.append(Slice(job.name, clock, clock + length))
        rest[job.name] -= length
        clock += length
        while waiting and waiting[0].arrival <= clock:
            queue.append(waiting.popleft())
        if rest[job.name] > 0:
            queue.append(job)
    return result
