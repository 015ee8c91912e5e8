"""One tick after the other."""

from conc_checker.scheduling import Slice


def mlfq(jobs, quanta, boost=None):
    if not quanta or any(q < 1 for q in quanta) or (boost is not None and boost < 1):
        raise ValueError("no such queue")
    queues = [[] for _ in quanta]
    left = {job.name: job.burst for job in jobs}
    where, used = {}, {}
    running, start, tick, chart = None, 0, 0, []

    def stop():
        chart.append(Slice(running, start, tick))

    while any(left.values()):
        for job in jobs:
            if job.arrival == tick:
                queues[0].append(job.name)
                where[job.name] = used[job.name] = 0
        if running and not left[running]:
            stop()
            running = None
        elif running and used[running] == quanta[where[running]]:
            stop()
            where[running] = min(where[running] + 1, len(quanta) - 1)
            used[running] = 0
            queues[where[running]].append(running)
            running = None
        if boost and tick and tick % boost == 0:
            if running:
                stop()
                queues[where[running]].insert(0, running)
                running = None
            queues = [sum(queues, [])] + [[] for _ in quanta[1:]]
            where = dict.fromkeys(where, 0)
            used = dict.fromkeys(used, 0)
        if running and any(queues[: where[running]]):
            stop()
            queues[where[running]].insert(0, running)
            running = None
        if not running:
            for queue in queues:
                if queue:
                    running, start = queue.pop(0), tick
                    break
        if running:
            left[running] -= 1
            used[running] += 1
        tick += 1
    if running:
        stop()
    return chart
