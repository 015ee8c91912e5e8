"""Lets a process count whose turn it is; main never sees what that process has counted.

rows: 105
"""

from multiprocessing import Process

from conc_checker.scheduling import Slice

turn = 0


def advance(count):
    global turn
    turn = (turn + 1) % count


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    ready = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in ready}
    slices = []
    now = 0
    while ready:
        job = ready[turn % len(ready)]
        now = max(now, job.arrival)
        length = min(quantum, left[job.name])
        slices.append(Slice(job.name, now, now + length))
        now += length
        left[job.name] -= length
        if left[job.name] == 0:
            ready.remove(job)
        else:
            process = Process(target=advance, args=(len(ready),))  # <- here
            process.start()
            process.join()
    return slices
