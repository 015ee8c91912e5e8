"""A heap of jobs inside a class; times from a dictionary."""

import heapq


class Scheduler:
    def __init__(self, jobs):
        self.heap = [(job.arrival, number, job) for number, job in enumerate(jobs)]
        heapq.heapify(self.heap)
        self.now = 0

    def __iter__(self):
        return self

    def __next__(self):
        if not self.heap:
            raise StopIteration
        _, _, job = heapq.heappop(self.heap)
        start = max(self.now, job.arrival)
        self.now = start + job.burst
        return job.name, start, self.now


def fcfs(jobs):
    return [*Scheduler(jobs)]


def times(jobs, slices):
    seen = {}
    for name, start, end in slices:
        first, _ = seen.get(name, (start, end))
        seen[name] = (min(first, start), end)
    return {j.name: [seen[j.name][1] - j.arrival - j.burst, seen[j.name][0] - j.arrival, seen[j.name][1] - j.arrival] for j in jobs}
