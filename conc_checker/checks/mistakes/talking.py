"""Mistakes in talking to one client: answers that are late, cut short or wrong, and ends that go unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.checks.story import Story
    from conc_checker.verdict import Diagnosis

    Recogniser = Callable[[Story, str], Diagnosis | None]

RECOGNISERS: tuple[Recogniser, ...] = ()
LAST: tuple[Recogniser, ...] = ()
