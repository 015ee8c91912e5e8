"""The mutants that pass the checks and may: a file that says of each why it keeps the contract.

    [[keeps]]
    exercise = "echo_handler"
    why = "how much is read at a time is free"
    mutants = [
      "solution, handle: number: while data := conn.recv(4096): → while data := conn.recv(64):",
      "class_based, …: number: …recv(2048): → …",
    ]

A mutant is told by its key, which `conc mutate` prints; no line number is in it, so that a program may grow elsewhere.
`…` stands for anything, so that one reason can be given for many. All that a key fits must survive: where it fits a
mutant that a check rejects, the reason is not true, or the check rejects a right program.

A table [[unproven]] looks the same. Its mutants break the contract, but by a race that nothing can hold, so that they
pass or not as it happens; `why` says what cannot be held.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from conc_checker.course.error import CurriculumError

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.mutation.mutants import Mutant

ANYTHING = "…"
_TABLES = ("keeps", "unproven")
_KEYS = {"exercise", "why", "mutants"}
_REMEDY = "CONTRIBUTING.md has an example"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why those mutants of an exercise pass that a key fits; where it is not certain, some check may reject them."""

    exercise: str
    key: str
    why: str
    certain: bool = True

    def fits(self, mutant: Mutant) -> bool:
        """Whether this is about a mutant."""
        if mutant.right.exercise.name != self.exercise:
            return False
        return self.key == mutant.key or (ANYTHING in self.key and _pattern(self.key).fullmatch(mutant.key) is not None)


def load(file: Path) -> list[Reason]:
    """Return the reasons in a file, none where there is no file; raise CurriculumError when it breaks a rule."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise CurriculumError(file, "", f"is not valid TOML ({error})", "Mend it at the place named") from error
    reasons: list[Reason] = []
    for kind, tables in content.items():
        if kind not in _TABLES or not isinstance(tables, list):
            raise CurriculumError(file, "", "holds tables [[keeps]] and [[unproven]] and nothing else", _REMEDY)
        for number, table in enumerate(tables, 1):
            reasons += _reasons(file, kind, number, table)
    known: set[tuple[str, str]] = set()
    for reason in reasons:
        if (reason.exercise, reason.key) in known:
            raise CurriculumError(file, reason.exercise, f"has {reason.key!r} twice", "Take one of them out")
        known.add((reason.exercise, reason.key))
    return reasons


def _reasons(file: Path, kind: str, number: int, table: dict[str, Any]) -> list[Reason]:
    place = f"{kind} {number}"
    if table.keys() != _KEYS:
        raise CurriculumError(file, place, "must have exercise, why and mutants, and nothing else", _REMEDY)
    exercise, why, keys = table["exercise"], table["why"], table["mutants"]
    if not isinstance(keys, list) or not keys or not all(isinstance(text, str) for text in (exercise, why, *keys)):
        raise CurriculumError(file, place, "must hold texts, and mutants a list of them", _REMEDY)
    if not why.strip():
        raise CurriculumError(file, place, "gives no reason", "Say in why how it keeps the contract, or mend the check")
    return [Reason(exercise, key, why, certain=kind == _TABLES[0]) for key in keys]


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, key.split(ANYTHING))), re.DOTALL)
