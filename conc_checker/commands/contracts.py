"""Contracts, checks and wrong programs held against each other: no sentence is untested, and no check says another.

Each sentence names checks of its exercise that prove it, and each check is named. Where a course has wrong programs, at
least one of them breaks this sentence and no other: it says `breaks:` in its docstring, and our tests see it fail the
checks of this sentence alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.commands.complaint import Complaint
from conc_checker.course.contract import broken_by
from conc_checker.course.curriculum import KATA_FILE, load_course
from conc_checker.course.find import COURSE, PROGRAMS
from conc_checker.course.gaps import gaps, gaps_of_kata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conc_checker.course.curriculum import Exercise, Kata

_WRONG = f"{PROGRAMS}/wrong"


def of_contract(root: Path, kata: Kata, exercise: Exercise) -> Iterator[Complaint]:
    """Go through what is wrong with the contract of an exercise."""
    file, sentences = kata.folder / KATA_FILE, kata.sentences(exercise)
    tests = [check.test for check in exercise.checks]
    if not exercise.contract:
        remedy = "State it there, sentence by sentence, each under [[exercise.contract]]"
        yield Complaint(file, f"{exercise.name} has no contract", remedy)
        return
    for sentence in exercise.contract:
        for test in sentence.checks:
            if test not in tests:
                rule = f"{exercise.name}, {sentence.id}: {test} is no check of test_{exercise.name}.py"
                yield Complaint(file, rule, "Correct the name, or write the check")
    for sentence in sentences:
        if not sentence.checks and not sentence.given:
            rule = f"{sentence.id} holds for all exercises, and no check of {exercise.name} proves it"
            yield Complaint(file, rule, "Name one, or let the sentence stand with those exercises that keep it")
    named = {test for sentence in sentences for test in sentence.checks}
    for test in tests:
        if test not in named:
            rule = f"{exercise.name}: {test} proves no sentence of the contract"
            yield Complaint(file, rule, "Name it at the sentence that it proves, or add the sentence")
    yield from _of_programs(root, kata, exercise)


def _of_programs(root: Path, kata: Kata, exercise: Exercise) -> Iterator[Complaint]:
    """Go through the sentences that no program breaks alone, and the programs that break what is no sentence."""
    if not (root / _WRONG).is_dir():
        return
    obligations = [sentence.id for sentence in kata.sentences(exercise) if not sentence.given]
    own = dict.fromkeys(obligations, 0)
    for program, broken in _programs(root, exercise):
        for name in broken:
            if name not in own:
                rule = f"breaks {name}, which is no obligation in the contract of {exercise.name}"
                yield Complaint(program, rule, f"Correct the line, or add the sentence to {KATA_FILE}")
        if len(broken) == 1 and broken[0] in own:
            own[broken[0]] += 1
    unfinished = any(gaps_of_kata(root, kata.folder.name))
    for name, programs in own.items():
        if not programs and not unfinished:
            rule = f"no wrong program of {exercise.name} breaks {name} and nothing else"
            folder = root / _WRONG / kata.folder.name / exercise.name
            yield Complaint(kata.folder / KATA_FILE, rule, f"Write one in {folder}, with the line: breaks: {name}")


def _programs(root: Path, exercise: Exercise) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Go through the wrong programs of an exercise, and the sentences that each says it breaks."""
    for program in sorted((root / _WRONG / exercise.kata / exercise.name).glob("*")):
        if (program.suffix == ".py" or any(program.glob("*.py"))) and not gaps(program):
            yield program, broken_by(program)


def table(root: Path) -> Iterator[str]:
    """Go through the lines of a table: each sentence, its wrong programs, how many are its own, and its checks."""
    sentences = checked = broken = given = 0
    for kata in load_course(root / COURSE):
        for exercise in kata.exercises:
            yield f"{kata.folder.name}, {exercise.name}"
            programs = [names for _, names in _programs(root, exercise)]
            for sentence in kata.sentences(exercise):
                if sentence.given:
                    given += 1
                    yield f"  {sentence.id}: given"
                    continue
                own, all_ = programs.count((sentence.id,)), sum(sentence.id in names for names in programs)
                sentences, checked, broken = sentences + 1, checked + bool(sentence.checks), broken + bool(own)
                yield f"  {sentence.id}: wrong programs of its own: {own}" + (f", of {all_}" if all_ > own else "")
                yield from (f"      {test}" for test in sentence.checks)
            yield ""
    yield (
        f"sentences: {sentences}, with a check: {checked}, with a wrong program of their own: {broken}; given: {given}"
    )
