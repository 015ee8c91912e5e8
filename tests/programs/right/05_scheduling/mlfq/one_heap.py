"""Has one heap for all levels: who comes first is told by the level, and by a number that grows at the tail."""

import heapq
import itertools

from conc_checker.scheduling import Slice


def mlfq(jobs, quanta, boost=None):
    if len(quanta) == 0 or any(quantum <= 0 for quantum in quanta):
        raise ValueError("quanta")
    if boost is not None and boost <= 0:
        raise ValueError("boost")
    tail, head = itertools.count(1), itertools.count(-1, -1)
    future = sorted(jobs, key=lambda job: job.arrival)[::-1]
    heap, slices, clock = [], [], 0  # entries are [level, place, name, left, what is left of the quantum]

    def arrive():
        while future and future[-1].arrival <= clock:
            job = future.pop()
            heapq.heappush(heap, [0, next(tail), job.name, job.burst, quanta[0]])

    while future or heap:
        if not heap:
            clock = max(clock, future[-1].arrival)
        arrive()
        if boost and clock and clock % boost == 0:
            heap = [[0, next(tail), name, left, quanta[0]] for _, _, name, left, _ in sorted(heap)]
        level, _, name, left, rest = heapq.heappop(heap)
        length = min(left, rest)
        if level > 0 and future:
            length = min(length, future[-1].arrival - clock)
        if boost:
            length = min(length, boost - clock % boost)
        slices.append(Slice(name, clock, clock + length))
        clock, left, rest = clock + length, left - length, rest - length
        arrive()
        if left and rest:
            heapq.heappush(heap, [level, next(head), name, left, rest])
        elif left:
            below = min(level + 1, len(quanta) - 1)
            heapq.heappush(heap, [below, next(tail), name, left, quanta[below]])
    return slices
