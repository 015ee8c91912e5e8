"""The command `conc`: hints step by step, and errors that say what to type instead."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conc_checker.commands.cli import main
from conc_checker.course.curriculum import load_kata

ROOT = Path(__file__).parents[1]

HEAD = """
number = "{number}"
topic = "tea"
title = {{ en = "T", zh-CN = "题" }}
about = {{ en = "x", zh-CN = "x" }}
teaches = {{ en = ["x"], zh-CN = ["x"] }}
"""
TEST = """
@check(points=1)
def test_it(lab): ...
"""
EXERCISE = """
[[exercise]]
name = "{name}"
title = {{ en = "The {name}", zh-CN = "题目 {name}" }}
deadline = 20
hints = {{ en = ["{name} a", "{name} b", "{name} c"], zh-CN = ["{name} 甲", "{name} 乙", "{name} 丙"] }}
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a course of two katas, 03 with one exercise and 04 with two, and stand beside it."""
    for folder, names in (("03_one", ["alone"]), ("04_two", ["first", "second"])):
        place = tmp_path / "katas" / folder
        place.mkdir(parents=True)
        content = HEAD.format(number=folder[:2]) + "".join(EXERCISE.format(name=name) for name in names)
        (place / "kata.toml").write_text(content, encoding="utf-8")
        for name in names:
            (place / f"test_{name}.py").write_text(TEST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "katas"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what `conc` prints when all goes well."""
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert not err
    return out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what `conc` says when it cannot do what it was asked for."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.startswith("conc: ")
    return err


def test_the_first_hint_comes_first_and_says_how_to_get_the_next(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a step it is the first hint alone, and the command for the second."""
    assert course
    assert said(capsys, "hint", "03") == (
        "03 The alone · hint 1 of 3\n\nalone a\n\nThe next hint says more: conc hint 03 --step 2\n"
    )


def test_the_last_hint_promises_no_next(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After the third hint comes the README."""
    assert course
    out = said(capsys, "hint", "03", "--step", "3")
    assert "alone c" in out
    assert out.endswith("03_one/README.md\n")


def test_following_the_next_commands_leads_through_all_hints(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command that is offered works as it stands, with all that was chosen before."""
    words = ["hint", "4", "second", "--lang", "zh-CN", "--course", str(course)]
    for hint in ("second 甲", "second 乙"):
        out = said(capsys, *words)
        assert f"\n{hint}\n" in out
        words = out.strip().rpartition("conc ")[2].split()
    assert "\nsecond 丙\n" in said(capsys, *words)


@pytest.mark.parametrize("name", ["03", "3", "03_one"])
def test_a_kata_has_three_names(course: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """A kata is found by its number, with or without the nought, and by its folder."""
    assert course
    assert "alone a" in said(capsys, "hint", name)


def test_the_course_is_found_from_within(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a kata's folder no path is needed."""
    monkeypatch.chdir(course / "03_one")
    assert "alone a" in said(capsys, "hint", "3")


def test_an_unknown_kata_is_answered_with_the_known_ones(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names what was asked for, where it was looked for, and what is there."""
    assert refused(capsys, "hint", "9") == (f"conc: there is no kata '9' in {course}. Choose one of: 03_one, 04_two\n")


def test_an_unknown_exercise_is_answered_with_the_known_ones(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names what was asked for, and what is there."""
    assert course
    assert refused(capsys, "hint", "4", "third") == (
        "conc: kata 04 has no exercise 'third'. Choose one of: first, second\n"
    )


def test_of_several_exercises_one_must_be_named(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error lists the exercises, with a command that works."""
    assert course
    err = refused(capsys, "hint", "04")
    assert "several exercises: first, second" in err
    assert "conc hint 04 first" in err


def test_away_from_the_course_the_option_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no folder of katas is near, the error says where it was looked for, and names `--course`."""
    monkeypatch.chdir(tmp_path)
    err = refused(capsys, "hint", "03")
    assert f"no folder 'katas' in {tmp_path} or above it" in err
    assert "--course DIR" in err


def test_an_empty_course_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without katas is named, and so is the option that chose it."""
    err = refused(capsys, "hint", "03", "--course", str(tmp_path))
    assert f"no katas in {tmp_path}" in err
    assert "--course DIR" in err


def test_a_broken_kata_is_told_without_a_traceback(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake in `kata.toml` is told in one line that names the file."""
    file = course / "03_one" / "kata.toml"
    file.write_text("number = 3", encoding="utf-8")
    assert refused(capsys, "hint", "03").startswith(f"conc: {file}: number: must be a text")


def test_there_is_no_fourth_step(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A step beyond the last is refused, and the choice is named."""
    assert course
    with pytest.raises(SystemExit) as caught:
        main(["hint", "03", "--step", "4"])
    assert caught.value.code == 2
    assert "choose from" in capsys.readouterr().err


def test_a_terminal_that_lacks_a_character_still_gets_the_hint(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the terminal's encoding cannot show is replaced, and nothing is raised."""
    assert course
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["hint", "03", "--lang", "zh-CN"]) == 0
    stream.flush()
    assert b"conc hint 03 --step 2 --lang zh-CN" in stream.buffer.getvalue()


def test_the_hints_of_the_course_itself_are_shown() -> None:
    """The real command shows the real first hint, in a folder below the course."""
    kata = load_kata(ROOT / "katas" / "03_multiprocess")
    done = subprocess.run(
        [sys.executable, "-m", "conc_checker.commands.cli", "hint", "3"],
        cwd=kata.folder,
        env=os.environ | {"COLUMNS": "500", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert kata.exercises[0].hints["en"][0] in done.stdout
