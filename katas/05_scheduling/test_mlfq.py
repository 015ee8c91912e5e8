"""Checks of mlfq: tables worked by hand, and any workload.

A job is written as name, arrival and burst: "A 0 3" arrives at tick 0 and needs 3 ticks.
A turn is written as name, start and end: "A 0-2" runs in the ticks 0 and 1.
`quanta=[2, 4]` is a top level with turns of 2 ticks, and one below it with turns of 4.
"""

from conc_checker.course.checks import check
from conc_checker.topics.scheduling.workloads import boosts, for_any, levels, workloads


@check(points=2)
def test_who_uses_up_its_quantum_moves_down(lab):
    """A and B both need more than a quantum of the top level, and go on below, where the turns are longer."""
    schedule = lab.schedule("mlfq", ["A 0 5", "B 0 4"], quanta=[1, 2])
    schedule.is_("A 0-1", "B 1-2", "A 2-4", "B 4-6", "A 6-8", "B 8-9")


@check(points=2, builds_on=[test_who_uses_up_its_quantum_moves_down])
def test_a_newcomer_ends_the_turn_of_a_lower_level(lab):
    """B arrives while A runs on the lower level: B runs at once, and then A has what is left of its quantum."""
    schedule = lab.schedule("mlfq", ["A 0 7", "B 4 1"], quanta=[2, 4])
    schedule.is_("A 0-2", "A 2-4", "B 4-5", "A 5-7", "A 7-8")


@check(points=1, builds_on=[test_who_uses_up_its_quantum_moves_down])
def test_a_newcomer_waits_for_a_turn_of_its_own_level(lab):
    """B arrives while A runs on the top level: they are equals, and A has its quantum."""
    schedule = lab.schedule("mlfq", ["A 0 4", "B 1 3"], quanta=[2, 4])
    schedule.is_("A 0-2", "B 2-4", "A 4-6", "B 6-7")


@check(points=2, builds_on=[test_who_uses_up_its_quantum_moves_down])
def test_the_interrupted_goes_first_on_its_level(lab):
    """C interrupts A, and B waits on A's level: when C is done A goes on, not B, for the two ticks it has left."""
    schedule = lab.schedule("mlfq", ["A 0 6", "B 0 6", "C 5 1"], quanta=[2, 3])
    schedule.is_("A 0-2", "B 2-4", "A 4-5", "C 5-6", "A 6-8", "B 8-11", "A 11-12", "B 12-13")


@check(points=2, builds_on=[test_who_uses_up_its_quantum_moves_down, test_a_newcomer_ends_the_turn_of_a_lower_level])
def test_three_levels(lab):
    """On the middle level A is interrupted as on the lowest; each level has a quantum of its own."""
    schedule = lab.schedule("mlfq", ["A 0 8", "B 2 1", "C 5 1"], quanta=[1, 2, 3])
    schedule.is_("A 0-1", "A 1-2", "B 2-3", "A 3-4", "A 4-5", "C 5-6", "A 6-8", "A 8-10")


@check(points=2, builds_on=[test_who_uses_up_its_quantum_moves_down])
def test_the_boost_lifts_everybody(lab):
    """At ticks 6 and 12 the turn ends, and all begin anew at the top."""
    schedule = lab.schedule("mlfq", ["A 0 9", "B 0 5"], quanta=[1, 5], boost=6)
    schedule.is_("A 0-1", "B 1-2", "A 2-6", "A 6-7", "B 7-8", "A 8-11", "B 11-12", "B 12-13", "B 13-14")


@check(points=1, builds_on=[test_who_uses_up_its_quantum_moves_down])
def test_nobody_is_there_yet(lab):
    """Before the first arrival, and in between, the processor is idle; there is no slice for that."""
    schedule = lab.schedule("mlfq", ["A 2 3", "B 9 1"], quanta=[2, 4], boost=4)
    schedule.is_("A 2-4", "A 4-5", "B 9-10")


@check(points=1)
def test_no_jobs_no_slices(lab):
    """Of an empty list an empty schedule is made."""
    lab.schedule("mlfq", [], quanta=[2, 4]).is_()
    lab.schedule("mlfq", [], quanta=[1], boost=3).is_()


@check(points=1)
def test_what_cannot_be_is_refused(lab):
    """Without a level, with a quantum or a boost below 1, mlfq raises a ValueError, also where nobody is there."""
    for jobs in (["A 0 3"], []):
        lab.schedule("mlfq", jobs, quanta=[]).is_refused()
        lab.schedule("mlfq", jobs, quanta=[2, 0]).is_refused()
        lab.schedule("mlfq", jobs, quanta=[0, 2]).is_refused()
        lab.schedule("mlfq", jobs, quanta=[2, -1, 4]).is_refused()
        lab.schedule("mlfq", jobs, quanta=[2, 4], boost=0).is_refused()
        lab.schedule("mlfq", jobs, quanta=[2, 4], boost=-3).is_refused()


@check(points=1, builds_on=[test_who_uses_up_its_quantum_moves_down, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quanta=levels(), boost=boosts())
def test_its_input_is_left_alone(lab, jobs, quanta, boost):
    """The lists that were handed over belong to the caller: they are not changed."""
    lab.schedule("mlfq", jobs, quanta=quanta, boost=boost).leaves_its_input_alone()


@check(points=2, builds_on=[test_who_uses_up_its_quantum_moves_down, test_nobody_is_there_yet])
@for_any(jobs=workloads(), quanta=levels())
def test_any_workload(lab, jobs, quanta):
    """Without a boost, each job gets what it needs, nobody is idle while a job waits, and the order is right."""
    schedule = lab.schedule("mlfq", jobs, quanta=quanta)
    schedule.runs_one_at_a_time()
    schedule.gives_everybody_all()
    schedule.is_work_conserving()
    schedule.keeps_to_the_quantum()
    schedule.is_right()


@check(
    points=2,
    builds_on=[test_who_uses_up_its_quantum_moves_down, test_nobody_is_there_yet, test_the_boost_lifts_everybody],
)
@for_any(jobs=workloads(), quanta=levels(), boost=boosts())
def test_any_boost(lab, jobs, quanta, boost):
    """Whatever the jobs are, and however often all are lifted, the schedule is the one of the contract."""
    lab.schedule("mlfq", jobs, quanta=quanta, boost=boost).is_right()
