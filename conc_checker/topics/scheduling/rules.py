"""What must hold of a call of a scheduling function. Each rule is a pure function from a Story to a Verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.diagnosis import rules
from conc_checker.diagnosis.mistake import Mistake, rule
from conc_checker.diagnosis.story import is_error
from conc_checker.record.verdict import Diagnosis, Verdict, failed, passed
from conc_checker.topics.scheduling import oracle, properties, shape
from conc_checker.topics.scheduling.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.diagnosis.story import Story
    from conc_checker.scheduling import Times

RULE = "schedule"


@rule(RULE, Mistake("deadlocked"))
def is_right(story: Story) -> Verdict:
    """The schedule is the one that the contract demands, or the times are those of the schedule given."""
    return _judge(story, lambda case: case.is_right)


def keeps(story: Story) -> Verdict:
    """The schedule has the property that the case asks for."""
    return _judge(story, _keeps)


def _keeps(case: Case) -> bool:
    try:
        slices = case.actual
    except shape.ShapeError:
        return False
    return properties.broken(case.asks, case.function, case.jobs, case.options, slices) is None


def left_alone(story: Story) -> Verdict:
    """The call has not changed its arguments."""
    return _judge(story, lambda case: not case.answer.get("changed"))


@rule("refusal", Mistake("deadlocked"))
def refused(story: Story) -> Verdict:
    """The call was refused with a ValueError."""
    if is_error(story.trace.first("call-raised"), "ValueError"):
        return passed("refusal")
    return failed("refusal", Diagnosis("deadlocked", story.waits_at))


def right_times(case: Case) -> dict[str, Times]:
    """Return the times of a case's jobs in its schedule."""
    assert case.slices is not None
    return oracle.times(case.jobs, case.slices)


def _judge(story: Story, holds: Callable[[Case], bool]) -> Verdict:
    """Judge a call by what it returned; one that did not come back is explained by how it ended."""
    verdict = rules.ran(story, RULE)
    if not verdict.passed:
        return verdict
    case = Case.of(story.trace)
    if case is not None and "value" in case.answer and holds(case):
        return passed(RULE)
    return failed(RULE, Diagnosis("deadlocked", story.waits_at))
