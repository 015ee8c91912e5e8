"""The result of a grading: katas, their exercises, their checks, and the points of each. Data, and sums over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Mark(StrEnum):
    """How a check ended: as `verdict.Outcome` has it, or without a verdict. Only `PASSED` earns points."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_STARTED = "not started"
    BLOCKED = "blocked"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    INCONCLUSIVE = "inconclusive"
    MISSING = "missing"  # no result came of it, or it was skipped
    BROKEN = "error"  # the check itself went wrong


# Zero points without a verdict on the program: whoever grades has to run it again, or to look.
UNKNOWN = frozenset({Mark.INCONCLUSIVE, Mark.MISSING, Mark.BROKEN})


@dataclass(frozen=True, slots=True)
class CheckGrade:
    """One check. `diagnosis` is an id or empty; `place` is `FOLDER/FILE:LINE` or empty; `title` says it in a sentence.

    `repetitions` has the mark of each repetition, by start method, where there are several.
    """

    test: str
    points: int
    mark: Mark
    diagnosis: str = ""
    title: str = ""
    place: str = ""
    seconds: float = 0.0
    repetitions: tuple[tuple[str, Mark], ...] = ()

    @property
    def earned(self) -> int:
        """All of its points, or none."""
        return self.points if self.mark is Mark.PASSED else 0

    @property
    def name(self) -> str:
        """The test's name as words."""
        return self.test.removeprefix("test_").replace("_", " ")


@dataclass(frozen=True, slots=True)
class ExerciseGrade:
    """One exercise, with its checks in their order; `title` is in the chosen language."""

    name: str
    title: str
    checks: tuple[CheckGrade, ...]

    @property
    def points(self) -> int:
        """The points that can be had."""
        return sum(check.points for check in self.checks)

    @property
    def earned(self) -> int:
        """The points that were earned."""
        return sum(check.earned for check in self.checks)

    @property
    def is_untouched(self) -> bool:
        """Whether the stub is as it came: one thing to say, and not once for each check."""
        return all(check.mark is Mark.NOT_STARTED for check in self.checks)


@dataclass(frozen=True, slots=True)
class KataGrade:
    """One kata, with its exercises in their order; `folder` is its name, `title` is in the chosen language."""

    folder: str
    title: str
    exercises: tuple[ExerciseGrade, ...]

    @property
    def points(self) -> int:
        """The points that can be had."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> int:
        """The points that were earned."""
        return sum(exercise.earned for exercise in self.exercises)


@dataclass(frozen=True, slots=True)
class Grade:
    """The whole result. `source` is the submission as it was named; `trouble` is what went wrong with the grading."""

    source: str
    language: str
    katas: tuple[KataGrade, ...]
    trouble: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The points that can be had."""
        return sum(kata.points for kata in self.katas)

    @property
    def earned(self) -> int:
        """The points that were earned."""
        return sum(kata.earned for kata in self.katas)

    @property
    def seconds(self) -> float:
        """What all checks took together."""
        return sum(check.seconds for _, _, check in self.checks())

    @property
    def status(self) -> str:
        """`pass` with all points; `error` when a check has no verdict, so that zero is not final; else `fail`."""
        if self.trouble or any(check.mark in UNKNOWN for _, _, check in self.checks()):
            return "error"
        return "pass" if self.earned == self.points else "fail"

    def checks(self) -> Iterator[tuple[KataGrade, ExerciseGrade, CheckGrade]]:
        """Go through all checks, each with its exercise and its kata."""
        for kata in self.katas:
            for exercise in kata.exercises:
                for check in exercise.checks:
                    yield kata, exercise, check
