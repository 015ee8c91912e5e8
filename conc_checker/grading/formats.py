"""A grade as text for other systems: pure functions, and plain ASCII, so that no encoding can spoil it.

What comes from a learner's program (titles, places) has been made harmless by `tally` already.
"""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from conc_checker.grading.model import UNKNOWN, CheckGrade, ExerciseGrade, Grade, KataGrade, Mark
from conc_checker.report.layout import harmless, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

GRADE_VERSION = 1
CLASSROOM_VERSION = 1
_LONGEST = 400  # characters of a sentence


def to_json(grade: Grade) -> str:
    """Return everything that the model holds, as one JSON object; points are whole numbers, times are seconds."""
    return _dump(
        {
            "version": GRADE_VERSION,
            "source": grade.source,
            "language": grade.language,
            "status": grade.status,
            "points": grade.points,
            "earned": grade.earned,
            "seconds": round(grade.seconds, 3),
            "trouble": list(grade.trouble),
            "katas": [
                {
                    "kata": kata.folder,
                    "title": kata.title,
                    "points": kata.points,
                    "earned": kata.earned,
                    "exercises": [
                        {
                            "exercise": exercise.name,
                            "title": exercise.title,
                            "points": exercise.points,
                            "earned": exercise.earned,
                            "checks": [_plain(check) for check in exercise.checks],
                        }
                        for exercise in kata.exercises
                    ],
                }
                for kata in grade.katas
            ],
        }
    )


def _plain(check: CheckGrade) -> dict[str, Any]:
    return {
        "check": check.test,
        "points": check.points,
        "earned": check.earned,
        "outcome": str(check.mark),
        "diagnosis": check.diagnosis or None,
        "title": check.title,
        "place": check.place or None,
        "seconds": check.seconds,
        "repetitions": {name: str(mark) for name, mark in check.repetitions},
    }


def to_classroom(grade: Grade) -> str:
    """Return what GitHub Classroom's reporter takes as the output `result` of a step: base64 of JSON.

    The reporter adds up twice, and differently: passed / all * max_score, and the sum of the scores. With one entry for
    each point, both come to the same.
    """
    tests = [entry for kata, exercise, check in grade.checks() for entry in _entries(kata, exercise, check)]
    result = {
        "version": CLASSROOM_VERSION,
        "status": grade.status,
        "max_score": grade.points,
        # Without any entry the reporter would divide by zero.
        "tests": tests or [_entry("no checks", "error", message=_line("; ".join(grade.trouble)))],
    }
    return base64.b64encode(json.dumps(result).encode()).decode()


def _entries(kata: KataGrade, exercise: ExerciseGrade, check: CheckGrade) -> list[dict[str, Any]]:
    """Return one entry for each point; the first tells what to say once: the time, and how to see it again."""
    status = "pass" if check.mark is Mark.PASSED else "error" if check.mark in UNKNOWN else "fail"
    name = f"{kata.folder} {exercise.name}: {check.name}"
    entries = [
        _entry(
            name if check.points == 1 else f"{name} ({point} of {check.points})",
            status,
            score=check.earned // check.points,
            message=_sentence(check),
            place=check.place,
        )
        for point in range(1, check.points + 1)
    ]
    entries[0]["duration"] = round(check.seconds * 1000)
    if status == "fail" and (not exercise.is_untouched or check is exercise.checks[0]):
        entries[0]["test_code"] = f"pytest katas/{kata.folder} -k {check.test}\n# {_sentence(check)}"
    return entries


def _entry(name: str, status: str, *, score: int = 0, message: str = "", place: str = "") -> dict[str, Any]:
    file, _, line = place.rpartition(":")
    return {
        "name": name,
        "status": status,
        "score": score,
        "message": message,
        "test_code": "",
        "filename": visible(file),
        "line_no": int(line) if line.isascii() and line.isdecimal() else 0,
        "duration": 0,  # milliseconds
    }


def _sentence(check: CheckGrade) -> str:
    """Return what is to be said of a check in one line: its diagnosis, the sentence, the place."""
    said = ": ".join(part for part in (check.diagnosis or (check.title and str(check.mark)), check.title) if part)
    return _line(f"{said} ({check.place})" if check.place else said)


def _line(text: str) -> str:
    """Return text as one short line that no terminal and no runner takes for a command."""
    return harmless(visible(text[:_LONGEST]))


