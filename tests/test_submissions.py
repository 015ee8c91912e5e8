"""`--kata-source submissions/NAME`: whatever shape a submission has, it is checked by the checks of the course."""

from __future__ import annotations

import multiprocessing

import pytest
from conftest import Course
from corpus import ROOT

KATA = "03_multiprocess"
CHECKS = 14
SOLUTION = (ROOT / "solutions" / KATA / "start_and_join.py").read_text("utf-8")

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("these runs use fork, which this platform does not have", allow_module_level=True)


def outcomes(course: Course, **files: str) -> dict[str, int]:
    """Check a submission of these files, `__` for a slash in their names; return how many checks ended how."""
    home = course.path / "submissions" / "ada"
    home.mkdir(parents=True)
    for name, text in files.items():
        file = home / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    options = ("--kata-source", "submissions/ada", "--kata-start-method=fork", "--junit-xml=report.xml")
    course.check(f"katas/{KATA}", *options)
    found = [outcome.partition(":")[0] for outcome in course.verdicts().values()]
    return {outcome: found.count(outcome) for outcome in found}


def test_no_folder_for_the_kata(course: Course) -> None:
    """A learner who has nothing for this kata has not started it."""
    assert outcomes(course, **{"01_first_process__first_task": SOLUTION}) == {"not started": CHECKS}


def test_no_module(course: Course) -> None:
    """A folder with other modules is one that has not been started."""
    assert outcomes(course, **{f"{KATA}__solution": SOLUTION}) == {"not started": CHECKS}


def test_a_module_in_the_wrong_place(course: Course) -> None:
    """A module one folder too high, or too deep, is not found, and nobody guesses."""
    files = {"start_and_join": SOLUTION, f"{KATA}__deeper__start_and_join": SOLUTION}
    assert outcomes(course, **files) == {"not started": CHECKS}


def test_files_beside_the_module(course: Course) -> None:
    """Tests, conftest.py and modules of other names change nothing."""
    other = "raise SystemExit('nobody may import this')\n"
    files = dict.fromkeys(("conftest", f"{KATA}__conftest", f"{KATA}__test_start_and_join", f"{KATA}__notes"), other)
    assert outcomes(course, **files, **{f"{KATA}__start_and_join": SOLUTION}) == {"passed": CHECKS}


def test_packages_beside_the_module(course: Course) -> None:
    """A solution may be spread over modules and packages, however deep."""
    module = "from parts.deep.work import run_all\n\n__all__ = ['run_all']\n"
    files = {f"{KATA}__parts__setup": "", f"{KATA}__parts__deep__work": SOLUTION}
    assert outcomes(course, **files, **{f"{KATA}__start_and_join": module}) == {"passed": CHECKS}
