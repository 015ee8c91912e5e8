"""Mistakes about the time that the function returns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.diagnosis.mistake import mistake, only_for
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.processes.rules import too_long_pauses

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site

_CLOCKS = ("time", "monotonic", "perf_counter", "time_ns", "monotonic_ns", "perf_counter_ns", "now", "default_timer")
_CPU_CLOCKS = ("process_time", "process_time_ns", "thread_time", "thread_time_ns", "times", "getrusage", "clock")
_CLOSE = 0.05  # of a second: learners may round


def return_site(story: Story) -> Site | None:
    """Return the function's last return statement, or its last line when it has none."""
    function = story.code.function(story.trace.facts.function)
    if function is None:
        return None
    returns = [n.lineno for n in ast.walk(function) if isinstance(n, ast.Return)]
    return story.at(max(returns, default=function.body[-1].lineno))


@mistake("elapsed-is-a-timedelta", "type", "value")
@mistake("elapsed-not-a-number", "type", "value")
@mistake("elapsed-printed-as-text", "type", "value")
@mistake("join-result-used", "type", "value")
@mistake("nothing-returned", "type", "value")
@only_for("timing")
def no_value(story: Story, rule: str) -> Diagnosis | None:
    """The function returned nothing, or something that is no number of seconds."""
    if story.ended is None:
        return None
    value = story.ended.get("value", {})
    kind = value.get("type")
    facts = {"value": value.get("plain") if not isinstance(value.get("plain"), dict) else kind, "type": kind}
    site = return_site(story)
    if kind == "NoneType":
        for call in story.code.calls("join"):
            if _is_used(story, call):
                return Diagnosis("join-result-used", story.at(call.lineno), facts)
        return Diagnosis("nothing-returned", _return_of_nothing(story) or site, facts)
    if kind == "str":
        return Diagnosis("elapsed-printed-as-text", site, facts)
    if kind == "timedelta":
        return Diagnosis("elapsed-is-a-timedelta", site, facts)
    if value.get("number") is None:
        return Diagnosis("elapsed-not-a-number", site, facts)
    return None


def _return_of_nothing(story: Story) -> Site | None:
    """Return the last line of the function that returns None and says so."""
    function = story.code.function(story.trace.facts.function)
    returns = [n for n in ast.walk(function) if isinstance(n, ast.Return)] if function else []
    empty = [n.lineno for n in returns if n.value is None or ast.unparse(n.value) == "None"]
    return story.at(max(empty, default=None))


def _is_used(story: Story, call: ast.Call) -> bool:
    return not any(isinstance(n, ast.Expr) and n.value is call for n in story.code.nodes())


@mistake("clock-reading-returned", "took", "value")
@mistake("clock-stopped-too-early", "ended", "left", "took", "value")
@mistake("cpu-time-returned", "took", "value")
@mistake("durations-added-up", "took", "value")
@mistake("elapsed-in-milliseconds", "took", "unit", "value")
@mistake("elapsed-in-whole-seconds", "took", "value")
@mistake("elapsed-negative", "took", "value")
@mistake("queue-empty-polled", "took", "value")
@mistake("timed-before-joining", "took", "value")
@only_for("timing")
def wrong_value(story: Story, rule: str) -> Diagnosis | None:
    """The number is in another unit, of another clock, or of another stretch of time."""
    number = story.number
    if number is None:
        return None
    took = story.took
    site = return_site(story)
    facts = {"value": round(number, 3), "took": round(took, 2)}
    if number < 0:
        return Diagnosis("elapsed-negative", site, facts)
    for factor, unit in ((1e3, "ms"), (1e6, "µs"), (1e9, "ns")):
        if abs(number / factor - took) < _CLOSE and number > 100:
            return Diagnosis("elapsed-in-milliseconds", site, {**facts, "unit": unit})
    if number > 1000 + took:
        return Diagnosis("clock-reading-returned", site, facts)
    if number < _CLOSE and took > _CLOSE:
        cpu = story.code.calls(*_CPU_CLOCKS)
        if cpu:
            return Diagnosis("cpu-time-returned", story.at(cpu[-1].lineno), facts)
        empty = story.code.line_of_call("empty")
        if empty is not None:
            return Diagnosis("queue-empty-polled", story.at(empty), facts)
        return Diagnosis("timed-before-joining", _first_difference(story) or site, facts)
    ends = sorted(story.trace.events[t.end].virtual for t in story.tasks if t.end is not None)
    begins = [story.trace.events[t.begin].virtual for t in story.tasks]
    worked = sum(ends) - sum(begins)
    if len(ends) > 1 and len(ends) == len(begins) and abs(number - worked) < _CLOSE * len(ends) < worked - took:
        return Diagnosis("durations-added-up", story.at(story.code.line_of_call("sum")) or site, facts)
    if number == int(number) and abs(number - took) < 1 and not _is_fixed(story):
        return Diagnosis("elapsed-in-whole-seconds", story.at(story.code.line_of_call("int", "round")) or site, facts)
    begun = story.trace.events[story.begin].virtual
    over = [end for end in ends if end - begun < number + _CLOSE]
    if over and over[-1] < ends[-1] and abs(over[-1] - begun - number) < _CLOSE:
        counted = {"ended": len(over), "left": len(ends) - len(over)}
        return Diagnosis(
            "clock-stopped-too-early", story.at(max(_readings(story), default=None)) or site, {**facts, **counted}
        )
    return None


