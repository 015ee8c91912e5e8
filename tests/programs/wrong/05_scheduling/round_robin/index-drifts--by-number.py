"""Deletes by index inside a loop over the indices, which runs out of the list.

rows: 102
"""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("the quantum must be at least 1")
    names = [job.name for job in jobs]
    left = [job.burst for job in jobs]
    slices = []
    now = 0
    while names:
        for i in range(len(names)):
            length = min(quantum, left[i])
            slices.append(Slice(names[i], now, now + length))
            now += length
            left[i] -= length
            if left[i] == 0:
                del names[i]  # <- here
                del left[i]
    return slices
