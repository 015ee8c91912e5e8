"""The topic `scheduling`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.topics.scheduling.lab import SchedulingLab
from conc_checker.topics.topic import Topic

if TYPE_CHECKING:
    from conc_checker.report.canvas import Picture


def _picture() -> Picture:
    from conc_checker.topics.scheduling.picture import picture  # noqa: PLC0415 (rich is loaded only where something is drawn)

    return picture


TOPIC = Topic(SchedulingLab, _picture)
