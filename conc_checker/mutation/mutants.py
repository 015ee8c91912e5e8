"""The programs of a course that are right, and the mutants of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conc_checker.course import source as course_source
from conc_checker.course.find import PROGRAMS, SOLUTIONS
from conc_checker.mutation.operators import edits
from conc_checker.mutation.source import Source, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conc_checker.course.curriculum import Exercise, Kata

SOLUTION = "solution"  # what it is called among the right programs, which are called by their styles


@dataclass(frozen=True, slots=True)
class Right:
    """A right program of an exercise: its name, and its files."""

    exercise: Exercise
    name: str
    program: course_source.Program

    @property
    def path(self) -> Path:
        """Where the module is that is changed."""
        path = self.program.path
        assert path is not None
        return path


@dataclass(frozen=True, slots=True)
class Mutant:
    """A right program with one change; `line` and `becomes` are the lines that differ.

    `within` is the function or class that holds them, "" for the module itself.
    """

    right: Right
    operator: str
    within: str
    number: int
    line: str
    becomes: str
    text: str
    nth: int = 1  # of those that look alike

    @property
    def key(self) -> str:
        """What tells it from the other mutants of its exercise, also when its program grows elsewhere."""
        lines = [" ⏎ ".join(text.splitlines()) for text in (self.line, self.becomes)]
        key = f"{self.right.name}, {self.within or 'module'}: {self.operator}: {' → '.join(lines)}"
        return key if self.nth == 1 else f"{key} ({self.nth})"

    def __str__(self) -> str:
        place = f"{self.right.path}:{self.number}: {self.operator}" + (f", in {self.within}" if self.within else "")
        old, new = self.line.splitlines(), self.becomes.splitlines()
        return "\n".join([place, *(f"  - {line}" for line in old), *(f"  + {line}" for line in new)])


def right_programs(root: Path, katas: Iterable[Kata]) -> Iterator[Right]:
    """Go through the right programs of a course: of each exercise the solution first, then the other styles."""
    for kata in katas:
        for exercise in kata.exercises:
            solution = root / SOLUTIONS / kata.folder.name / f"{exercise.name}.py"
            if solution.is_file():
                yield Right(exercise, SOLUTION, course_source.from_file(solution, exercise.name))
            styles = root / PROGRAMS / "right" / kata.folder.name / exercise.name
            for style in _to_be_changed(styles):
                if style.suffix == ".py":
                    yield Right(exercise, style.stem, course_source.from_file(style, exercise.name))
                elif (style / f"{exercise.name}.py").is_file():
                    yield Right(exercise, style.name, course_source.from_folder(style, exercise.name))


def _to_be_changed(styles: Path) -> Iterator[Path]:
    """Go through the styles of an exercise, but for those of which a line of their docstring says "mutants: none"."""
    for style in sorted(styles.iterdir()) if styles.is_dir() else ():
        if style.is_dir() or "\nmutants: none" not in style.read_text(encoding="utf-8"):
            yield style


def mutants(right: Right) -> Iterator[Mutant]:
    """Go through the mutants of a program, each syntax tree once."""
    source = Source(right.path.read_text(encoding="utf-8"))
    known = {meaning(source.text)}
    keys = Counter[str]()
    for operator, within, edit in edits(source):
        text = source.apply(edit)
        try:
            found = meaning(text)
        except (SyntaxError, ValueError):  # a `break` outside of a loop, say
            continue
        if found not in known:
            known.add(found)
            number, line, becomes = source.difference(edit)
            mutant = Mutant(right, operator, within, number, line, becomes, text)
            keys[mutant.key] += 1
            yield replace(mutant, nth=keys[mutant.key])
