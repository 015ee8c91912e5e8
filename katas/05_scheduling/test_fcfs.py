"""Checks of fcfs and times: tables worked by hand, and any workload.

A job is written as name, arrival and burst: "A 0 3" arrives at tick 0 and needs 3 ticks.
A turn is written as name, start and end: "A 0-3" runs in the ticks 0, 1 and 2.
Times are written as name, waiting, response and turnaround time.
"""

from conc_checker.course.checks import check
from conc_checker.topics.scheduling.schedules import rotating, served_in_order, with_breaks
from conc_checker.topics.scheduling.workloads import for_any, workloads


@check(points=2)
def test_three_jobs_one_after_another(lab):
    """The one that arrived first runs to its end, then the next."""
    lab.schedule("fcfs", ["A 0 3", "B 1 2", "C 2 4"]).is_("A 0-3", "B 3-5", "C 5-9")


@check(points=2, builds_on=[test_three_jobs_one_after_another])
def test_nobody_is_there_yet(lab):
    """Before the first arrival, and in between, the processor is idle; there is no slice for that."""
    lab.schedule("fcfs", ["A 2 2", "B 7 1"]).is_("A 2-4", "B 7-8")


@check(points=2, builds_on=[test_three_jobs_one_after_another])
def test_the_list_is_in_any_order(lab):
    """The jobs come in order of arrival, in whatever order they are listed; those who come together, as listed."""
    lab.schedule("fcfs", ["D 4 1", "C 1 3", "B 1 2", "A 0 2"]).is_("A 0-2", "C 2-5", "B 5-7", "D 7-8")


@check(points=1)
def test_no_jobs_no_slices(lab):
    """Of an empty list an empty schedule is made."""
    lab.schedule("fcfs", []).is_()


@check(points=1, builds_on=[test_three_jobs_one_after_another, test_nobody_is_there_yet])
@for_any(jobs=workloads())
def test_its_input_is_left_alone(lab, jobs):
    """The list that was handed over belongs to the caller: it is not changed."""
    lab.schedule("fcfs", jobs).leaves_its_input_alone()


@check(points=2, builds_on=[test_three_jobs_one_after_another, test_nobody_is_there_yet])
@for_any(jobs=workloads())
def test_any_workload(lab, jobs):
    """Whatever the jobs are, each gets what it needs, nobody is idle while a job waits, and the order is right."""
    schedule = lab.schedule("fcfs", jobs)
    schedule.runs_one_at_a_time()
    schedule.gives_everybody_all()
    schedule.is_work_conserving()
    schedule.is_right()


@check(points=2)
def test_the_times_of_jobs_that_run_once(lab):
    """With a single turn, a job waits until that turn: waiting and response time are the same."""
    table = lab.times(["A 0 3", "B 1 2", "C 7 1"], ["A 0-3", "B 3-5", "C 7-8"])
    table.is_("A 0 0 3", "B 2 2 4", "C 0 0 1")


@check(points=2, builds_on=[test_the_times_of_jobs_that_run_once])
def test_the_times_of_jobs_that_take_turns(lab):
    """With several turns, a job also waits between them; its response time ends with the first."""
    table = lab.times(["A 0 3", "B 1 4"], ["A 0-2", "B 2-4", "A 4-5", "B 5-7"])
    table.is_("A 2 0 5", "B 2 1 6")


@check(points=2, builds_on=[test_the_times_of_jobs_that_run_once])
@for_any(jobs=workloads())
def test_the_times_of_any_schedule(lab, jobs):
    """The times are right for every schedule: jobs may run once or take turns, and wait while nobody runs."""
    lab.times(jobs, served_in_order(jobs)).is_right()
    lab.times(jobs, rotating(jobs, quantum=2)).is_right()
    lab.times(jobs, with_breaks(jobs)).is_right()


@check(points=1, builds_on=[test_the_times_of_jobs_that_run_once])
@for_any(jobs=workloads())
def test_times_leaves_its_input_alone(lab, jobs):
    """The lists of jobs and of slices belong to the caller: they are not changed."""
    lab.times(jobs, with_breaks(jobs)).leaves_its_input_alone()
