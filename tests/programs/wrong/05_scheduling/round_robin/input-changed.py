"""Takes the jobs out of the list that was handed over.

rows: -
breaks: input-left-alone
"""

from collections import deque

from conc_checker.scheduling import Job, Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    jobs.sort(key=lambda job: job.arrival)  # <- here
    waiting = deque(jobs)
    rest = {job.name: job.burst for job in jobs}
    queue = deque()
    result = []
    clock = 0
    while waiting or queue:
        if not queue:
            clock = max(clock, waiting[0].arrival)
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
