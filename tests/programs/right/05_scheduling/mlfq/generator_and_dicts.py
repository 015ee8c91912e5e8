"""A generator of turns, and dictionaries of plain numbers."""

def _turns(jobs, quanta, boost):
    coming = sorted(jobs, key=lambda job: job.arrival)
    left = {job.name: job.burst for job in jobs}
    level = dict.fromkeys(left, 0)
    rest = dict.fromkeys(left, quanta[0])
    order = []  # all who are there, in the order of their queues when filtered by level
    now, lifted = 0, 0

    def arrive():
        while coming and coming[0].arrival <= now:
            order.append(coming.pop(0).name)

    while coming or order:
        if not order:
            now = max(now, coming[0].arrival)
        arrive()
        if boost and now // boost > lifted:
            lifted = now // boost
            if now % boost == 0:
                order.sort(key=lambda name: level[name])
                for name in order:
                    level[name], rest[name] = 0, quanta[0]
        name = min(order, key=lambda name: level[name])
        place = order.index(name)
        end = now + min(left[name], rest[name])
        if level[name] and coming:
            end = min(end, coming[0].arrival)
        if boost:
            end = min(end, (now // boost + 1) * boost)
        yield name, now, end
        left[name] -= end - now
        rest[name] -= end - now
        now = end
        arrive()
        if not left[name]:
            del order[place]
        elif not rest[name]:
            del order[place]
            order.append(name)
            level[name] = min(level[name] + 1, len(quanta) - 1)
            rest[name] = quanta[level[name]]


def mlfq(jobs, quanta, boost=None):
    if not quanta or min(quanta) < 1 or (boost is not None and boost < 1):
        raise ValueError("quanta and boost must be positive")
    return list(_turns(jobs, quanta, boost))
