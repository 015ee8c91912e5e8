"""A grade without any process: from what was reported to points, and from points to the formats."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conc_checker import topics
from conc_checker.course.checks import Check
from conc_checker.course.curriculum import Exercise, Kata
from conc_checker.grading import formats
from conc_checker.grading.model import UNKNOWN, CheckGrade, ExerciseGrade, Grade, KataGrade, Mark
from conc_checker.grading.summary import summary
from conc_checker.grading.tally import Heard, Report, tally
from conc_checker.record.trace import Site
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.texts.messages import LANGUAGES, Messages

ENGLISH = topics.messages("processes", "en")
TITLE = {"en": "Many", "zh-CN": "多个"}
HINTS = dict.fromkeys(LANGUAGES, ("a", "ab", "abc"))
EXERCISE = Exercise(
    "03_many", "processes", "run", TITLE, 20.0, HINTS, (Check("test_a", 2, ()), Check("test_b", 3, ("test_a",)))
)
KATA = Kata(Path("katas/03_many"), "03", "processes", TITLE, TITLE, {}, (EXERCISE,))
A, B = "03_many/test_run.py::test_a", "03_many/test_run.py::test_b"


def passes(test: str) -> list[Report]:
    """Return the reports of a test that passes."""
    return [Report(test, when, "passed", 0.5) for when in ("setup", "call", "teardown")]


def fails(test: str, outcome: Outcome = Outcome.FAILED, diagnosis: str = "not-joined") -> list[Report]:
    """Return the reports of a test that ends with a verdict."""
    verdict = Verdict(outcome, "joined", Diagnosis(diagnosis, Site("run.py", 7, "run"), {"check": "test_a"}))
    call = Report(test, "call", "failed", 0.5, verdict=verdict.to_json(), text="failed")
    return [passes(test)[0], call, passes(test)[2]]


def grade(tests: list[str], *reports: list[Report], trouble: tuple[str, ...] = ()) -> Grade:
    """Return the grade of the kata above, when this was heard."""
    return tally([KATA], Heard(tests, [r for found in reports for r in found], list(trouble)), "en", "submission")


def marks(result: Grade) -> list[Mark]:
    """Return the mark of each check."""
    return [check.mark for _, _, check in result.checks()]


# ── from reports to points ──────────────────────────────────────────────────────────────────────────────────


def test_what_passed_earns_its_points() -> None:
    """All points, when all passed."""
    result = grade([A, B], passes(A), passes(B))
    assert (result.earned, result.points, result.status) == (5, 5, "pass")


def test_partial_credit() -> None:
    """A failed check costs its own points, and names the mistake and the place."""
    result = grade([A, B], passes(A), fails(B))
    assert (result.earned, result.status) == (2, "fail")
    _, _, check = list(result.checks())[1]
    assert (check.mark, check.diagnosis, check.place) == (Mark.FAILED, "not-joined", "03_many/run.py:7")
    assert check.title == topics.messages("processes", "en").text(Diagnosis("not-joined")).title


@pytest.mark.parametrize(
    ("tests", "reports"),
    [([A, B], [passes(A)]), ([A], [passes(A)]), ([A], [passes(A), passes(B)]), ([A, B], [passes(A), passes(B)[:1]])],
    ids=["no-report", "not-found", "reported-but-not-found", "only-set-up"],
)
def test_a_check_without_result_is_there_with_no_points(tests: Any, reports: Any) -> None:
    """What was not reported, or never found, is missing, earns nothing, and makes the whole an error."""
    result = grade(tests, *reports)
    assert marks(result) == [Mark.PASSED, Mark.MISSING]
    assert (result.earned, result.points, result.status) == (2, 5, "error")
    assert "no result" in summary(result, ENGLISH)


def test_nothing_heard_is_nothing_earned() -> None:
    """Without any report each expected check is still there."""
    assert marks(grade([])) == [Mark.MISSING, Mark.MISSING]


def test_a_pass_is_not_counted_twice() -> None:
    """The same report again adds nothing."""
    assert grade([A, B, A], passes(A), passes(A), fails(B)).earned == 2


def test_a_pass_does_not_undo_a_failure() -> None:
    """Of two reports on one test the worse counts, in whichever order."""
    assert marks(grade([A, B], passes(A), fails(A), fails(B), passes(B))) == [Mark.FAILED, Mark.FAILED]


def test_what_is_not_expected_is_ignored() -> None:
    """A test that `kata.toml` does not list earns nothing and dilutes nothing."""
    others = ["03_many/test_run.py::test_other", "03_many/test_more.py::test_a", "99_x/test_run.py::test_a", "x"]
    result = grade([A, B, *others], passes(A), passes(B), *(passes(t) for t in others))
    assert (result.earned, result.points, len(marks(result))) == (5, 5, 2)


@pytest.mark.parametrize(
    ("report", "mark"),
    [
        (Report(A, "call", "skipped"), Mark.MISSING),
        (Report(A, "setup", "skipped"), Mark.MISSING),
        (Report(A, "call", "skipped", expected_to_fail=True), Mark.MISSING),
        (Report(A, "call", "passed", expected_to_fail=True), Mark.MISSING),
        (Report(A, "setup", "failed", text="RuntimeError: x"), Mark.BROKEN),
        (Report(A, "teardown", "failed", text="OSError: x"), Mark.BROKEN),
        (Report(A, "???", "failed", text="worker 'gw0' crashed"), Mark.BROKEN),
        (Report(A, "call", "failed", text="KeyError: 'x'"), Mark.BROKEN),
        (Report(A, "call", "failed", text="assert 1 == 2"), Mark.FAILED),
        (Report(A, "call", "failed", text="AssertionError: x"), Mark.FAILED),
        (Report(A, "call", "failed", verdict={"version": 99}), Mark.BROKEN),
        (Report(A, "call", "failed", verdict=Verdict(Outcome.PASSED, "x").to_json()), Mark.BROKEN),
    ],
)
def test_only_a_plain_pass_is_one(report: Any, mark: Any) -> None:
    """Skipped, expected to fail, broken before or after: none of it earns, even beside a call that passed."""
    for reports in ([report], [*passes(A), report]):
        result = grade([A, B], reports, passes(B))
        assert marks(result)[0] is mark
        assert result.earned == 3


def test_each_start_method_has_to_pass() -> None:
    """A check that is repeated earns only when all repetitions passed."""
    tests = [f"{A}[fork]", f"{A}[spawn]", B]
    assert grade(tests, passes(tests[0]), passes(tests[1]), passes(B)).earned == 5
    result = grade(tests, passes(tests[0]), fails(tests[1]), passes(B))
    assert result.earned == 3
    check = next(result.checks())[2]
    assert check.repetitions == (("fork", Mark.PASSED), ("spawn", Mark.FAILED))
    assert "[spawn]" in summary(result, ENGLISH)
    assert marks(grade(tests, passes(tests[0]), passes(B))) == [Mark.MISSING, Mark.PASSED]


def test_inconclusive_is_never_a_silent_zero() -> None:
    """A machine that was too busy makes the whole an error, and the table says to grade again."""
    result = grade([A, B], passes(A), fails(B, Outcome.INCONCLUSIVE, "machine-too-busy"))
    assert (marks(result)[1], result.status, result.earned) == (Mark.INCONCLUSIVE, "error", 2)
    assert "grade once more" in summary(result, ENGLISH)


def test_what_is_proven_wrong_stays_so_when_the_rest_is_unknown() -> None:
    """One failed repetition is enough, whatever became of the other."""
    tests = [f"{A}[fork]", f"{A}[spawn]", B]
    result = grade(tests, fails(tests[0]), fails(tests[1], Outcome.INCONCLUSIVE, "machine-too-busy"), passes(B))
    assert (marks(result)[0], result.status) == (Mark.FAILED, "fail")


def test_trouble_makes_it_an_error() -> None:
    """A grading that did not come to its end says so."""
    result = grade([A, B], passes(A), passes(B), trouble=("pytest ended early, with exit code -9",))
    assert (result.earned, result.status) == (5, "error")
    assert "exit code -9" in summary(result, ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_stub_is_said_once(language: str) -> None:
    """One line for the exercise, in the table, in the JUnit file and in the classroom's log."""
    result = tally(
        [KATA],
        Heard([A, B], [r for t in (A, B) for r in fails(t, Outcome.NOT_STARTED, "not-started")]),
        language,
        "x",
    )
    assert summary(result, Messages.load(language)).count("03_many/run.py") == 1
    root = ET.fromstring(formats.to_junit(result))
    assert (len(list(root.iter("failure"))), len(list(root.iter("skipped")))) == (1, 1)
    assert sum(bool(test["test_code"]) for test in classroom(result)["tests"]) == 1
    assert result.status == "fail"


# ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────


def grades() -> st.SearchStrategy[Grade]:
    """Return any grade: texts are what a hostile program may leave in them."""
    text = st.text(max_size=20)
    check = st.builds(
        CheckGrade,
        test=st.just(""),
        points=st.integers(1, 12),
        mark=st.sampled_from(Mark),
        diagnosis=text,
        title=text,
        place=st.one_of(text, st.just("03_many/run.py:7")),
        seconds=st.floats(0, 1000),
        repetitions=st.lists(st.tuples(text, st.sampled_from(Mark)), max_size=2).map(tuple),
    )

    def build(katas: list[list[list[CheckGrade]]], source: str, trouble: list[str]) -> Grade:
        return Grade(
            source,
            "en",
            tuple(
                KataGrade(
                    f"{k:02}_kata",
                    "Title",
                    tuple(
                        ExerciseGrade(
                            f"exercise_{e}", "Title", tuple(_named(c, f"test_{n}") for n, c in enumerate(checks))
                        )
                        for e, checks in enumerate(exercises)
                    ),
                )
                for k, exercises in enumerate(katas)
            ),
            tuple(trouble),
        )

    checks = st.lists(check, min_size=1, max_size=6)
    katas = st.lists(st.lists(checks, min_size=1, max_size=3), max_size=3)
    return st.builds(build, katas, text, st.lists(text, max_size=2))


