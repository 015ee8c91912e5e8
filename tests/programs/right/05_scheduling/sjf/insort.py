"""Keeps those who are there in a sorted list, into which each arrival is put at its place."""

from bisect import insort

from conc_checker.scheduling import Slice


def sjf(jobs):
    arrivals = sorted(range(len(jobs)), key=lambda number: (jobs[number].arrival, number), reverse=True)
    there, slices, clock = [], [], 0
    while arrivals or there:
        if not there:
            clock = max(clock, jobs[arrivals[-1]].arrival)
        while arrivals and jobs[arrivals[-1]].arrival <= clock:
            number = arrivals.pop()
            insort(there, (jobs[number].burst, jobs[number].arrival, number))
        burst, _, number = there.pop(0)
        slices.append(Slice(name=jobs[number].name, start=clock, end=clock + burst))
        clock += burst
    return slices
