"""Notices who never comes to rest: a thread that computes on and on, asks again and again, or only looks at its watch.

All of it is counted, in CPU time and in wake-ups, so that a busy machine changes nothing. A value: to hear of something
or to look gives a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conc_checker.engine.supervisor.platform import Kind
from conc_checker.record.events import ROUTINE

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.platform import Snapshot
    from conc_checker.record.trace import Event

BURN = 0.5  # seconds of CPU without waiting, after which time runs
WAITS = "waits again and again"
_SPIN = 2.0  # seconds of CPU without waiting and without news, after which a thread counts as spinning
_MANY_POLLS = 1000  # looks at a process's state from one line with no other news
_MANY_WAKES = 100  # ends of a thread's timed waits with no news, after which it counts as polling
_LOOKS_ALONE = 3  # looks in a row that show one thread at work and nobody else, before it counts as spinning


@dataclass(frozen=True, slots=True)
class BusyWaitDetector:
    """What has happened since the last news; `spins` says how somebody spins, and is empty while nobody does."""

    spins: str = ""
    polls: bool = False
    looks_alone: int = 0
    others: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    wakes: dict[tuple[int, int], int] = field(default_factory=dict)
    burnt: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)

    def hear(self, event: Event) -> BusyWaitDetector:
        """Count what a process reports, or begin anew when it is news."""
        if event.kind not in ROUTINE:
            return BusyWaitDetector()
        if event.kind == "poll" and event.get("count", 0) >= _MANY_POLLS:
            return replace(self, polls=True)
        return self

    def see_running(self, snapshot: Snapshot) -> tuple[float, BusyWaitDetector]:
        """Take a look that showed threads at work; also return the longest time (CPU s) that one has not waited."""
        burnt: dict[tuple[int, int], tuple[int, float]] = {}
        longest = 0.0
        for key, (waited, cpu) in snapshot.running.items():
            before = self.burnt.get(key)
            burnt[key] = before if before is not None and before[0] == waited else (waited, cpu)
            longest = max(longest, cpu - burnt[key][1])
        others = {key: mark for key, mark in snapshot.marks.items() if key not in snapshot.running}
        alone = self.looks_alone + 1 if len(snapshot.running) == 1 and others == self.others else 0
        spins = self.spins
        if alone >= _LOOKS_ALONE and (longest > _SPIN or self.polls):
            spins = spins or ("polls" if self.polls else "computes")
        return longest, replace(self, burnt=burnt, others=others, looks_alone=alone, spins=spins)

    def see_timed(self, snapshot: Snapshot) -> BusyWaitDetector:
        """Take a look that showed only waits: a subject whose timed waits all end and begin again is polling."""
        timed = {
            key: snapshot.marks[key][2]
            for key, wait in snapshot.threads.items()
            if wait.kind is Kind.TIMED and len(snapshot.marks[key]) > 2
        }
        wakes = timed | self.wakes
        is_polling = timed and all(count - wakes[key] >= _MANY_WAKES for key, count in timed.items())
        return replace(self, wakes=wakes, spins=self.spins or (WAITS if is_polling else ""))

    def see_rest(self) -> BusyWaitDetector:
        """Take a look that showed everybody at rest."""
        return replace(self, burnt={})
