"""itertools.accumulate, and comprehensions."""

from itertools import accumulate

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):
    ordered = sorted(jobs, key=lambda job: job.arrival)
    ends = accumulate(ordered, lambda now, job: max(now, job.arrival) + job.burst, initial=0)
    next(ends)
    return [Slice(job.name, end - job.burst, end) for job, end in zip(ordered, ends)]


def times(jobs, slices):
    ends = {name: end for name, _, end in slices}
    starts = {name: start for name, start, _ in reversed(slices)}
    return {
        name: Times(ends[name] - arrival - burst, starts[name] - arrival, ends[name] - arrival)
        for name, arrival, burst in jobs
    }
