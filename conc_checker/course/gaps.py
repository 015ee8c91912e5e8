"""The gaps of a kata that is still being written: each is marked, on a line of its own, by `TODO(kata): what to do`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conc_checker.course.find import COURSE, PROGRAMS, SOLUTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GAP = re.compile(r"TODO\(kata\): *(.*)")
_CLOSING = " .,\"'"  # what may follow in a text of Python or TOML
_TEXTS = {".md", ".toml", ".py"}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is still to be written: where, and what."""

    file: Path
    line: int
    what: str


def gaps(file: Path) -> list[Gap]:
    """Return the gaps of a file, which need not be there."""
    if file.suffix not in _TEXTS or not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    marks = ((number, _GAP.search(line)) for number, line in enumerate(lines, 1))
    return [Gap(file, number, mark[1].rstrip(_CLOSING)) for number, mark in marks if mark]


def gaps_of_kata(root: Path, name: str) -> Iterator[Gap]:
    """Go through the gaps of a kata: in its folder, in its solution, in its right and wrong programs."""
    for place in (COURSE, SOLUTIONS, f"{PROGRAMS}/right", f"{PROGRAMS}/wrong"):
        for file in sorted((root / place / name).rglob("*")):
            yield from gaps(file)
