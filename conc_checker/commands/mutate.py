"""`conc mutate`: whether the checks of a course tell mutants of right programs from the programs.

A mutant that passes is a mistake that no check sees, or keeps the contract all the same. The first asks for a better
check; of the second a file says why it may.
"""

from __future__ import annotations

import os
import random
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker.course.curriculum import load_course
from conc_checker.course.find import COURSE, SURVIVORS, UsageError, find_kata, find_root
from conc_checker.lab.lab import Settings
from conc_checker.mutation.mutants import mutants, right_programs
from conc_checker.mutation.operators import OPERATORS
from conc_checker.mutation.survivors import load
from conc_checker.mutation.trial import DEADLINE, try_all

if TYPE_CHECKING:
    import argparse

    from conc_checker.mutation.mutants import Mutant
    from conc_checker.mutation.survivors import Reason
    from conc_checker.mutation.trial import Result

_START_METHODS = ("fork", "spawn", "forkserver")


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what `conc mutate` takes."""
    command.add_argument("kata", metavar="KATA", nargs="?", help="only this kata: 03, 3 or 03_multiprocess")
    command.add_argument("exercise", metavar="EXERCISE", nargs="?", help="only this exercise of it")
    command.add_argument("--program", metavar="NAME", help="only this right program; 'solution' is the solution")
    command.add_argument("--operator", metavar="NAME", help="only what this operator makes")
    command.add_argument("--sample", type=int, metavar="N", help="try N of them, chosen by chance")
    command.add_argument("--seed", type=int, metavar="S", help="which ones are chosen (default: others each time)")
    command.add_argument("--jobs", type=int, metavar="N", default=os.cpu_count() or 1, help="how many at a time")
    command.add_argument("--start-method", choices=_START_METHODS, default="fork", help="(default: fork)")
    command.add_argument("--list", action="store_true", help="show the mutants, and run none")
    command.add_argument(
        "--course", type=Path, metavar="DIR", help="the folder with katas and solutions (default: the nearest)"
    )


@dataclass(slots=True)
class _Count:
    """What became of the mutants so far."""

    killed: int = 0
    with_reason: int = 0
    unexplained: list[Mutant] = field(default_factory=list)
    undecided: list[Mutant] = field(default_factory=list)
    refuted: list[Mutant] = field(default_factory=list)


def mutate(options: argparse.Namespace) -> int:
    """Make mutants, try them, and print who survives; return 1 when one does without a reason, or a reason is none."""
    root = find_root(options.course, Path.cwd())
    found = _chosen(root, options)
    reasons = load(root / SURVIVORS)
    in_vain = [] if options.program or options.operator else _in_vain(reasons, found, options)
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    tried = found
    if options.sample is not None and options.sample < len(found):
        tried = random.Random(seed).sample(found, options.sample)
        print(f"{len(tried)} of {len(found)} mutants; the same again with: --sample {options.sample} --seed {seed}")
    if options.list:
        for mutant in tried:
            print(mutant)
        print(f"mutants: {len(tried)}")
        return 0
    began = time.monotonic()
    count = _Count()
    settings = Settings(options.start_method, deadline=DEADLINE)
    for mutant, result in try_all(tried, root / COURSE, settings, options.jobs):
        _take(mutant, result, [reason for reason in reasons if reason.fits(mutant)], count)
    for reason in in_vain:
        print(f"{root / SURVIVORS}: {reason.exercise}: {reason.key!r} fits no mutant. Take it out, or write it anew.")
    print(
        f"mutants: {len(tried)} tried, {count.killed} rejected, {count.with_reason} passed with a reason, "
        f"{len(count.unexplained)} without, {len(count.undecided)} undecided; {len(count.refuted)} reasons refuted, "
        f"{len(in_vain)} in vain; {time.monotonic() - began:.0f} s"
    )
    return 1 if count.unexplained or count.undecided or count.refuted or in_vain else 0


def _chosen(root: Path, options: argparse.Namespace) -> list[Mutant]:
    katas = load_course(root / COURSE)
    if options.kata:
        katas = [find_kata(katas, options.kata, root / COURSE)]
    exercises = [exercise.name for kata in katas for exercise in kata.exercises]
    if options.exercise and options.exercise not in exercises:
        raise UsageError(f"there is no exercise '{options.exercise}'. Choose one of: {', '.join(exercises)}")
    programs = [right for right in right_programs(root, katas) if options.exercise in (None, right.exercise.name)]
    if options.operator and options.operator not in OPERATORS:
        raise UsageError(f"there is no operator '{options.operator}'. Choose one of: {', '.join(OPERATORS)}")
    names = list(dict.fromkeys(right.name for right in programs))
    if options.program and options.program not in names:
        raise UsageError(f"there is no right program '{options.program}'. Choose one of: {', '.join(names)}")
    return [
        mutant
        for right in programs
        if options.program in (None, right.name)
        for mutant in mutants(right)
        if options.operator in (None, mutant.operator)
    ]


def _in_vain(reasons: list[Reason], found: list[Mutant], options: argparse.Namespace) -> list[Reason]:
    """Return the reasons that fit no mutant, of those that are about what was chosen."""
    names = {mutant.right.exercise.name for mutant in found}
    about = [reason for reason in reasons if not (options.kata or options.exercise) or reason.exercise in names]
    return [reason for reason in about if not any(reason.fits(mutant) for mutant in found)]


def _take(mutant: Mutant, result: Result, reasons: list[Reason], count: _Count) -> None:
    """Count what became of a mutant, and print what somebody has to look at."""
    if result.check:
        count.killed += 1
        if certain := [reason for reason in reasons if reason.certain]:
            count.refuted.append(mutant)
            said = f"{result.check} rejects it ({result.diagnosis}), but it is said to keep the contract"
            print(f"{mutant}\n  {said}: {certain[0].why}", flush=True)
    elif result.undecided:
        count.undecided.append(mutant)
        print(f"{mutant}\n  {result.undecided} could not tell: try it again", flush=True)
    elif reasons:
        count.with_reason += 1
    else:
        count.unexplained.append(mutant)
        print(f"{mutant}\n  passes every check, and nothing says why it may; its key:\n  {mutant.key}", flush=True)
