"""A thread says from time to time how far it is; the schedule knows nothing of it.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""

import threading

from conc_checker.scheduling import Slice, Times


def fcfs(jobs):
    done, result = threading.Event(), []

    def report():
        while not done.wait(0.5):
            print(len(result), "of", len(jobs))

    threading.Thread(target=report, daemon=True).start()
    clock = 0
    for job in sorted(jobs, key=lambda job: job.arrival):
        clock = max(clock, job.arrival)
        result.append(Slice(job.name, clock, clock + job.burst))
        clock += job.burst
    done.set()
    return result


def times(jobs, slices):
    result = {}
    for job in jobs:
        mine = [turn for turn in slices if turn.name == job.name]
        turnaround = mine[-1].end - job.arrival
        response = mine[0].start - job.arrival
        result[job.name] = Times(turnaround - job.burst, response, turnaround)
    return result
