"""From the list of what is expected, and what was reported, to the grade. Whatever is not proven earns nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker import topics
from conc_checker.grading.model import UNKNOWN, CheckGrade, ExerciseGrade, Grade, KataGrade, Mark
from conc_checker.record.verdict import Verdict
from conc_checker.report.layout import fit, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.course.checks import Check
    from conc_checker.course.curriculum import Exercise, Kata
    from conc_checker.texts.messages import Messages

_LONGEST = 160  # columns of a title, which may hold names from the learner's program
# Repetitions of a check are as good as the worst. What is proven comes before what is not known.
_WORST_FIRST = (
    *(Mark.FAILED, Mark.CRASHED, Mark.TIMED_OUT, Mark.NOT_STARTED, Mark.BLOCKED),
    *(Mark.BROKEN, Mark.MISSING, Mark.INCONCLUSIVE, Mark.PASSED),
)
_SAID_BY_THE_TEST = re.compile(r"(assert|AssertionError|Failed:)\b")


@dataclass(frozen=True, slots=True)
class Report:
    """What pytest says of one phase (`setup`, `call`, `teardown`) of one test; `text` is the error in a line."""

    test: str
    when: str
    outcome: str
    seconds: float = 0.0
    expected_to_fail: bool = False
    verdict: dict[str, Any] | None = None
    text: str = ""


@dataclass(slots=True)
class Heard:
    """All that was heard: the ids of the tests that were found, the reports, and what went wrong."""

    tests: list[str] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Finding:
    mark: Mark
    verdict: Verdict | None = None
    text: str = ""


def tally(katas: Iterable[Kata], heard: Heard, language: str, source: str) -> Grade:
    """Return the grade of these katas, with every check of theirs once, whatever was heard and whatever was not."""
    return Grade(
        source=source,
        language=language,
        trouble=tuple(visible(line) for line in heard.trouble),
        katas=tuple(_kata(kata, heard, language) for kata in katas),
    )


def _kata(kata: Kata, heard: Heard, language: str) -> KataGrade:
    messages = topics.messages(kata.topic, language)
    exercises = (
        ExerciseGrade(e.name, e.title[language], tuple(_check(e, c, heard, messages) for c in e.checks))
        for e in kata.exercises
    )
    return KataGrade(kata.folder.name, kata.title[language], tuple(exercises))


def _check(exercise: Exercise, check: Check, heard: Heard, messages: Messages) -> CheckGrade:
    module = f"{exercise.kata}/test_{exercise.name}.py"
    tests = dict.fromkeys(t for t in heard.tests if t.partition("[")[0] == f"{module}::{check.test}")
    reports = {test: [r for r in heard.reports if r.test == test] for test in tests}
    findings = {test: _judge(found) for test, found in reports.items()}
    worst = min(findings.values(), key=lambda f: _WORST_FIRST.index(f.mark), default=_Finding(Mark.MISSING))
    diagnosis = worst.verdict.diagnosis if worst.verdict else None
    site = diagnosis.site if diagnosis else None
    title = worst.text
    if diagnosis and worst.mark not in UNKNOWN:
        title = messages.text(diagnosis).title
    elif worst.mark is not Mark.PASSED:
        title = messages.word(f"title {worst.mark}") + (f" ({title})" if title else "")
    return CheckGrade(
        test=check.test,
        points=check.points,
        mark=worst.mark,
        diagnosis=visible(diagnosis.id) if diagnosis else "",
        title=fit(visible(title), _LONGEST),
        place=visible(f"{exercise.kata}/{site.file}:{site.line}") if site else "",
        seconds=round(sum(r.seconds for found in reports.values() for r in found), 3),
        repetitions=tuple((_repetition(test), f.mark) for test, f in findings.items() if "[" in test),
    )


def _repetition(test: str) -> str:
    return visible(test.partition("[")[2].removesuffix("]"))


def _judge(reports: list[Report]) -> _Finding:
    """Return what the reports on one test say together: passed only if its call did and nothing else went wrong."""
    bad = [_finding(report) for report in reports if report.outcome != "passed" or report.expected_to_fail]
    if bad:
        return min(bad, key=lambda f: _WORST_FIRST.index(f.mark))
    return _Finding(Mark.PASSED if any(report.when == "call" for report in reports) else Mark.MISSING)


def _finding(report: Report) -> _Finding:
    """Return what a report that is no plain pass means."""
    if report.outcome == "skipped" or report.expected_to_fail:
        return _Finding(Mark.MISSING, text="skipped" if report.outcome == "skipped" else "xfail")
    if report.verdict is not None:
        try:
            verdict = Verdict.from_json(report.verdict)
            mark = Mark(str(verdict.outcome))
        except (ValueError, KeyError, TypeError):
            return _Finding(Mark.BROKEN)
        return _Finding(Mark.BROKEN if mark is Mark.PASSED else mark, verdict)
    if report.when == "call" and _SAID_BY_THE_TEST.match(report.text):
        return _Finding(Mark.FAILED, text=report.text)
    return _Finding(Mark.BROKEN, text=report.text)