def _named(check: CheckGrade, name: str) -> CheckGrade:
    rest = (check.points, check.mark, check.diagnosis, check.title, check.place, check.seconds, check.repetitions)
    return CheckGrade(name, *rest)


def classroom(result: Grade) -> dict[str, Any]:
    """Return what the reporter reads: the base64 of a step's output, decoded."""
    found: dict[str, Any] = json.loads(base64.b64decode(formats.to_classroom(result), validate=True).decode())
    return found


def console_points(result: dict[str, Any]) -> str:
    """Return the points as the reporter's console shows them (autograding-grading-reporter, getTestScore)."""
    passed = sum(test["status"] == "pass" for test in result["tests"])
    return f"{passed / len(result['tests']) * (result['max_score'] or 0):.2f}"


def notice_points(result: dict[str, Any]) -> tuple[int, int]:
    """Return points and maximum as the reporter's notice has them (autograding-grading-reporter, notify-classroom)."""
    return sum(test["score"] for test in result["tests"]), result["max_score"]


@given(grades())
def test_both_sums_of_the_reporter_agree(result: Grade) -> None:
    """The classroom's console and its notice show the points of the model."""
    found = classroom(result)
    assert console_points(found) == f"{result.earned:.2f}"
    assert notice_points(found) == (result.earned, result.points)
    assert found["status"] == result.status
    assert found["version"] == 1


