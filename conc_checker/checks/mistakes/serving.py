"""Mistakes of a server: who serves whom, who holds which connection, and what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.checks.story import Story
    from conc_checker.verdict import Diagnosis

    Recogniser = Callable[[Story, str], Diagnosis | None]

FIRST: tuple[Recogniser, ...] = ()
RECOGNISERS: tuple[Recogniser, ...] = ()
LAST: tuple[Recogniser, ...] = ()
