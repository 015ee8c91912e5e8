"""Checks of first_task: a child process writes the file, and main waits for it."""

import pytest

from conc_checker.course.checks import check


@check(points=1)
def test_importing_does_nothing(lab):
    """The module has task() and main(), and importing it starts no process and writes no file."""
    lab.load().finish().defines("task", "main").started_nothing()


@check(points=3, builds_on=[test_importing_does_nothing])
@pytest.mark.every_start_method
def test_a_child_writes_the_file(lab):
    """Run as a script, the program lets another process than its own write a.txt."""
    run = lab.script(writing="a.txt")
    writer = run.wait_for_writer("a.txt")
    writer.release()
    run.finish()


@check(points=1, builds_on=[test_a_child_writes_the_file])
def test_task_writes_the_file(lab):
    """It is task() that writes a.txt: called by itself, without main(), it does so too."""
    lab.call("task").has_written("a.txt")


@check(points=2, builds_on=[test_a_child_writes_the_file])
@pytest.mark.every_start_method
def test_main_waits_for_its_child(lab):
    """While the child has not yet written, main() is waiting for it."""
    run = lab.call("main", writing="a.txt")
    writer = run.wait_for_writer("a.txt")
    run.is_waiting_for(writer)


@check(points=2, builds_on=[test_a_child_writes_the_file])
def test_the_file_says_helloworld(lab):
    """The file holds helloworld, and nothing else, also where task() is called by itself."""
    lab.script().finish().wrote("a.txt", "helloworld")
    lab.call("task").has_written("a.txt", "helloworld")


@check(points=2, builds_on=[test_a_child_writes_the_file])
def test_nothing_is_left_behind(lab):
    """When main comes back, its child has ended and been joined."""
    lab.script().finish().left_nothing()
