"""Carries the clock through functools.reduce, and finds the times with one walk over the slices."""

from functools import reduce

from conc_checker.scheduling import Times


def _serve(done, job):
    clock = max(done[-1][2] if done else 0, job.arrival)
    return [*done, (job.name, clock, clock + job.burst)]


def fcfs(jobs):
    return reduce(_serve, sorted(jobs, key=lambda job: job.arrival), [])


def times(jobs, slices):
    first, last = {}, {}
    for name, start, end in slices:
        first.setdefault(name, start)
        last[name] = end
    return {
        name: Times(last[name] - arrival - burst, first[name] - arrival, last[name] - arrival)
        for name, arrival, burst in jobs
    }
