"""The events of a run as they become known, in causal order; what the Trace on pytest's side is made of."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_EVENTS = 20_000


class Journal:
    """Collects events; `now` gives the reading of the subject's clock for each."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.events: list[dict[str, Any]] = []
        self._now = now
        self._begun = time.monotonic()
        self._passed_on = 0

    @property
    def is_full(self) -> bool:
        """Whether the subject has reported more than a run may."""
        return len(self.events) > MOST_EVENTS

    def note(
        self,
        kind: str,
        data: dict[str, Any] | None = None,
        *,
        pid: int = 0,
        thread: int = 0,
        site: list[Any] | None = None,
        real: float = 0.0,
    ) -> dict[str, Any]:
        """Add an event and return it; `real` is a reading of the monotonic clock, 0 for now."""
        moment = max(0.0, (real or time.monotonic()) - self._begun)
        event = {"kind": kind, "pid": pid, "thread": thread, "real": moment, "virtual": self._now(), "site": site}
        event["data"] = data or {}
        self.events.append(event)
        return event

    def last_of(self, pid: int) -> dict[str, Any] | None:
        """Return what a process reported last."""
        return next((e for e in reversed(self.events) if e["pid"] == pid), None)

    def news(self) -> list[dict[str, Any]]:
        """Return the events since the last call."""
        fresh = self.events[self._passed_on :]
        self._passed_on = len(self.events)
        return fresh
