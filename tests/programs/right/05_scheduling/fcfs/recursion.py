"""Recursion over the sorted jobs."""

from conc_checker.scheduling import Slice, Times


def _serve(jobs, now):
    if not jobs:
        return []
    first, *others = jobs
    start = max(now, first.arrival)
    end = start + first.burst
    return [Slice(first.name, start, end), *_serve(others, end)]


def fcfs(jobs):
    return _serve(sorted(jobs, key=lambda job: job.arrival), 0)


def times(jobs, slices):
    def one(job):
        turns = [s for s in slices if s.name == job.name]
        waited, since = 0, job.arrival
        for turn in turns:
            waited += turn.start - since
            since = turn.end
        return Times(waiting=waited, response=turns[0].start - job.arrival, turnaround=since - job.arrival)

    return {job.name: one(job) for job in jobs}
