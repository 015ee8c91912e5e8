"""Checks of sjf: tables worked by hand, and any workload.

A job is written as name, arrival and burst: "A 0 3" arrives at tick 0 and needs 3 ticks.
A turn is written as name, start and end: "A 0-3" runs in the ticks 0, 1 and 2.
"""

from conc_checker.course.checks import check
from conc_checker.topics.scheduling.workloads import for_any, workloads


@check(points=2)
def test_the_shortest_goes_first(lab):
    """Three jobs are there from the start, and run in the order of what they need."""
    lab.schedule("sjf", ["A 0 5", "B 0 1", "C 0 3"]).is_("B 0-1", "C 1-4", "A 4-9")


@check(points=2, builds_on=[test_the_shortest_goes_first])
def test_who_runs_is_not_interrupted(lab):
    """B is shorter than what is left of A, but A keeps the processor to its end."""
    lab.schedule("sjf", ["A 0 6", "B 1 1", "C 2 3"]).is_("A 0-6", "B 6-7", "C 7-10")


@check(points=2, builds_on=[test_the_shortest_goes_first])
def test_only_who_is_there_can_be_chosen(lab):
    """At tick 0 only A is there: it is not kept waiting for shorter jobs that are still to come."""
    lab.schedule("sjf", ["A 0 4", "B 3 1", "C 5 1", "D 1 3"]).is_("A 0-4", "B 4-5", "C 5-6", "D 6-9")


@check(points=2, builds_on=[test_the_shortest_goes_first])
def test_a_tie_is_decided_by_arrival(lab):
    """Of equally short jobs the first to arrive goes first, and of those who came together the first in the list."""
    lab.schedule("sjf", ["D 2 2", "C 1 2", "B 1 2", "A 0 3"]).is_("A 0-3", "C 3-5", "B 5-7", "D 7-9")


@check(points=2, builds_on=[test_the_shortest_goes_first])
def test_nobody_is_there_yet(lab):
    """Before the first arrival, and in between, the processor is idle; there is no slice for that."""
    lab.schedule("sjf", ["A 2 2", "B 7 3", "C 7 1"]).is_("A 2-4", "C 7-8", "B 8-11")


@check(points=1)
def test_no_jobs_no_slices(lab):
    """Of an empty list an empty schedule is made."""
    lab.schedule("sjf", []).is_()


@check(points=1, builds_on=[test_the_shortest_goes_first, test_nobody_is_there_yet])
@for_any(jobs=workloads())
def test_its_input_is_left_alone(lab, jobs):
    """The list that was handed over belongs to the caller: it is not changed."""
    lab.schedule("sjf", jobs).leaves_its_input_alone()


@check(points=2, builds_on=[test_the_shortest_goes_first, test_nobody_is_there_yet])
@for_any(jobs=workloads())
def test_any_workload(lab, jobs):
    """Whatever the jobs are, each gets what it needs, nobody is idle while a job waits, and the order is right."""
    schedule = lab.schedule("sjf", jobs)
    schedule.runs_one_at_a_time()
    schedule.gives_everybody_all()
    schedule.is_work_conserving()
    schedule.is_right()
