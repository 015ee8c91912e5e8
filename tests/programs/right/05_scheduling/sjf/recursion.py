"""Recursion: the next one, and then the rest."""

from conc_checker.scheduling import Slice


def sjf(jobs, now=0):
    if not jobs:
        return []
    now = max(now, min(job.arrival for job in jobs))
    job = min((job for job in jobs if job.arrival <= now), key=lambda job: (job.burst, job.arrival))
    rest = list(jobs)
    rest.remove(job)
    return [Slice(job.name, now, now + job.burst)] + sjf(rest, now + job.burst)
