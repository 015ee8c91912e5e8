"""The command `conc`: help for learners beside the checks."""

from __future__ import annotations

import argparse
import io
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from conc_checker.curriculum import HINT_STEPS, LANGUAGES, CurriculumError, load_course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.curriculum import Exercise, Kata

COURSE = "katas"

_STEP = {"en": "hint {step} of {last}", "zh-CN": "提示 {step}/{last}"}
_NEXT = {
    "en": "The next hint says more: {command}",
    "zh-CN": "下一步提示说得更多：{command}",  # noqa: RUF001 (Chinese punctuation)
}
_LAST = {
    "en": "This was the last hint. Still stuck? Your trap may be one of those in {readme}",
    "zh-CN": "这是最后一步提示。还是卡住？你掉进的坑也许就写在 {readme} 里",  # noqa: RUF001
}
_README = {"en": "README.md", "zh-CN": "README.zh-CN.md"}


class UsageError(Exception):
    """What was asked for is not there; the message says what, why, and what to type instead."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `conc` with these arguments, by default those of the command line; return the exit status."""
    options = _parser().parse_args(argv)
    try:
        options.run(options)
    except (UsageError, CurriculumError) as error:
        print(f"conc: {error}", file=sys.stderr)
        return 2
    return 0


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


def hint(options: argparse.Namespace) -> None:
    """Print one hint, and how to get the next."""
    course: Path = options.course or find_course(Path.cwd())
    kata = _find_kata(load_course(course), options.kata, course)
    exercise = _find_exercise(kata, options.exercise)
    language, step = options.lang, options.step
    if step == HINT_STEPS:
        ending = _LAST[language].format(readme=f"{kata.folder.name}/{_README[language]}")
    else:
        ending = _NEXT[language].format(command=_next_command(options))
    position = _STEP[language].format(step=step, last=HINT_STEPS)
    _print(f"{kata.number} {exercise.title[language]} · {position}\n\n{exercise.hints[language][step - 1]}\n")
    _print(ending, wrap=False)


def _print(text: str, *, wrap: bool = True) -> None:
    """Print a text as wide as the terminal is; a command is not wrapped, so that it can be copied."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without these characters shows the rest
    Console(markup=False, highlight=False, emoji=False).print(text, soft_wrap=not wrap)


def _next_command(options: argparse.Namespace) -> str:
    """Return what the learner typed, one step further."""
    words = ["conc", "hint", options.kata]
    if options.exercise:
        words.append(options.exercise)
    words += ["--step", str(options.step + 1)]
    if options.lang != LANGUAGES[0]:
        words += ["--lang", options.lang]
    if options.course:
        words += ["--course", str(options.course)]
    return shlex.join(words)


def _find_kata(katas: list[Kata], asked: str, course: Path) -> Kata:
    number = asked.zfill(2) if asked.isdecimal() else asked
    for kata in katas:
        if number in (kata.number, kata.folder.name):
            return kata
    if not katas:
        raise UsageError(f"there are no katas in {course}. Name the folder that holds them: --course DIR")
    known = ", ".join(kata.folder.name for kata in katas)
    raise UsageError(f"there is no kata '{asked}' in {course}. Choose one of: {known}")


def _find_exercise(kata: Kata, asked: str | None) -> Exercise:
    for exercise in kata.exercises:
        if exercise.name == asked or (asked is None and len(kata.exercises) == 1):
            return exercise
    known = ", ".join(exercise.name for exercise in kata.exercises)
    if asked is None:
        raise UsageError(
            f"kata {kata.number} has several exercises: {known}. "
            f"Name one, such as: conc hint {kata.number} {kata.exercises[0].name}"
        )
    raise UsageError(f"kata {kata.number} has no exercise '{asked}'. Choose one of: {known}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conc", description="Help with the katas of the course.")
    commands = parser.add_subparsers(title="commands", required=True)
    command = commands.add_parser(
        "hint",
        help="show a hint for an exercise",
        description="Show a hint; each step says more than the last.",
    )
    command.add_argument("kata", metavar="KATA", help="the kata: 03, 3 or 03_multiprocess")
    command.add_argument("exercise", metavar="EXERCISE", nargs="?", help="the exercise, where the kata has several")
    command.add_argument(
        "--step",
        type=int,
        choices=range(1, HINT_STEPS + 1),
        default=1,
        help="which hint (default: the first)",
    )
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="the language (default: en)")
    command.add_argument(
        "--course", type=Path, metavar="DIR", help="the folder of katas (default: the nearest folder 'katas')"
    )
    command.set_defaults(run=hint)
    return parser


if __name__ == "__main__":
    sys.exit(main())