@given(grades())
def test_every_entry_is_as_the_reporter_reads_it(result: Grade) -> None:
    """Entries are there, complete, with names of their own, and no text of theirs is a command to the runner."""
    tests = classroom(result)["tests"]
    assert tests
    assert len({test["name"] for test in tests}) == len(tests)
    for test in tests:
        kinds = {"name": str, "status": str, "score": int, "message": str, "test_code": str}
        kinds |= {"filename": str, "line_no": int, "duration": int}
        assert {key: type(value) for key, value in test.items()} == kinds
        assert test["status"] in ("pass", "fail", "error")
        for line in (*test["name"].splitlines(), *test["message"].splitlines(), *test["test_code"].splitlines()):
            assert not line.lstrip().startswith("::")
            assert "##[" not in line


@given(grades())
def test_junit_is_valid_and_complete(result: Grade) -> None:
    """Any text makes valid XML, each check is one case, and the counts are right."""
    text = formats.to_junit(result)
    assert text.isascii()
    root = ET.fromstring(text)
    cases = [case for case in root.iter("testcase") if case.get("classname") != "conc"]
    checks = list(result.checks())
    assert [c.get("name") for c in cases] == [check.test for _, _, check in checks]
    for case, (_, _, check) in zip(cases, checks, strict=True):
        kinds = [child.tag for child in case if child.tag != "properties"]
        assert len(kinds) <= 1
        assert (kinds == []) == (check.mark is Mark.PASSED)
        assert (kinds == ["error"]) == (check.mark in UNKNOWN)
    for kind, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counted = [sum(1 for _ in root.iter(tag)), sum(int(s.get(kind, "")) for s in root.iter("testsuite"))]
        assert [int(root.get(kind, ""))] * 2 == counted
    if result.earned < result.points:
        assert root.get("failures") != "0" or root.get("errors") != "0" or _only_blocked(result)


def _only_blocked(result: Grade) -> bool:
    return {check.mark for _, _, check in result.checks()} <= {Mark.PASSED, Mark.BLOCKED}


@given(grades())
def test_json_holds_the_model(result: Grade) -> None:
    """Each check with all that is known of it, and sums that add up."""
    text = formats.to_json(result)
    assert text.isascii()
    found = json.loads(text)
    assert found["version"] == formats.GRADE_VERSION
    checks = [c for k in found["katas"] for e in k["exercises"] for c in e["checks"]]
    assert sum(c["earned"] for c in checks) == found["earned"] == result.earned
    assert sum(c["points"] for c in checks) == found["points"] == result.points
    assert [c["outcome"] for c in checks] == marks(result)


@given(grades())
def test_the_other_formats_agree(result: Grade) -> None:
    """Classroom 50 and Gradescope get the same points; whole numbers where the schema wants them."""
    fifty = json.loads(formats.to_classroom50(result, {"CLASSROOM": "c", "COMMIT_URL": "u"}, "2030-01-01T00:00:00Z"))
    assert fifty["schema"] == "classroom50/result/v1"
    assert (fifty["classroom"], fifty["assignment"], fifty["commit"]) == ("c", "", "u")
    assert (fifty["score"], fifty["max-score"]) == (result.earned, result.points)
    assert sum(test["score"] for test in fifty["tests"]) == result.earned
    scope = json.loads(formats.to_gradescope(result))
    assert scope["score"] == result.earned
    assert sum(test["max_score"] for test in scope["tests"]) == result.points


@given(grades(), st.sampled_from(LANGUAGES))
def test_the_table_fits_and_commands_nothing(result: Grade, language: str) -> None:
    """At most 80 columns, no control characters, and no line that a workflow's runner would obey."""
    for line in summary(result, Messages.load(language)).splitlines():
        assert cell_len(line) <= 80, line
        assert not re.search(r"[\x00-\x1f\x7f]", line)
        assert not line.lstrip().startswith("::")
