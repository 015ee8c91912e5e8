"""Mistakes about what the task is given, and how often it is called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.mistake import mistake, only_for
from conc_checker.record.verdict import Diagnosis

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site, TaskRun


def _call_site(story: Story) -> Site | None:
    """Return the line that makes the call: where the Process was created, else where the task was called."""
    sites = [e.site for e in story.created if e.site]
    if sites:
        return sites[-1]
    begun = [story.trace.events[t.begin].site for t in story.tasks]
    return next((s for s in begun if s), None)


def _creation_of(story: Story, task: TaskRun) -> Site | None:
    """Return where the process was created that ran a task."""
    started = next((e for e in story.started if e.get("pid") == task.pid), None)
    if started is None:
        return None
    return next((e.site for e in story.created if e.get("key") == started.get("key")), None)


@mistake("args-a-bare-string", "value")
@mistake("index-missing")
@mistake("wrong-arguments", "given")
def misused(story: Story, rule: str) -> Diagnosis | None:
    """The task was called with no argument, or with too many."""
    event = story.trace.first("task-misused")
    if event is None:
        return _misused_function(story)
    given: list[Any] = event.get("args", [])
    site = _call_site(story)
    if not given:
        return Diagnosis("index-missing", site)
    if all(isinstance(a, str) and len(a) == 1 for a in given):
        return Diagnosis("args-a-bare-string", site, {"value": "".join(given)})
    return Diagnosis("wrong-arguments", site, {"given": len(given)})


def _misused_function(story: Story) -> Diagnosis | None:
    """A child's target could not be called with what args held: `args=("a.txt")` gives it five letters."""
    for failure in story.failures:
        if failure.get("type") == "TypeError" and "positional argument" in str(failure.get("message")):
            bare = _bare_args(story)
            if bare is not None:
                return Diagnosis("args-a-bare-string", story.at(bare.lineno), {"value": ast.unparse(bare)})
    return None


@mistake("args-a-bare-string", "value")
@mistake("main-pid-passed-on")
@mistake("not-its-number", "values")
def wrong_kind(story: Story, rule: str) -> Diagnosis | None:
    """The tasks got something else than numbers."""
    values = [t.index for t in story.tasks]
    if values and all(v == story.main for v in values):
        return Diagnosis("main-pid-passed-on", _call_site(story))
    if values and all(isinstance(v, str) for v in values):
        if _bare_args(story) and all(len(v) == 1 for v in values):
            return Diagnosis("args-a-bare-string", _call_site(story), {"value": values[0]})
        shown = ", ".join(repr(v) for v in dict.fromkeys(values[:3]))
        return Diagnosis("not-its-number", _call_site(story), {"values": shown})
    return None


def _bare_args(story: Story) -> ast.expr | None:
    """Return what stands after `args=`, where that is neither a tuple nor a list."""
    given = (n.value for n in story.code.nodes() if isinstance(n, ast.keyword) and n.arg == "args")
    return next((value for value in given if not isinstance(value, ast.Tuple | ast.List)), None)


@mistake("count-ignored", "given", "values")
@mistake("same-task-twice", "given", "task", "values")
@mistake("wrong-default", "expected", "given")
@mistake("wrong-index", "given", "values")
@only_for("numbers")
def wrong_numbers(story: Story, rule: str) -> Diagnosis | None:
    """The tasks got other numbers than 0 to count - 1, or some of them twice."""
    values = [t.index for t in story.tasks]
    wanted = story.asked.get("expected") or story.trace.facts.count or 0
    default = taken_by_default(story, len(values))
    if default is not None:
        return Diagnosis(
            "wrong-default", story.at(default), {"given": len(values), "expected": story.trace.facts.count}
        )
    facts = {"given": len(values), "values": ", ".join(str(v) for v in values[:12])}
    if len(values) > wanted and set(values) == set(range(wanted)):
        first: dict[Any, TaskRun] = {}
        for task in story.tasks:
            before = first.setdefault(task.index, task)
            if before is not task:
                same = before.pid == task.pid
                site = story.trace.events[task.begin].site if same else _later(story, before, task)
                return Diagnosis("same-task-twice", site, {**facts, "task": task.index})
    if len(values) == wanted:
        shifted = next((c.lineno for c in story.code.calls("range") if len(c.args) > 1), None)
        return Diagnosis("wrong-index", story.at(shifted) or _call_site(story), facts)
    return Diagnosis("count-ignored", story.at(_fixed_range(story)) or _call_site(story), facts)


def taken_by_default(story: Story, given: int) -> int | None:
    """Return the line on which the function declares that this many are wanted by whoever does not say how many."""
    function = story.code.function(story.trace.facts.function)
    if function is None or given == story.trace.facts.count or story.trace.facts.given >= len(function.args.args):
        return None
    values = [d.value for d in function.args.defaults if isinstance(d, ast.Constant)]
    return function.lineno if given in values else None


def _later(story: Story, one: TaskRun, other: TaskRun) -> Site | None:
    sites = [s for s in (_creation_of(story, one), _creation_of(story, other)) if s]
    return max(sites, key=lambda s: s.line) if sites else _call_site(story)


def _fixed_range(story: Story) -> int | None:
    for call in story.code.calls("range"):
        if call.args and all(isinstance(a, ast.Constant) for a in call.args):
            return call.lineno
    return None


@mistake("count-ignored", "given")
@only_for("overlap")
def too_many_or_few(story: Story, rule: str) -> Diagnosis | None:
    """Another number of tasks ran than were asked for, and each was right in itself."""
    if story.ended is None or story.failures or not story.tasks:
        return None
    if story.never_started or not all(story.ended_before_main(t) for t in story.tasks):
        return None
    line = _fixed_range(story)
    return Diagnosis("count-ignored", story.at(line), {"given": len(story.tasks)}) if line else None


@mistake("wrong-signature", "message")
def count_comes_first(story: Story, rule: str) -> Diagnosis | None:
    """The function takes its two parameters in the other order."""
    event = story.raised
    name = story.trace.facts.function
    function = story.code.function(name)
    if event is None or event.get("type") != "TypeError" or function is None:
        return None
    if [a.arg for a in function.args.args][:1] != ["count"]:
        return None
    return Diagnosis("wrong-signature", story.at(function.lineno), {"message": event.get("message")})


RECOGNISERS = (misused, wrong_kind, wrong_numbers, too_many_or_few)
FIRST = (count_comes_first,)
