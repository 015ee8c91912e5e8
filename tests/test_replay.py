"""Recorded runs, judged again without a process: checks are pure functions of what happened."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from conc_checker import topics
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.record import document as json_report
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Verdict
from conc_checker.report import terminal
from conc_checker.texts.messages import LANGUAGES

HERE = Path(__file__).parent
RECORDED = sorted((HERE / "traces" / "verdicts").glob("*.json"))
GOLDEN = HERE / "traces" / "reports"


def _read(path: Path) -> tuple[Verdict, Trace]:
    return json_report.from_json(path.read_text("utf-8"))


def _again(verdict: Verdict, trace: Trace) -> Verdict:
    """Explain a recorded failure anew, by the catalogue of its topic; the rule itself has nothing to say of it."""
    catalogue = topics.find(trace.facts.topic).catalogues[trace.facts.about]
    return explain(Story(trace), replace(verdict, diagnosis=Diagnosis("unexplained")), catalogue)


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: p.stem)
def test_a_recorded_run_gets_the_same_verdict_again(path: Path) -> None:
    """The trace alone leads to the diagnosis, its line and its facts."""
    verdict, trace = _read(path)
    assert _again(verdict, trace) == verdict


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: p.stem)
def test_to_explain_changes_nothing(path: Path) -> None:
    """Rules and recognisers only read: a trace is what it was when they have looked at it."""
    verdict, trace = _read(path)
    before = trace.to_json()
    _again(verdict, trace)
    assert trace.to_json() == before


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: p.stem)
def test_without_its_source_a_failure_is_still_a_failure(path: Path) -> None:
    """The learner's text only helps to explain: without it there is no pass, only perhaps a vaguer diagnosis."""
    verdict, trace = _read(path)
    trace.facts.sources = {}
    again = _again(verdict, trace)
    assert not again.passed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", RECORDED, ids=lambda p: p.stem)
def test_its_report_is_as_its_golden_file(path: Path, language: str) -> None:
    """What a learner reads; written anew by CONC_GOLDEN=write pytest tests/test_replay.py."""
    verdict, trace = _read(path)
    topic = trace.facts.topic
    picture = topics.find(topic).load_picture()
    text = terminal.render(verdict, Story(trace), topics.messages(topic, language), picture=picture)
    golden = GOLDEN / f"{path.stem}.{language}.txt"
    if os.environ.get("CONC_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
