"""A generator of choices."""

from conc_checker.scheduling import Slice


def _choices(waiting):
    now = 0
    while waiting:
        there = [job for job in waiting if job.arrival <= now]
        if not there:
            now = waiting[0].arrival
            continue
        there.sort(key=lambda job: job.burst)
        yield now, there[0]
        waiting = [job for job in waiting if job is not there[0]]
        now += there[0].burst


def sjf(jobs):
    by_arrival = sorted(jobs, key=lambda job: job.arrival)
    return [Slice(job.name, start, start + job.burst) for start, job in _choices(by_arrival)]
