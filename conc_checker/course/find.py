"""Finds the course, and a kata in it, by what a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.course.curriculum import Kata

COURSE = "katas"
SOLUTIONS = "solutions"  # beside it, in the same shape
PROGRAMS = "tests/programs"  # beside it: right/NN_name/EXERCISE/STYLE.py, wrong/NN_name/EXERCISE/DIAGNOSIS.py
SURVIVORS = "tests/survivors.toml"  # beside it: which mutants pass the checks, and why they may


class UsageError(Exception):
    """What was asked for is not there; the message says what, why, and what to type instead."""


def find_course(start: Path) -> Path:
    """Return the nearest folder `katas`, in `start` or above it; raise UsageError when there is none."""
    for folder in (start, *start.parents):
        if folder.name == COURSE:
            return folder
        if (folder / COURSE).is_dir():
            return folder / COURSE
    raise UsageError(
        f"there is no folder '{COURSE}' in {start} or above it, so the course was not found. "
        "Change into the folder of the course, or name it: --course DIR"
    )


def find_root(folder: Path | None, start: Path) -> Path:
    """Return the folder that holds the course: `folder` when it is given, else the nearest; raise UsageError."""
    root = folder or find_course(start).parent
    if not (root / COURSE).is_dir():
        raise UsageError(f"there is no folder '{COURSE}' in {root}. Name the folder that holds it, and the solutions")
    return root


def find_kata(katas: list[Kata], asked: str, course: Path) -> Kata:
    """Return the kata that is called `03`, `3` or `03_multiprocess`; raise UsageError when there is none such."""
    number = asked.zfill(2) if asked.isdecimal() else asked
    for kata in katas:
        if number in (kata.number, kata.folder.name):
            return kata
    if not katas:
        raise UsageError(f"there are no katas in {course}. Name the folder that holds them: --course DIR")
    known = ", ".join(kata.folder.name for kata in katas)
    raise UsageError(f"there is no kata '{asked}' in {course}. Choose one of: {known}")
