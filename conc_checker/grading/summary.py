"""A grade as a table for people, at most 80 columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from conc_checker.grading.model import UNKNOWN, CheckGrade, Grade, Mark
from conc_checker.report.layout import fit, harmless, pad, visible, wrap

if TYPE_CHECKING:
    from conc_checker.texts.messages import Messages

WIDTH = 80
_OUTCOME = 14  # columns
_INDENT = 4


def summary(grade: Grade, messages: Messages) -> str:
    """Return the table: katas, exercises, checks with their points, and what is to be said of those without."""
    lines: list[str] = []
    for kata in grade.katas:
        lines.append(_row(f"{kata.folder} · {kata.title}", _points(kata.earned, kata.points, messages)))
        for exercise in kata.exercises:
            lines.append(_row(f"  {exercise.title}", _points(exercise.earned, exercise.points, messages)))
            if exercise.is_untouched:
                place = f"{kata.folder}/{exercise.name}.py"
                lines += _indented(messages.word("not started here", exercise=place))
                continue
            for check in exercise.checks:
                lines += _check(check, messages)
        lines.append("")
    lines.append(_row(messages.word("grade total"), _points(grade.earned, grade.points, messages)))
    if number := sum(check.mark in UNKNOWN for _, _, check in grade.checks()):
        lines += ["", *wrap(messages.word("grade unsure", number=number), WIDTH)]
    if grade.trouble:
        lines += ["", *wrap(messages.word("grade trouble"), WIDTH)]
        lines += [f"  | {fit(visible(line), WIDTH - 4)}" for line in grade.trouble]
    return "".join(f"{harmless(line)}\n" for line in lines)


def _check(check: CheckGrade, messages: Messages) -> list[str]:
    outcome = pad(messages.word(check.mark), _OUTCOME)
    lines = [_row(f"{' ' * _INDENT}{outcome}{check.name}", _points(check.earned, check.points, messages))]
    if check.mark in (Mark.PASSED, Mark.BLOCKED) or check.title == messages.word("title missing"):
        return lines
    bad = [name for name, mark in check.repetitions if mark is not Mark.PASSED]
    some = f"[{', '.join(bad)}]" if len(bad) < len(check.repetitions) else ""
    for said in (check.title, " ".join(part for part in (check.place, some) if part)):
        lines += _indented(said, _INDENT + _OUTCOME) if said else []
    return lines


def _indented(text: str, indent: int = _INDENT) -> list[str]:
    return [" " * indent + line for line in wrap(visible(text), WIDTH - indent)]


def _points(earned: int, points: int, messages: Messages) -> str:
    return messages.word("grade points", earned=earned, points=points)


def _row(left: str, right: str) -> str:
    width = WIDTH - cell_len(right) - 2
    return f"{pad(fit(visible(left), width), width)}  {right}"
