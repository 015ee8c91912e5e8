"""Kata 05, solved: first come, first served, and the times that every schedule is judged by."""

from conc_checker.scheduling import Job, Slice, Times


def fcfs(jobs: list[Job]) -> list[Slice]:
    """Return one slice for each job, in order of arrival; of those who come together, as they are listed."""
    slices = []
    now = 0
    for job in sorted(jobs, key=lambda job: job.arrival):  # sorted() keeps the order of those who come together
        start = max(now, job.arrival)
        now = start + job.burst
        slices.append(Slice(job.name, start, now))
    return slices


def times(jobs: list[Job], slices: list[Slice]) -> dict[str, Times]:
    """Return waiting, response and turnaround time of each job by its name."""
    found = {}
    for job in jobs:
        turns = [turn for turn in slices if turn.name == job.name]
        turnaround = max(turn.end for turn in turns) - job.arrival
        response = min(turn.start for turn in turns) - job.arrival
        found[job.name] = Times(turnaround - job.burst, response, turnaround)
    return found
