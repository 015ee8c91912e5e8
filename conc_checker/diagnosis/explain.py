"""From a rule that does not hold to a named mistake: the first that is recognised, in the order of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.record.verdict import Diagnosis, Verdict

if TYPE_CHECKING:
    from conc_checker.diagnosis.mistake import Catalogue, Recogniser
    from conc_checker.diagnosis.story import Story

strict = False  # set by our own tests: a recogniser that raises, or says what it has not declared, fails them


def explain(story: Story, verdict: Verdict, catalogue: Catalogue) -> Verdict:
    """Return the verdict on a rule that does not hold, with the mistake by name, or as the rule itself has put it."""
    story.asked = verdict.asked
    found = verdict.diagnosis
    for recogniser in catalogue.recognisers:
        recognised = _ask(recogniser, story, verdict.rule)
        if recognised is not None:
            found = recognised
            break
    assert found is not None
    facts = {"count": story.trace.facts.count, **found.facts}
    return Verdict(catalogue.outcome(found.id), verdict.rule, Diagnosis(found.id, found.site, facts), verdict.asked)


def _ask(recogniser: Recogniser, story: Story, rule: str) -> Diagnosis | None:
    """Ask a recogniser; one that fails over a program that nobody has thought of has not recognised it."""
    try:
        found = recogniser(story, rule)
    except Exception:
        if strict:
            raise
        return None  # the verdict stands without it, and a learner must not read our traceback
    if strict and found is not None:
        recogniser.check(found)
    return found
