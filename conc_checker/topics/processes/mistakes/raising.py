"""Mistakes that make main give up: over a task that fails on purpose, or a result that is not there yet."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.diagnosis.mistake import mistake, only_for
from conc_checker.record.verdict import Diagnosis

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story


@mistake("join-result-used")
@only_for("finish")
def join_result_as_code(story: Story, rule: str) -> Diagnosis | None:
    """A script took what join() returned for the exit code, and so ended as if its child had failed."""
    if story.ended is None or not story.ended.get("exited"):
        return None
    statements = {id(n.value) for n in story.code.nodes() if isinstance(n, ast.Expr)}
    for call in story.code.calls("join"):
        if id(call) not in statements and not call.args:
            return Diagnosis("join-result-used", story.at(call.lineno))
    return None


@mistake("stopped-by-a-failing-task", "error", "message")
def stopped_by_a_failing_task(story: Story, rule: str) -> Diagnosis | None:
    """A task's exception came out of the learner's function, or was made to."""
    if story.raised is None or not story.trace.facts.failing:
        return None
    return Diagnosis(
        "stopped-by-a-failing-task",
        story.raised.site,
        {"error": story.raised.get("type"), "message": story.raised.get("message")},
    )


@mistake("expected-to-run-at-once", "started")
def expected_to_run_at_once(story: Story, rule: str) -> Diagnosis | None:
    """Main gave up because its processes had not begun; start() only asks for them."""
    if story.raised is None or story.joined or story.failures:
        return None
    site = story.raised.site
    raising = [n for n in story.code.nodes() if isinstance(n, ast.Raise) and site and n.lineno == site.line]
    ifs = [n for n in story.code.nodes() if isinstance(n, ast.If) and raising and raising[0] in ast.walk(n)]
    pids = [int(e.get("pid")) for e in story.started if e.get("pid")]
    alive = [pid for pid in pids if story.position_of_exit(pid) > story.end]
    if not ifs or not alive:
        return None
    return Diagnosis("expected-to-run-at-once", story.at(ifs[-1].lineno), {"started": len(alive)})


@mistake("not-joined")
def read_too_early(story: Story, rule: str) -> Diagnosis | None:
    """Main failed over a result that its child had not produced yet, without having waited."""
    if story.raised is None or story.joined or not story.started or story.failures:
        return None
    if story.raised.get("type") not in ("FileNotFoundError", "ValueError", "IndexError", "KeyError"):
        return None
    return Diagnosis("not-joined", story.at(story.code.line_of_bare("join")) or story.start_site)


@mistake("lambda-as-target")
@only_for("overlap")
def submitted_lambda(story: Story, rule: str) -> Diagnosis | None:
    """An executor was given a lambda, which cannot travel to a worker; the future keeps the error to itself."""
    if story.ended is None or story.tasks:
        return None
    for call in story.code.calls("submit", "map", "apply_async", "map_async"):
        for part in ast.walk(call):
            if isinstance(part, ast.Lambda):
                return Diagnosis("lambda-as-target", story.at(call.lineno))
    return None


RECOGNISERS = (expected_to_run_at_once, stopped_by_a_failing_task, read_too_early, join_result_as_code)
