"""Mistakes about messages over a stream: taken for the pieces in which they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.checks.story import Story
    from conc_checker.verdict import Diagnosis

    Recogniser = Callable[[Story, str], Diagnosis | None]

RECOGNISERS: tuple[Recogniser, ...] = ()
