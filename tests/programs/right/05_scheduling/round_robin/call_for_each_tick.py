"""Recursion, with a call for each tick."""

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum < 1:
        raise ValueError("quantum")

    def tick(now, queue, running, used, left):
        queue = queue + [job.name for job in jobs if job.arrival == now]
        done = []
        if running is not None and (left[running] == 0 or used == quantum):
            done = [Slice(running, now - used, now)]
            queue = queue + [running] * bool(left[running])
            running = None
        if running is None and queue:
            running, queue, used = queue[0], queue[1:], 0
        if running is None and not any(left.values()):
            return done
        if running is not None:
            left = {**left, running: left[running] - 1}
            used += 1
        return done + tick(now + 1, queue, running, used, left)

    return tick(0, [], None, 0, {job.name: job.burst for job in jobs})
