"""Checks of start_and_join: ten processes, all at once, and main waits for every one of them."""

import os

import pytest

from conc_checker.course.checks import check

LENGTHS = [0.7, 1.25, 0.4, 1.7, 0.85, 1.15, 0.55, 1.3, 0.8, 1.2]  # seconds; the longest is neither first nor last
MANY = max(12, min(1 + (os.cpu_count() or 1), 48))  # more than are started unasked, and more than there are processors


@check(points=1)
def test_importing_starts_nothing(lab):
    """The module can be imported without starting a process."""
    lab.load().finish().started_nothing()


@check(points=4, builds_on=[test_importing_starts_nothing])
@pytest.mark.every_start_method
def test_all_ten_are_alive_together(lab):
    """All ten tasks run at the same moment, each in a process of its own."""
    run = lab.call("run_all", lab.task(), 10)
    tasks = run.gather(10)
    tasks.are_separate_processes()
    run.is_waiting_for(tasks)
    tasks.release()
    run.finish()


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_each_task_gets_its_own_number(lab):
    """The tasks are called with the numbers 0 to 9, each with one of them; ten are what is started unasked."""
    run = lab.call("run_all", lab.task())
    tasks = run.gather(10)
    tasks.release()
    run.finish().numbered(range(10))


@check(points=1, builds_on=[test_all_ten_are_alive_together])
def test_any_count(lab):
    """As many processes are started as were asked for: one, three, or more than the machine has processors."""
    for count in (3, 1, MANY):
        run = lab.call("run_all", task=lab.task(), count=count)
        run.gather(count).release()
        run.finish().numbered(range(count))


@check(points=3, builds_on=[test_all_ten_are_alive_together])
def test_waits_for_the_last_task(lab):
    """When all but the last task have ended, run_all is still waiting."""
    run = lab.call("run_all", lab.task(), 10)
    tasks = run.gather(10)
    tasks.release(but=tasks[9])
    run.is_waiting_for(tasks[9])
    run.finish()


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_waits_for_the_first_task(lab):
    """When all but the first task have ended, run_all is still waiting."""
    run = lab.call("run_all", lab.task(), 10)
    tasks = run.gather(10)
    tasks.release(but=tasks[0])
    run.is_waiting_for(tasks[0])
    run.finish()


@check(points=1, builds_on=[test_waits_for_the_last_task, test_waits_for_the_first_task])
def test_waits_for_those_in_between(lab):
    """When all but one in the middle have ended, run_all is still waiting."""
    for number in (1, 8):
        run = lab.call("run_all", lab.task(), 10)
        tasks = run.gather(10)
        tasks.release(but=tasks[number])
        run.is_waiting_for(tasks[number])
        run.finish()


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_slow_starters_are_waited_for(lab):
    """A process takes time to begin after start() has returned; run_all waits all the same."""
    run = lab.call("run_all", lab.task(), 4, slow="starters")
    run.is_waiting_for_slow_starters()
    run.finish()


@check(points=1, builds_on=[test_waits_for_those_in_between])
def test_slow_enders_are_waited_for(lab):
    """A process takes time to end after its task has; run_all waits all the same."""
    run = lab.call("run_all", lab.task(), 4, slow="enders")
    run.gather(4).release()
    run.is_waiting_for_slow_enders()
    run.finish()


@check(points=2, builds_on=[test_waits_for_those_in_between])
@pytest.mark.every_start_method
def test_ten_naps_take_as_long_as_the_longest(lab):
    """Ten naps of different lengths take together as long as the longest of them, and run_all says so."""
    lab.call("run_all", lab.nap(LENGTHS), 10).finish().took(max(LENGTHS))


@check(points=1, builds_on=[test_ten_naps_take_as_long_as_the_longest])
def test_the_clock_begins_with_the_work(lab):
    """Each process takes a while to be started, and the first is at work meanwhile: that counts, too."""
    lab.call("run_all", lab.nap(0.5), 4, starting=0.25).finish().says_how_long_it_took()


@check(points=2, builds_on=[test_any_count, test_waits_for_those_in_between])
def test_a_failing_task_stops_nobody(lab):
    """A task that raises stops neither the others nor run_all, whether all others are still at work or one is left."""
    run = lab.call("run_all", lab.failing_task(1), 4)
    tasks = run.gather(4)
    tasks[1].release()
    run.is_waiting_for(tasks[0, 2, 3])
    tasks[2].release()  # whoever missed the failure at first sees it when he looks again
    run.is_waiting_for(tasks[0, 3])
    run.finish()
    for failing, left in ((0, 3), (3, 0), (1, 2)):
        run = lab.call("run_all", lab.failing_task(failing), 4)
        tasks = run.gather(4)
        tasks.release(but=tasks[failing, left])
        run.is_waiting_for(tasks[failing, left])
        tasks[failing].release()
        run.is_waiting_for(tasks[left])
        run.finish()


@check(points=1, builds_on=[test_a_failing_task_stops_nobody, test_ten_naps_take_as_long_as_the_longest])
def test_a_failing_task_changes_no_time(lab):
    """When some tasks have raised, the first or the last to end among them, run_all returns its number as usual."""
    for failing in (LENGTHS.index(min(LENGTHS)), LENGTHS.index(max(LENGTHS))):
        lab.call("run_all", lab.nap(LENGTHS, fails=[failing]), 10).finish().took(max(LENGTHS))


@check(points=1, builds_on=[test_waits_for_those_in_between])
@pytest.mark.every_start_method
def test_nothing_is_left_behind(lab):
    """When run_all comes back, also for the second time, no process is left, neither alive nor as a zombie."""
    lab.call("run_all", lab.nap(0.1), 4, times=2).finish().left_nothing()
