"""The mutants that pass the checks and may: a file that says of each why it keeps the contract.

    [[keeps]]
    exercise = "echo_handler"
    programs = ["solution", "class_based"]
    operator = "number"
    line = "while data := conn.recv(4096):"
    becomes = "while data := conn.recv(1):"
    why = "how much is read at a time is free"

`line` and `becomes` are the lines that differ, as `conc mutate` prints them; their numbers do not count, so that a
program may grow elsewhere. `within`, where it is given, is the function that holds them. In each of these texts `…`
stands for anything, so that one reason can be given for many; `programs` may be one name, too. All that an entry fits
must survive: one that fits a mutant that a check rejects says something false, or the check rejects a right program.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from conc_checker.course.error import CurriculumError

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.mutation.mutants import Mutant

ANYTHING = "…"
_TABLE = "keeps"
_KEYS = ("exercise", "programs", "operator", "line", "becomes", "why")
_REMEDY = "See the head of conc_checker/mutation/survivors.py for an example"


@dataclass(frozen=True, slots=True)
class Entry:
    """Mutants that keep the contract, and why; `number` counts the entries of the file from 1."""

    number: int
    exercise: str
    programs: tuple[str, ...]
    operator: str
    line: str
    becomes: str
    why: str
    within: str = field(default=ANYTHING)

    def fits(self, mutant: Mutant) -> bool:
        """Whether this is about a mutant."""
        return (
            _fits(self.exercise, mutant.right.exercise.name)
            and any(_fits(program, mutant.right.name) for program in self.programs)
            and _fits(self.operator, mutant.operator)
            and _fits(self.within, mutant.within)
            and _fits(self.line, mutant.line)
            and _fits(self.becomes, mutant.becomes)
        )

    def __str__(self) -> str:
        return f"entry {self.number} ({self.exercise}, {', '.join(self.programs)}, {self.operator}: {self.becomes!r})"


def load(file: Path) -> list[Entry]:
    """Return the entries of a file, none where there is no file; raise CurriculumError when one breaks a rule."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise CurriculumError(file, "", f"is not valid TOML ({error})", "Mend it at the place named") from error
    tables = content.pop(_TABLE, [])
    if content or not isinstance(tables, list):
        raise CurriculumError(file, "", f"holds tables [[{_TABLE}]] and nothing else", _REMEDY)
    return [_entry(file, number, table) for number, table in enumerate(tables, 1)]


def _entry(file: Path, number: int, table: dict[str, Any]) -> Entry:
    place = f"{_TABLE} {number}"
    if not set(_KEYS) <= table.keys() <= {*_KEYS, "within"}:
        rule = f"has the keys {', '.join(_KEYS)}, and perhaps within; not {', '.join(table)}"
        raise CurriculumError(file, place, rule, _REMEDY)
    programs = table["programs"] if isinstance(table["programs"], list) else [table["programs"]]
    texts = [*programs, *(value for key, value in table.items() if key != "programs")]
    if not all(isinstance(text, str) for text in texts):
        raise CurriculumError(file, place, "must hold texts, and programs may be a list of them", _REMEDY)
    if not table["why"].strip():
        raise CurriculumError(file, place, "gives no reason", "Say in why how it keeps the contract, or mend the check")
    return Entry(
        number, **{key: text.strip("\n") for key, text in table.items() if key != "programs"}, programs=tuple(programs)
    )


def _fits(pattern: str, text: str) -> bool:
    return pattern == text or (ANYTHING in pattern and _compiled(pattern).fullmatch(text) is not None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split(ANYTHING))), re.DOTALL)
