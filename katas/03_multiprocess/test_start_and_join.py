"""Checks of start_and_join: ten processes, all at once, and main waits for every one of them."""

import pytest

from conc_checker.course.checks import check


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


@check(points=3, builds_on=[test_all_ten_are_alive_together])
def test_waits_for_the_last_task(lab):
    """When all but the last task have ended, run_all is still waiting."""
    run = lab.call("run_all", lab.task(), 4)
    tasks = run.gather(4)
    tasks.release(but=tasks[3])
    run.is_waiting_for(tasks[3])
    run.finish()


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_waits_for_the_first_task(lab):
    """When all but the first task have ended, run_all is still waiting."""
    run = lab.call("run_all", lab.task(), 4)
    tasks = run.gather(4)
    tasks.release(but=tasks[0])
    run.is_waiting_for(tasks[0])
    run.finish()


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_slow_starters_are_waited_for(lab):
    """A process takes time to begin after start() has returned; run_all waits all the same."""
    run = lab.call("run_all", lab.task(), 4, slow=True)
    run.is_waiting_for_slow_starters()
    run.finish().numbered(range(4))


@check(points=2, builds_on=[test_all_ten_are_alive_together])
@pytest.mark.every_start_method
def test_ten_naps_take_as_long_as_one(lab):
    """Ten naps of one second each take one second together, and run_all says so."""
    lab.call("run_all", lab.nap(1.0), 10).finish().took(1.0)


@check(points=2, builds_on=[test_all_ten_are_alive_together])
def test_a_failing_task_stops_nobody(lab):
    """A task that raises stops neither the others nor run_all."""
    run = lab.call("run_all", lab.failing_task(1), 4)
    tasks = run.gather(4)
    tasks[1].release()
    run.is_waiting_for(tasks[0])
    tasks[2].release()  # whoever missed the failure at first sees it when he looks again
    run.is_waiting_for(tasks[0])
    run.finish().numbered(range(4))


@check(points=1, builds_on=[test_all_ten_are_alive_together])
def test_any_count(lab):
    """As many processes are started as were asked for: three, and one."""
    for count in (3, 1):
        run = lab.call("run_all", task=lab.task(), count=count)
        run.gather(count).release()
        run.finish().numbered(range(count))


@check(points=1, builds_on=[test_all_ten_are_alive_together])
@pytest.mark.every_start_method
def test_nothing_is_left_behind(lab):
    """When run_all comes back, also for the second time, no process is left, neither alive nor as a zombie."""
    lab.call("run_all", lab.nap(0.1), 4, times=2).finish().left_nothing()
