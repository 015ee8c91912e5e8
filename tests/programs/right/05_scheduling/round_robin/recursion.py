"""Recursion: one turn, and then the rest of the schedule."""

from conc_checker.scheduling import Slice


def _go(coming, ready, now, quantum):
    if not ready:
        if not coming:
            return []
        now = max(now, coming[0][1])
    arrived = [job for job in coming if job[1] <= now]
    later = [job for job in coming if job[1] > now]
    (name, arrival, left), *others = ready + arrived
    end = now + min(quantum, left)
    newcomers = [job for job in later if job[1] <= end]
    rest = [(name, arrival, left - (end - now))] if left > end - now else []
    return [Slice(name, now, end)] + _go(later[len(newcomers):], others + newcomers + rest, end, quantum)


def round_robin(jobs, quantum):
    if quantum <= 0:
        raise ValueError("a quantum must be positive")
    return _go(sorted(map(tuple, jobs), key=lambda job: job[1]), [], 0, quantum)
