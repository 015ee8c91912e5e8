"""Charts as learners read them: the right schedule above theirs, and the tick at which they part.

The files in `tests/charts` are what reports of kata 05 are meant to look like. After a change that shall change them:

    CONC_GOLDEN=write pytest tests/test_gantt.py

and look at the difference with a learner's eyes before you keep it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conc_checker import topics
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Event, Trace
from conc_checker.record.verdict import Verdict
from conc_checker.report.terminal import render
from conc_checker.scheduling import Job, Slice
from conc_checker.texts.messages import LANGUAGES
from conc_checker.topics.scheduling import evidence, mutants, oracle, rules
from conc_checker.topics.scheduling.case import Case
from conc_checker.topics.scheduling.catalogue import CATALOGUES
from conc_checker.topics.scheduling.gantt import gantt
from conc_checker.topics.scheduling.picture import picture

GOLDEN = Path(__file__).parent / "charts"
MESSAGES = {language: topics.messages("scheduling", language) for language in LANGUAGES}
SOURCE = "from collections import deque\n\n\ndef round_robin(jobs, quantum):\n    return []\n"


def _plain(value: Any) -> Any:
    return [list(entry) for entry in value]


def trace_of(case: Case, value: Any) -> Trace:
    """Return the trace of a call that returned this value, as `conc_checker.topics.scheduling.calls` makes it."""
    case = replace(case, answer={"value": value, "type": "list", "changed": {}})
    facts = Facts(
        topic="scheduling",
        about="schedule",
        program=case.function,
        mode="answer",
        function=case.function,
        sources={f"{case.function}.py": SOURCE.replace("round_robin", case.function)},
        case=case.to_json(),
    )
    return Trace([Event("run-begin", data={"pid": 1}), Event("call-begin", 1), Event("call-end", 1)], facts)


def explained(trace: Trace) -> tuple[Verdict, Story]:
    """Return the verdict on a call, with the mistake by name."""
    story = Story(trace)
    return explain(story, rules.is_right(story), CATALOGUES["schedule"]), story


def judged(mutant: mutants.Scheduler, case: Case) -> tuple[Verdict, Story]:
    """Return the verdict on a program that makes one mistake everywhere."""
    others = tuple(
        replace(c, answer={"value": _plain(mutant(c.jobs, *c.options))}) for c in evidence.cases(case.function)
    )
    trace = trace_of(replace(case, others=others), _plain(mutant(case.jobs, *case.options)))
    return explained(trace)


TWELVE = tuple(Job(name, 2 * number, 3 + number % 5) for number, name in enumerate("ABCDEFGHIJKL"))
WORK = (Job("A", 0, 4), Job("B", 1, 2), Job("C", 2, 1))


def _made(name: str, case: Case, place: int = 0) -> tuple[Verdict, Story]:
    found = [mutant for mistake, mutant in mutants.MUTANTS[case.function] if mistake == name]
    return judged(found[place], case)


def _times() -> tuple[Verdict, Story]:
    slices = tuple(oracle.round_robin(WORK, 2))
    value = {"items": [[n, [t.waiting, t.waiting, t.turnaround]] for n, t in oracle.times(WORK, slices).items()]}
    trace = trace_of(Case("times", WORK, (), slices), value)
    return explained(trace)


def _overlap() -> tuple[Verdict, Story]:
    trace = trace_of(Case("fcfs", WORK), [[j.name, j.arrival, j.arrival + j.burst] for j in WORK])
    return explained(trace)


CASES = {
    "three_jobs": lambda: _made("preempted-before-newcomers", Case("round_robin", WORK, (2,))),
    "one_job": lambda: _made("idle-gap-skipped", Case("round_robin", (Job("A", 3, 3),), (2,))),
    "twelve_jobs": lambda: _made("last-turn-charged-in-full", Case("round_robin", TWELVE, (4,))),
    "late_difference": lambda: _made("bursts-ignored", Case("sjf", (*TWELVE[:9], Job("Y", 60, 9), Job("Z", 60, 2)))),
    "overlap": _overlap,
    "times": _times,
}


@pytest.mark.parametrize("ascii", [False, True], ids=["unicode", "ascii"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_report_is_as_its_golden_file(name: str, language: str, ascii: bool) -> None:  # noqa: A002
    """The whole report at 80 columns, in both languages, drawn with lines and in ASCII."""
    verdict, story = CASES[name]()
    assert not verdict.passed
    text = render(verdict, story, MESSAGES[language], picture=picture, ascii=ascii)
    assert all(cell_len(line) <= 80 and line == line.rstrip() for line in text.split("\n"))
    assert not ascii or language != "en" or text.isascii()
    path = GOLDEN / f"{name}.{language}{'.ascii' if ascii else ''}.txt"
    if os.environ.get("CONC_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    """Each golden file belongs to a case."""
    known = {f"{n}.{language}{a}.txt" for n in CASES for language in LANGUAGES for a in ("", ".ascii")}
    assert {path.name for path in GOLDEN.iterdir()} == known


names = st.text(max_size=12) | st.sampled_from(["A", "B", "作业", "\x1b[31m", "::error::", "a\nb"])
turns = st.lists(st.tuples(names, st.integers(-5, 10**12), st.integers(-5, 10**12)), max_size=30)


@given(turns, st.booleans(), st.sampled_from(LANGUAGES), st.integers(40, 120))
def test_whatever_came_back_is_drawn_safely(
    actual: list[tuple[str, int, int]],
    ascii: bool,  # noqa: A002
    language: str,
    width: int,
) -> None:
    """No name and no number of a learner's makes a line too long, or does more than be read."""
    case = Case("round_robin", WORK, (2,))
    chart = {
        "jobs": [list(job) for job in case.jobs],
        "expected": _plain(case.expected),
        "actual": [list(turn) for turn in actual],
        "difference": {"tick": 2, "how": "another", "should": "B", "does": actual[0][0], "since": 1}
        if actual
        else None,
    }
    lines = gantt(chart, MESSAGES[language], width, ascii=ascii)
    assert len(lines) < 60
    for line in lines:
        assert cell_len(line.plain) <= width
        assert "\x1b" not in line.plain
        assert "\n" not in line.plain
        assert not line.plain.lstrip().startswith("::")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=6), st.integers(1, 4))