def _is_fixed(story: Story) -> bool:
    """Whether the function returns a number that stands in the code."""
    function = story.code.function(story.trace.facts.function)
    returns = [n for n in ast.walk(function) if isinstance(n, ast.Return)] if function else []
    return any(isinstance(n.value, ast.Constant) for n in returns)


def _readings(story: Story) -> list[int]:
    """Return the lines of the function that look at a clock."""
    function = story.code.function(story.trace.facts.function)
    calls = [n for n in ast.walk(function) if isinstance(n, ast.Call)] if function else []
    return [call.lineno for call in calls if _name(call.func) in _CLOCKS]


@mistake("elapsed-wrong", "expected", "took", "value")
@only_for("timing")
def another_number(story: Story, rule: str) -> Diagnosis | None:
    """The number is none that we know how to come by."""
    number = story.number
    if number is None:
        return None
    took = story.took
    facts = {"value": round(number, 3), "took": round(took, 2), "expected": story.asked.get("seconds", round(took, 2))}
    return Diagnosis("elapsed-wrong", return_site(story), facts)


def _first_difference(story: Story) -> Site | None:
    """Return the line that first takes the difference of two clock readings."""
    function = story.code.function(story.trace.facts.function)
    if function is None:
        return None
    inside = [n for n in ast.walk(function) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Sub)]
    lines = [n.lineno for n in inside if any(isinstance(c, ast.Call) and _name(c.func) in _CLOCKS for c in ast.walk(n))]
    return story.at(min(lines)) if lines else None


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@mistake("clock-started-too-late", "missing", "took", "value")
@only_for("timing")
def started_too_late(story: Story, rule: str) -> Diagnosis | None:
    """The number is what went by after the last process had been started."""
    number = story.number
    starts = story.of_main("started", "forked", "fork")
    if number is None or story.ended is None or not starts or not story.tasks:
        return None
    begun = starts[-1].virtual
    missing = begun - min(story.trace.events[t.begin].virtual for t in story.tasks)
    if missing < _CLOSE or abs(number - (story.ended.virtual - begun)) > _CLOSE:
        return None
    took = story.took
    facts = {"value": round(number, 3), "took": round(took, 2), "missing": round(missing, 2)}
    return Diagnosis(
        "clock-started-too-late", story.at(min(_readings(story), default=None)) or return_site(story), facts
    )


@mistake("slept-between-starts", "seconds")
def slept_between_starts(story: Story, rule: str) -> Diagnosis | None:
    """Main slept while it started its processes."""
    starts = story.of_main("start", "fork")
    if rule != "timing" or not starts:
        return None
    last = story.position(starts[-1])
    sleeps = [e for e in story.sleeps if story.position(e) < last and e.site]
    if not sleeps:
        return None
    return Diagnosis("slept-between-starts", sleeps[0].site, {"seconds": sleeps[0].get("seconds")})


@mistake("pause-too-long", "seconds")
@only_for("timing")
def paused_for_too_long(story: Story, rule: str) -> Diagnosis | None:
    """Main looks at its processes from time to time, with pauses that are longer than they may be."""
    pauses = too_long_pauses(story)
    sites = [e.site for e in pauses if e.site]
    number = story.number
    if not sites or number is None or abs(number - story.took) > _CLOSE:  # then it is not only late
        return None
    return Diagnosis("pause-too-long", sites[-1], {"seconds": pauses[-1].get("seconds")})


RECOGNISERS = (no_value, paused_for_too_long, wrong_value, started_too_late, slept_between_starts)
LAST = (another_number,)
