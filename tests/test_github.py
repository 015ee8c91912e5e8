"""What lies under .github agrees with the course; whether it is well formed and safe, `.ci/run` finds out."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from corpus import ROOT
from test_grading import console_points, notice_points

from conc_checker.course.curriculum import load_course

WORKFLOWS = ROOT / ".github" / "workflows"
CLASSROOM = (WORKFLOWS / "classroom.yml").read_text("utf-8")
NUMBERS = [kata.number for kata in load_course(ROOT / "katas")]


def test_the_classroom_grades_every_kata() -> None:
    """Each kata has a step, its result is handed over, and the reporter is told of it."""
    steps = re.findall(r"- id: (\w+)\n +if: .*\n +run: conc grade (\d\d) ", CLASSROOM)
    assert steps == [(f"kata{number}", number) for number in NUMBERS], "conc sync writes a step for each kata"
    handed = re.findall(r"(\w+)_RESULTS: \$\{\{ steps\.(\w+)\.outputs\.result \|\| '\S+' \}\}", CLASSROOM)
    assert handed == [(f"KATA{number}", f"kata{number}") for number in NUMBERS]
    runners = re.findall(r"runners: (\S+)", CLASSROOM)
    assert runners == [",".join(f"kata{number}" for number in NUMBERS)]
    assert re.fullmatch(r"([a-zA-Z0-9]+,)*[a-zA-Z0-9]+", runners[0])  # all that the reporter accepts


def test_a_grading_that_was_broken_off_costs_only_its_own_points() -> None:
    """In the place of a missing result the reporter gets one that it can read: no points of what can be had."""
    found = dict(re.findall(r"steps\.kata(\d+)\.outputs\.result \|\| '(\S+)'", CLASSROOM))
    assert list(found) == NUMBERS
    for kata in load_course(ROOT / "katas"):
        result = json.loads(base64.b64decode(found[kata.number]))
        assert (result["status"], result["max_score"]) == ("error", kata.points)
        assert (console_points(result), notice_points(result)) == ("0.00", (0, result["max_score"]))


def test_the_workflow_runs_the_pythons_that_are_promised() -> None:
    """The matrix is the list of classifiers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    promised = re.findall(r":: (3\.\d+)", "\n".join(project["classifiers"]))
    matrix = re.search(r"python: (\[.*\])", (WORKFLOWS / "ci.yml").read_text("utf-8"))
    assert matrix
    assert json.loads(matrix[1]) == promised


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml")), ids=lambda path: path.name)
def test_actions_are_pinned_and_one_version_of_each(path: Path) -> None:
    """An action is named by a full commit with its version beside it, and everywhere by the same one."""
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) and re.match(r" # v\d", rest) for name, rest in used)
    everywhere = "".join(file.read_text("utf-8") for file in WORKFLOWS.glob("*.yml"))
    for name, _ in used:
        action = name.partition("@")[0]
        assert set(re.findall(rf"{action}@\w+", everywhere)) == {name}


@pytest.mark.slow
def test_the_classrooms_commands_give_what_the_reporter_adds_up(tmp_path: Path) -> None:
    """The steps as they stand, run beside the two checkouts: both of the reporter's sums give all points."""
    shutil.copytree(ROOT / "katas", tmp_path / "course" / "katas")
    shutil.copytree(ROOT / "solutions", tmp_path / "submission" / "katas")
    points = []
    for command in re.findall(r"run: conc (grade .*)", CLASSROOM):
        output = tmp_path / "output"
        output.touch()
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CONC_"))}
        subprocess.run(
            [sys.executable, "-m", "conc_checker.commands.cli", *shlex.split(command)],
            cwd=tmp_path,
            env=ours | {"GITHUB_OUTPUT": str(output), "GITHUB_ACTIONS": "true", "PYTHONUTF8": "1"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        result = json.loads(base64.b64decode(output.read_text("utf-8").removeprefix("result=")))
        output.unlink()
        earned, maximum = notice_points(result)
        assert earned == maximum > 0
        assert console_points(result) == f"{maximum:.2f}"
        points.append(maximum)
    assert points == [sum(e.points for e in kata.exercises) for kata in load_course(ROOT / "katas")]
