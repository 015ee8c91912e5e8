"""Checks of round_robin: tables worked by hand, what holds of every such schedule, and any workload.

A job is written as name, arrival and burst: "A 0 3" arrives at tick 0 and needs 3 ticks.
A turn is written as name, start and end: "A 0-2" runs in the ticks 0 and 1.
"""

from conc_checker.course.checks import check
from conc_checker.topics.scheduling.workloads import for_any, quanta, workloads


@check(points=2)
def test_two_jobs_take_turns(lab):
    """A and B are both there from the start, and have the processor in turn, two ticks at a time."""
    schedule = lab.schedule("round_robin", ["A 0 4", "B 0 4"], quantum=2)
    schedule.is_("A 0-2", "B 2-4", "A 4-6", "B 6-8")


@check(points=2, builds_on=[test_two_jobs_take_turns])
def test_a_last_turn_may_be_short(lab):
    """A job that needs less than a quantum to be done gives the processor back at once."""
    schedule = lab.schedule("round_robin", ["A 0 3", "B 0 1", "C 0 4"], quantum=2)
    schedule.is_("A 0-2", "B 2-3", "C 3-5", "A 5-6", "C 6-8")


@check(points=3, builds_on=[test_two_jobs_take_turns])
def test_a_newcomer_is_queued_before_the_preempted(lab):
    """C arrives at the very tick at which A's turn ends, and comes before A in the queue."""
    schedule = lab.schedule("round_robin", ["A 0 4", "B 1 2", "C 2 1"], quantum=2)
    schedule.is_("A 0-2", "B 2-4", "C 4-5", "A 5-7")


@check(points=2, builds_on=[test_two_jobs_take_turns])
def test_nobody_is_there_yet(lab):
    """Before the first arrival, and in between, the processor is idle; there is no slice for that."""
    schedule = lab.schedule("round_robin", ["A 2 3", "B 9 1"], quantum=2)
    schedule.is_("A 2-4", "A 4-5", "B 9-10")


@check(points=2, builds_on=[test_two_jobs_take_turns])
def test_the_list_is_in_any_order(lab):
    """The jobs come in order of arrival, in whatever order they are listed; those who come together, as listed."""
    schedule = lab.schedule("round_robin", ["D 3 1", "C 1 3", "B 1 1", "A 0 3"], quantum=2)
    schedule.is_("A 0-2", "C 2-4", "B 4-5", "A 5-6", "D 6-7", "C 7-8")


@check(points=1)
def test_no_jobs_no_slices(lab):
    """Of an empty list an empty schedule is made."""
    lab.schedule("round_robin", [], quantum=2).is_()
    lab.schedule("round_robin", [], quantum=1).is_()


@check(points=1)
def test_a_quantum_below_one_is_refused(lab):
    """With a quantum of 0 nobody would ever get on: round_robin raises a ValueError, also where nobody is there."""
    lab.schedule("round_robin", ["A 0 3"], quantum=0).is_refused()
    lab.schedule("round_robin", ["A 0 3"], quantum=-1).is_refused()
    lab.schedule("round_robin", [], quantum=0).is_refused()


@check(points=1, builds_on=[test_two_jobs_take_turns, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quantum=quanta())
def test_its_input_is_left_alone(lab, jobs, quantum):
    """The list that was handed over belongs to the caller: it is not changed."""
    lab.schedule("round_robin", jobs, quantum=quantum).leaves_its_input_alone()


@check(points=2, builds_on=[test_two_jobs_take_turns, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quantum=quanta())
def test_everybody_gets_what_he_needs(lab, jobs, quantum):
    """Each job runs for exactly as many ticks as it needs, after its arrival, and nobody else runs meanwhile."""
    schedule = lab.schedule("round_robin", jobs, quantum=quantum)
    schedule.runs_one_at_a_time()
    schedule.starts_nobody_early()
    schedule.gives_everybody_all()


@check(points=1, builds_on=[test_two_jobs_take_turns, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quantum=quanta())
def test_it_is_work_conserving(lab, jobs, quantum):
    """As long as somebody is there and not done, somebody runs: the processor is never idle while a job waits."""
    lab.schedule("round_robin", jobs, quantum=quantum).is_work_conserving()


@check(points=1, builds_on=[test_two_jobs_take_turns, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quantum=quanta())
def test_waiting_is_bounded(lab, jobs, quantum):
    """No turn is longer than a quantum, so of n jobs nobody waits longer than n - 1 quanta for the next turn."""
    schedule = lab.schedule("round_robin", jobs, quantum=quantum)
    schedule.keeps_to_the_quantum()
    schedule.bounds_waiting()


@check(points=2, builds_on=[test_two_jobs_take_turns, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quantum=quanta())
def test_any_workload(lab, jobs, quantum):
    """Whatever the jobs are, the schedule is exactly the one that the contract lays down."""
    lab.schedule("round_robin", jobs, quantum=quantum).is_right()