def test_a_chart_shows_every_turn_where_it_is(rows: list[tuple[int, int]], quantum: int) -> None:
    """Read back from the picture, a schedule is what it was, over however many bands it is folded."""
    case = Case("round_robin", tuple(Job("ABCDEF"[n], *row) for n, row in enumerate(rows)), (quantum,))
    chart = {"jobs": [list(j) for j in case.jobs], "expected": _plain(case.expected), "actual": None}
    lines = [line.plain for line in gantt(chart, MESSAGES["en"], 4000)]
    row = next(line for line in lines if "expected" in line)
    cells = row[12:]
    ticks = [cells[2 * t : 2 * t + 2].ljust(2) for t in range(case.expected[-1].end + 1)]
    found: list[Any] = []
    for tick, cell in enumerate(ticks):
        if cell[0] == "│" and cell[1] != " ":
            found.append([cell[1], tick, tick + 1])
        elif cell == "──":
            found[-1][2] = tick + 1
    assert [Slice(*turn) for turn in found] == case.expected


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_charts_of_the_readme_are_right(name: str) -> None:
    """The three rows of the example are what the three rules lead to."""
    rows = []
    for schedule in (oracle.fcfs(WORK), oracle.sjf(WORK), oracle.round_robin(WORK, 2)):
        chart = {"jobs": [], "expected": _plain(schedule), "actual": None}
        lines = gantt(chart, MESSAGES["en"])
        rows.append(next(line.plain for line in lines if "expected" in line.plain)[12:])
    text = (Path(__file__).parent.parent / "katas" / "05_scheduling" / name).read_text("utf-8")
    assert re.findall(r"^\S.*?  (│.*│)$", text, re.MULTILINE) == rows
