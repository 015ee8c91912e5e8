"""The events of a run as they become known, in causal order; what the Trace on pytest's side is made of."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from conc_checker.record.trace import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.record.events import Kind

MOST_EVENTS = 20_000


class Journal:
    """Collects events; `now` gives the reading of the subject's clock for each."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.events: list[Event] = []
        self._now = now
        self._begun = time.monotonic()
        self._passed_on = 0

    @property
    def is_full(self) -> bool:
        """Whether the subject has reported more than a run may."""
        return len(self.events) > MOST_EVENTS

    def add(self, event: Event) -> None:
        """Add an event whose `real` is a reading of the monotonic clock, 0 for now."""
        moment = max(0.0, (event.real or time.monotonic()) - self._begun)
        # Not by replace(), which takes three times as long: a program may report a lot.
        self.events.append(Event(event.kind, event.pid, event.thread, moment, self._now(), event.site, event.data))

    def note(self, kind: Kind, data: dict[str, Any] | None = None, *, pid: int = 0, thread: int = 0) -> None:
        """Add an event of now that the supervisor has found out itself."""
        self.add(Event(kind, pid, thread, data=data or {}))

    def last_of(self, pid: int) -> Event | None:
        """Return what a process reported last."""
        return next((e for e in reversed(self.events) if e.pid == pid), None)

    def news(self) -> list[Event]:
        """Return the events since the last call."""
        fresh = self.events[self._passed_on :]
        self._passed_on = len(self.events)
        return fresh