def to_junit(grade: Grade) -> str:
    """Return the grade as JUnit XML (xunit2), one suite for each exercise and one case for each check.

    A learner's mistakes are failures; what has no verdict (inconclusive, missing, broken) is an error. A check that
    waits for another is skipped, since that other one is there as a failure. An untouched stub is one failure, and its
    other checks are skipped: as skipped altogether, an empty submission would look good to whoever counts failures.
    """
    suites = [_suite(kata, exercise) for kata in grade.katas for exercise in kata.exercises]
    root = ET.Element("testsuites", _counts(suites), name="conc_checker")
    root.extend(suites)
    if grade.trouble:
        suite = ET.SubElement(root, "testsuite", name="conc grade", tests="1", failures="0", errors="1", skipped="0")
        suite.set("time", "0.000")
        case = ET.SubElement(suite, "testcase", classname="conc", name="grade", time="0.000")
        ET.SubElement(case, "error", message=visible("; ".join(grade.trouble)), type="trouble")
        for name in ("tests", "errors"):
            root.set(name, str(int(root.get(name, "0")) + 1))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(kata: KataGrade, exercise: ExerciseGrade) -> ET.Element:
    cases = [_case(kata, exercise, check) for check in exercise.checks]
    suite = ET.Element("testsuite", name=visible(f"{kata.folder}.{exercise.name}"))
    suite.attrib |= {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": f"{sum(check.seconds for check in exercise.checks):.3f}",
    }
    suite.extend(cases)
    return suite


def _counts(suites: list[ET.Element]) -> dict[str, str]:
    counts = {n: sum(int(suite.get(n, "0")) for suite in suites) for n in ("tests", "failures", "errors", "skipped")}
    seconds = sum(float(suite.get("time", "0")) for suite in suites)
    return {name: str(count) for name, count in counts.items()} | {"time": f"{seconds:.3f}"}


def _case(kata: KataGrade, exercise: ExerciseGrade, check: CheckGrade) -> ET.Element:
    classname = visible(f"{kata.folder}.{exercise.name}")
    case = ET.Element("testcase", classname=classname, name=visible(check.test), time=f"{check.seconds:.3f}")
    facts = {"points": check.points, "earned": check.earned, "outcome": check.mark, "diagnosis": check.diagnosis}
    _properties(case, facts)
    if check.mark is Mark.PASSED:
        return case
    said_before = exercise.is_untouched and check is not exercise.checks[0]
    kind = "error" if check.mark in UNKNOWN else "skipped" if check.mark is Mark.BLOCKED or said_before else "failure"
    ET.SubElement(case, kind, message=_sentence(check), type=str(check.mark))
    return case


def _properties(parent: ET.Element, facts: Mapping[str, object]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=f"conc_checker.{name}", value=visible(str(value)))


def to_classroom50(grade: Grade, environ: Mapping[str, str], now: str) -> str:
    """Return Classroom 50's `result.json`; `environ` tells classroom and links, `now` is the time (ISO 8601)."""
    names = {"classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "submission": "SUBMISSION_TAG"}
    links = {"commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL"}
    return _dump(
        {
            "schema": "classroom50/result/v1",
            **{key: environ.get(name, "") for key, name in (names | links).items()},
            "datetime": now,
            "score": grade.earned,
            "max-score": grade.points,
            "tests": [
                {
                    "test-name": f"{kata.folder} {exercise.name}: {check.name}",
                    "passed": check.mark is Mark.PASSED,
                    "score": check.earned,
                    "max-score": check.points,
                }
                for kata, exercise, check in grade.checks()
            ],
        }
    )


def to_gradescope(grade: Grade) -> str:
    """Return Gradescope's `results.json`."""
    return _dump(
        {
            "score": grade.earned,
            "execution_time": round(grade.seconds),
            "output": "\n".join(harmless(line) for line in grade.trouble),
            "output_format": "text",
            "visibility": "visible",
            "tests": [
                {
                    "score": check.earned,
                    "max_score": check.points,
                    "status": "passed" if check.mark is Mark.PASSED else "failed",
                    "name": f"{kata.folder} {exercise.name}: {check.name}",
                    "number": str(number),
                    "output": _sentence(check),
                    "output_format": "text",
                }
                for number, (kata, exercise, check) in enumerate(grade.checks(), 1)
            ],
        }
    )


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2) + "\n"
