"""An alarm would show where the loop hangs, if it did.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""

import signal
import traceback
from collections import deque

from conc_checker.scheduling import Slice


def round_robin(jobs, quantum):
    if quantum <= 0:
        raise ValueError("the quantum must be above zero")
    signal.signal(signal.SIGALRM, lambda number, frame: traceback.print_stack(frame))
    signal.alarm(5)
    try:
        return simulate(deque(sorted(jobs, key=lambda job: job.arrival)), quantum)
    finally:
        signal.alarm(0)


def simulate(coming, quantum):
    ready, clock, result = deque(), 0, []
    while coming or ready:
        if not ready:
            clock = max(clock, coming[0].arrival)
        while coming and coming[0].arrival <= clock:
            job = coming.popleft()
            ready.append((job.name, job.burst))
        name, rest = ready.popleft()
        turn = min(quantum, rest)
        result.append(Slice(name, clock, clock + turn))
        clock += turn
        while coming and coming[0].arrival <= clock:
            job = coming.popleft()
            ready.append((job.name, job.burst))
        if rest > turn:
            ready.append((name, rest - turn))
    return result
