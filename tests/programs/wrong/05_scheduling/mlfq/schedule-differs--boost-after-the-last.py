"""Counts the time to the next boost from the last one, and not from the start.

rows: -
"""

from collections import deque

from conc_checker.scheduling import Slice


def mlfq(jobs, quanta, boost=None):  # <- here
    if not quanta or min(quanta) < 1 or (boost is not None and boost < 1):
        raise ValueError("a quantum or a boost that cannot be")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    left = {job.name: job.burst for job in jobs}
    allowance = {job.name: quanta[0] for job in jobs}
    levels = [deque() for _ in quanta]
    now = last_boost = 0
    slices = []

    def let_in():
        while coming and coming[0].arrival <= now:
            levels[0].append(coming.popleft().name)

    while coming or any(levels):
        if not any(levels):
            now = max(now, coming[0].arrival)
        let_in()
        if boost and now - last_boost >= boost:
            last_boost = now
            for lower in levels[1:]:
                levels[0] += lower
                lower.clear()
            for name in levels[0]:
                allowance[name] = quanta[0]
        level = next(number for number, queue in enumerate(levels) if queue)
        name = levels[level].popleft()
        end = now + min(left[name], allowance[name])
        if level and coming:
            end = min(end, coming[0].arrival)
        if boost:
            end = min(end, last_boost + boost)
        slices.append(Slice(name, now, end))
        left[name] -= end - now
        allowance[name] -= end - now
        now = end
        let_in()
        if left[name] and allowance[name]:
            levels[level].appendleft(name)
        elif left[name]:
            level = min(level + 1, len(levels) - 1)
            allowance[name] = quanta[level]
            levels[level].append(name)
    return slices
