"""Lets those in whom it finds at one look in the order of the list, whoever came first.

rows: -
breaks: any-order
"""

from collections import deque

from conc_checker.scheduling import Slice


def mlfq(jobs, quanta, boost=None):  # <- here
    if not quanta or min(quanta) < 1 or (boost is not None and boost < 1):
        raise ValueError("quanta and boost must be 1 or more")
    coming = deque(sorted(jobs, key=lambda job: job.arrival))
    left = {job.name: job.burst for job in jobs}
    rest = {}
    levels = [deque() for _ in quanta]
    now, chart = 0, []

    def let_in():
        found = []
        while coming and coming[0].arrival <= now:
            found.append(coming.popleft())
        for job in sorted(found, key=jobs.index):
            rest[job.name] = quanta[0]
            levels[0].append(job.name)

    while coming or any(levels):
        if not any(levels):
            now = max(now, coming[0].arrival)
        let_in()
        if boost and now and now % boost == 0:
            everybody = [name for queue in levels for name in queue]
            for queue in levels:
                queue.clear()
            levels[0].extend(everybody)
            rest.update(dict.fromkeys(everybody, quanta[0]))
        level = next(number for number, queue in enumerate(levels) if queue)
        name = levels[level].popleft()
        end = now + min(left[name], rest[name])
        if level and coming:
            end = min(end, coming[0].arrival)
        if boost:
            end = min(end, (now // boost + 1) * boost)
        chart.append(Slice(name, now, end))
        left[name] -= end - now
        rest[name] -= end - now
        now = end
        let_in()
        if left[name] and rest[name]:
            levels[level].appendleft(name)
        elif left[name]:
            level = min(level + 1, len(quanta) - 1)
            rest[name] = quanta[level]
            levels[level].append(name)
    return chart
