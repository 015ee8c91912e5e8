"""The topic `processes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.topics.processes.lab import ProcessLab
from conc_checker.topics.topic import Topic

if TYPE_CHECKING:
    from conc_checker.report.canvas import Picture


def _picture() -> Picture:
    from conc_checker.report.timeline import lives  # noqa: PLC0415 (rich is loaded only where something is drawn)

    return lives


TOPIC = Topic(ProcessLab, _picture)
