"""What a topic is: a lab for the tests of its katas, the mistakes that are made there, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conc_checker.diagnosis.mistake import Catalogue
    from conc_checker.lab.lab import Lab
    from conc_checker.report.canvas import Picture


@dataclass(frozen=True, slots=True)
class Topic:
    """A room of the course.

    `load_picture` returns what draws; a session in which all passes does without, and without what it needs.
    """

    lab: type[Lab]
    load_picture: Callable[[], Picture]

    @property
    def catalogues(self) -> Mapping[str, Catalogue]:
        """The mistakes, by what a run is about."""
        return self.lab.catalogues
