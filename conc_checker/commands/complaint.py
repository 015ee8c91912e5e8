"""What `conc verify` says of a course: a complaint is one thing that breaks a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something of the course breaks a rule: which file, where known which line, which rule, and what to do."""

    file: Path
    rule: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        return f"{place}: {self.rule}. {self.remedy}."
