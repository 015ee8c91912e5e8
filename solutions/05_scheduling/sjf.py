"""Kata 05, solved: shortest job first."""

from conc_checker.scheduling import Job, Slice


def sjf(jobs: list[Job]) -> list[Slice]:
    """Return one slice for each job: whenever the processor is free, the shortest job that is there."""
    waiting = sorted(jobs, key=lambda job: job.arrival)  # sorted() keeps the order of those who come together
    slices = []
    now = 0
    while waiting:
        now = max(now, waiting[0].arrival)
        there = [job for job in waiting if job.arrival <= now]
        job = min(there, key=lambda job: job.burst)  # the first of the shortest, and so by arrival, then by the list
        waiting.remove(job)
        slices.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return slices
