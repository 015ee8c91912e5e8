"""Runs mutants against the checks of their exercises, many at a time, each up to the first check that it fails.

One failure is enough, whichever it is: who fails a check by itself fails it among the others, unless an earlier one
has failed before it. So the checks that reject most in the least time come first, as they have done so far.

Many mutants never end. They get less time than the exercise grants, and all of it only where that could matter: where
the program itself needs more than a small part of the less.
"""

from __future__ import annotations

import importlib.util
import inspect
import multiprocessing
import os
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from conc_checker import topics
from conc_checker.course.curriculum import find_exercise
from conc_checker.course.source import Program
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.run import CheckFailedError
from conc_checker.record.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from conc_checker.course.curriculum import Exercise
    from conc_checker.lab.lab import Lab, Settings
    from conc_checker.mutation.mutants import Mutant

_Lab = TypeVar("_Lab", bound="_Closed")
DEADLINE = 5.0  # seconds that a run of a mutant may compute, at first
_SMALL = 10  # of the deadline, which part is small
_TRIES = 3  # of a check that the machine was too busy to judge


class _Closed(Protocol):
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant: the check that rejected it, with the diagnosis; both "" for one that passed them all.

    `undecided` names a check that could not be judged, where no other has rejected it.
    """

    check: str = ""
    diagnosis: str = ""
    undecided: str = ""
    seconds: float = 0.0

    @property
    def survived(self) -> bool:
        """Whether it has passed every check."""
        return not self.check and not self.undecided


@dataclass(frozen=True, slots=True)
class Task:
    """A mutant as it is handed to a process that tries it, with the files of the program that it was made of."""

    test: Path
    files: tuple[tuple[Path, str], ...]
    text: str
    settings: Settings
    deadline: float  # of the exercise


def try_all(mutants: Sequence[Mutant], course: Path, settings: Settings, jobs: int) -> Iterator[tuple[Mutant, Result]]:
    """Try mutants, so many at the same time; go through what became of them, in their order."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _end_with, (os.getpid(),)) as pool:
        yield from zip(mutants, pool.map(attempt, tasks(mutants, course, settings)), strict=True)


def tasks(mutants: Iterable[Mutant], course: Path, settings: Settings) -> Iterator[Task]:
    """Go through what there is to be done with mutants, given the folder of the katas."""
    for mutant in mutants:
        exercise, program = mutant.right.exercise, mutant.right.program
        test = course / exercise.kata / f"test_{exercise.name}.py"
        yield Task(test, program.files, mutant.text, settings, exercise.deadline)


# ── in each process ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, eq=False)
class Check:
    """A check of a test module, and what it has achieved so far."""

    test: Path
    name: str
    function: Callable[[Lab], object]
    rejected: int = 0
    seconds: float = 0.0

    @property
    def worth(self) -> float:
        """How much it has rejected for its time."""
        return (self.rejected + 0.5) / (self.seconds + 0.1)


@cache
def _remote() -> Remote:
    return Remote()


@cache
def _exercise(test: Path) -> Exercise:
    exercise = find_exercise(test)
    assert exercise is not None
    return exercise


@cache
def _checks(test: Path) -> list[Check]:
    spec = importlib.util.spec_from_file_location(f"checks_{test.stem}", test)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    functions = {name: value for name, value in vars(module).items() if inspect.isfunction(value)}
    return [Check(test, check.test, functions[check.test]) for check in _exercise(test).checks]


def _end_with(parent: int) -> None:
    """End this process when the one that has started it is killed: it would wait for work for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def attempt(task: Task) -> Result:
    """Try a mutant."""
    began, undecided = time.perf_counter(), ""
    name = _exercise(task.test).name
    with tempfile.TemporaryDirectory(prefix="cm-") as folder:
        changed = Path(folder, f"{name}.py")
        changed.write_text(task.text, encoding="utf-8")
        files = tuple((changed if file == changed.name else path, file) for path, file in task.files)
        program, original = Program(name, files), Program(name, task.files)
        for check in _first_the_best(_checks(task.test)):
            started = time.perf_counter()
            outcome, diagnosis = _run(check, program, task.settings)
            if outcome is Outcome.TIMED_OUT and not _is_quick(check, original, task.settings):
                outcome, diagnosis = _run(check, program, replace(task.settings, deadline=task.deadline))
            check.seconds += time.perf_counter() - started
            if outcome is Outcome.INCONCLUSIVE:
                undecided = check.name
            elif outcome is not Outcome.PASSED:
                check.rejected += 1
                return Result(check.name, diagnosis, seconds=time.perf_counter() - began)
    return Result(undecided=undecided, seconds=time.perf_counter() - began)


def _run(check: Check, program: Program, settings: Settings) -> tuple[Outcome, str]:
    lab = topics.find(_exercise(check.test).topic).lab
    return judge(lambda: lab(_remote(), program, settings), check.function)


@cache
def _is_quick(check: Check, program: Program, settings: Settings) -> bool:
    """Whether a program passes a check in a small part of the time that it may take."""
    began = time.perf_counter()
    outcome, _ = _run(check, program, settings)
    return outcome is Outcome.PASSED and time.perf_counter() - began < settings.deadline / _SMALL


def _first_the_best(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: -check.worth)  # of equals those that come first in the module


def judge(make: Callable[[], _Lab], check: Callable[[_Lab], object]) -> tuple[Outcome, str]:
    """Run a check, each time in a new lab, until it is judged; return how it ended, with the diagnosis."""
    outcome, diagnosis = Outcome.INCONCLUSIVE, ""
    for _ in range(_TRIES):
        lab = make()
        try:
            check(lab)
        except CheckFailedError as failure:
            outcome = failure.verdict.outcome
            diagnosis = failure.verdict.diagnosis.id if failure.verdict.diagnosis else failure.verdict.rule
        else:
            return Outcome.PASSED, ""
        finally:
            lab.close()
        if outcome is not Outcome.INCONCLUSIVE:
            break
    return outcome, diagnosis
