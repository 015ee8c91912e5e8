"""The catalogue of mistakes: each recogniser looks at a run whose check failed and says whether it was this one.

The order decides where several fit: causes come before their consequences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.diagnosis import program, raising
from conc_checker.diagnosis.story import Story
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.topics.processes.mistakes import arguments, files, running, sharing, timing, waiting
from conc_checker.topics.scheduling import mistakes as scheduling
from conc_checker.topics.sockets.mistakes import framing, serving, talking

if TYPE_CHECKING:
    from collections.abc import Callable

    Recogniser = Callable[[Story, str], Diagnosis | None]

_TASKS: tuple[Recogniser, ...] = (
    *program.RECOGNISERS,
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

_SCHEDULE: tuple[Recogniser, ...] = (
    *program.RECOGNISERS,
    *scheduling.RECOGNISERS,
    *running.RECOGNISERS,
    *raising.NAMED,
    *sharing.RECOGNISERS,
    *raising.GENERAL,
    *waiting.RECOGNISERS,
    program.never_ends,
)

_CONNECTION: tuple[Recogniser, ...] = (
    *program.RECOGNISERS,
    *talking.RECOGNISERS,
    *framing.RECOGNISERS,
    raising.crashed,
    *talking.LAST,
    program.never_ends,
)

_SERVER: tuple[Recogniser, ...] = (
    *serving.FIRST,
    *program.RECOGNISERS,
    *serving.RECOGNISERS,
    *raising.NAMED,
    raising.crashed,
    raising.child_failed_unnoticed,
    *serving.LAST,
    program.never_ends,
)

# By what a run is about, see `Lab`.
RECOGNISERS = {"tasks": _TASKS, "connection": _CONNECTION, "server": _SERVER, "schedule": _SCHEDULE}

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
    catalogue = RECOGNISERS[trace.facts.get("about", "tasks")]
    found = next((d for recognise in catalogue if (d := _try(recognise, story, rule)) is not None), otherwise)
    facts = {"count": trace.facts.get("count"), **found.facts}
    return Verdict(_OUTCOMES.get(found.id, Outcome.FAILED), rule, Diagnosis(found.id, found.site, facts))


def _try(recognise: Recogniser, story: Story, rule: str) -> Diagnosis | None:
    """Ask a recogniser; one that fails over a program that nobody has thought of has not recognised it."""
    try:
        return recognise(story, rule)
    except Exception:  # noqa: BLE001 (the verdict stands without it, and a learner must not read our traceback)
        return None
