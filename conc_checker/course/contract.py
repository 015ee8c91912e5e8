"""The contract of an exercise, sentence by sentence: what it is called, what it says, and which checks prove it.

It stands in `kata.toml`, and the READMEs have it from there. A wrong program says in its docstring which sentences it
breaks, so that each sentence can be seen to be broken by a program that keeps all others:

    breaks: each-number-once
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BREAKS = re.compile(r"^breaks: *(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that a program has to do; or, where it is `given`, a promise to it, or a freedom that it has.

    `text` is by language. `function` names the function that this sentence and those after it speak of, where it is the
    first that does. `checks` prove an obligation, and are none for what is given.
    """

    id: str
    text: Mapping[str, str]
    checks: tuple[str, ...]
    function: str | None = None
    given: bool = False


def broken_by(program: Path) -> tuple[str, ...]:
    """Return the ids of the sentences that a wrong program, a file or a folder of some, says it breaks."""
    files = sorted(program.glob("*.py")) if program.is_dir() else [program]
    lines = (said[1] for file in files for said in _BREAKS.finditer(file.read_text(encoding="utf-8", errors="replace")))
    return tuple(word for line in lines for word in line.replace(",", " ").split())
