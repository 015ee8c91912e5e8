"""What is said where the course itself breaks a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CurriculumError(ValueError):
    """A `kata.toml`, its folder or a test module breaks a rule; the message names file, place, rule and remedy."""

    def __init__(self, file: Path, place: str, rule: str, remedy: str) -> None:
        self.file = file
        self.place = place
        self.rule = f"{place}: {rule}" if place else rule
        self.remedy = remedy
        super().__init__(f"{file}: {self.rule}. {remedy}.")
