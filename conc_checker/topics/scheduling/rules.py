"""What must hold of a call of a scheduling function. Each rule is a pure function from a Trace to a Verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.diagnosis import rules
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story, is_error
from conc_checker.record.verdict import Diagnosis, Verdict, passed
from conc_checker.topics.scheduling import oracle, properties, shape
from conc_checker.topics.scheduling.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.record.trace import Trace
    from conc_checker.scheduling import Times

RULE = "schedule"


def is_right(trace: Trace) -> Verdict:
    """The schedule is the one that the contract demands, or the times are those of the schedule given."""
    return _judge(trace, lambda case: case.is_right)


def keeps(trace: Trace) -> Verdict:
    """The schedule has the property that the case asks for."""
    return _judge(trace, _keeps)


def _keeps(case: Case) -> bool:
    try:
        slices = case.actual
    except shape.ShapeError:
        return False
    return properties.broken(case.asks, case.function, case.jobs, case.options, slices) is None


def left_alone(trace: Trace) -> Verdict:
    """The call has not changed its arguments."""
    return _judge(trace, lambda case: not case.answer.get("changed"))


def refused(trace: Trace) -> Verdict:
    """The call was refused with a ValueError."""
    if is_error(trace.first("call-raised"), "ValueError"):
        return passed("refusal")
    return explain(trace, "refusal", Diagnosis("deadlocked", Story(trace).waits_at))


def right_times(case: Case) -> dict[str, Times]:
    """Return the times of a case's jobs in its schedule."""
    assert case.slices is not None
    return oracle.times(case.jobs, case.slices)


def _judge(trace: Trace, holds: Callable[[Case], bool]) -> Verdict:
    """Judge a call by what it returned; one that did not come back is explained by how it ended."""
    verdict = rules.ran(trace, RULE)
    if not verdict.passed:
        return verdict
    case = Case.of(trace)
    if case is not None and "value" in case.answer and holds(case):
        return passed(RULE)
    return explain(trace, RULE, Diagnosis("deadlocked", Story(trace).waits_at))
