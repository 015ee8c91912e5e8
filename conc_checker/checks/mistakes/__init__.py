"""The catalogue of mistakes: each recogniser looks at a run whose check failed and says whether it was this one.

The order decides where several fit: causes come before their consequences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.checks.mistakes import (
    arguments,
    files,
    program,
    raising,
    running,
    scheduling,
    sharing,
    timing,
    waiting,
)
from conc_checker.checks.story import Story
from conc_checker.trace import Trace
from conc_checker.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    Recogniser = Callable[[Story, str], Diagnosis | None]

RECOGNISERS: tuple[Recogniser, ...] = (
    *program.RECOGNISERS,
    *scheduling.RECOGNISERS,
    *running.RECOGNISERS,
    *raising.NAMED,
    *running.LAST,
    *arguments.RECOGNISERS,
    *sharing.RECOGNISERS,
    *timing.RECOGNISERS,
    *files.RECOGNISERS,
    *raising.GENERAL,
    *waiting.RECOGNISERS,
    *files.LAST,
    program.never_ends,
)

_OUTCOMES = {
    "not-started": Outcome.NOT_STARTED,
    "crashed": Outcome.CRASHED,
    "died-by-a-signal": Outcome.CRASHED,
    "never-ends": Outcome.TIMED_OUT,
    "loop-never-ends": Outcome.TIMED_OUT,
    "idle-gap-never-ends": Outcome.TIMED_OUT,
    "bad-quantum-never-ends": Outcome.TIMED_OUT,
    "machine-too-busy": Outcome.INCONCLUSIVE,
}


def explain(trace: Trace, rule: str, otherwise: Diagnosis) -> Verdict:
    """Return the verdict of a check that failed: with the first mistake that is recognised, or `otherwise`.

    A trace that was recorded goes on beyond the moment of its verdict (`facts["judged"]`); only what was before counts.
    """
    story = Story(Trace(trace.events[: trace.facts.get("judged")], trace.facts))
    found = next((d for recognise in RECOGNISERS if (d := recognise(story, rule)) is not None), otherwise)
    facts = {"count": trace.facts.get("count"), **found.facts}
    return Verdict(_OUTCOMES.get(found.id, Outcome.FAILED), rule, Diagnosis(found.id, found.site, facts))
