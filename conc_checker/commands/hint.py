"""`conc hint`: the hints of an exercise, one step at a time."""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from conc_checker.course.curriculum import HINT_STEPS, LANGUAGES, load_course
from conc_checker.course.find import UsageError, find_course, find_kata

if TYPE_CHECKING:
    import argparse

    from conc_checker.course.curriculum import Exercise, Kata

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


def hint(options: argparse.Namespace) -> int:
    """Print one hint, and how to get the next; return the exit status."""
    course: Path = options.course or find_course(Path.cwd())
    kata = find_kata(load_course(course), options.kata, course)
    exercise = _find_exercise(kata, options.exercise)
    language, step = options.lang, options.step
    if step == HINT_STEPS:
        ending = _LAST[language].format(readme=f"{kata.folder.name}/{_README[language]}")
    else:
        ending = _NEXT[language].format(command=_next_command(options))
    position = _STEP[language].format(step=step, last=HINT_STEPS)
    _print(f"{kata.number} {exercise.title[language]} · {position}\n\n{exercise.hints[language][step - 1]}\n")
    _print(ending, wrap=False)
    return 0


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
