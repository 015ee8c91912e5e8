"""What is written down of a run: read back as it was, refused when it is of another kind, and all of it needed."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path

import pytest
from corpus import ROOT

from conc_checker.record.facts import Facts
from conc_checker.record.trace import Event, Site, Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

PACKAGE = ROOT / "conc_checker"


def test_facts_come_back_as_they_were() -> None:
    """Also those that are as they are by default, which are left out."""
    facts = Facts(program="a", count=3, address=("127.0.0.1", 80), case={"function": "f"})
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts
    assert Facts().to_json() == {}


def test_an_unknown_fact_is_refused() -> None:
    """A name that is misspelt, or of another version, is an error at once."""
    with pytest.raises(TypeError, match="programme"):
        Facts.from_json({"programme": "a"})


def _reads(path: Path) -> set[str]:
    """Return the entries of facts that a module reads."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            found |= {node.attr} if name == "facts" else set()
    return found


def test_every_fact_is_read_by_somebody() -> None:
    """What nobody reads is not noted."""
    read = set().union(*(_reads(path) for path in PACKAGE.rglob("*.py") if path.parent.name != "record"))
    read |= {"judged"}  # by the story
    read |= {"topic"}  # by whoever explains a recorded trace again (tests/test_replay.py)
    assert {entry.name for entry in fields(Facts)} - read == set()


def test_a_trace_comes_back_as_it_was() -> None:
    """With its events in their order, and its facts."""
    events = [Event("task", 7, 8, 0.5, 1.0, Site("a.py", 3, "f"), {"args": [1]}), Event("exit", 7)]
    trace = Trace(events, Facts(program="a"))
    assert Trace.from_json(trace.to_json()) == trace


def test_a_trace_of_another_version_is_refused() -> None:
    """With what to do about it."""
    with pytest.raises(ValueError, match="record it again"):
        Trace.from_json('{"version": 1, "facts": {}, "events": []}')


def test_a_verdict_comes_back_as_it_was() -> None:
    """With what its rule had asked for."""
    verdict = Verdict(Outcome.FAILED, "answer", Diagnosis("no-answer", Site("a.py", 3), {"missing": 2}), {"client": 1})
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
