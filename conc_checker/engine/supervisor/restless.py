"""Notices who never comes to rest: a thread that computes on and on, asks again and again, or only looks at its watch.

All of it is counted, in CPU time and in wake-ups, so that a busy machine changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.engine.supervisor.waits import Kind

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.host import Look
    from conc_checker.engine.supervisor.inbox import Message

BURN = 0.5  # seconds of CPU without waiting, after which time runs
_SPIN = 2.0  # seconds of CPU without waiting and without news, after which a thread counts as spinning
_SAME_WAITS = 200  # wake-ups from the same line with no other news, after which a process counts as polling
_WAITS_ALONE = 1000  # the same, when nobody is held and only a change of mind could end it
_MANY_POLLS = 1000  # looks at a process's state from one line with no other news
_MANY_WAKES = 100  # ends of a thread's timed waits with no news, after which it counts as polling
_LOOKS_ALONE = 3  # looks in a row that show one thread at work and nobody else, before it counts as spinning

# Reports of one who waits or asks; all others are news.
_ROUTINE = frozenset(("sleep", "woke", "join-timed", "poll", "join", "joined"))


class Restless:
    """What has happened since the last news; `spins` says how somebody spins, and is empty while nobody does."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew: something has changed."""
        self.spins = ""
        self._polls = False
        self._place: Any = None
        self.waits = 0
        self._alone = 0
        self._others: dict[tuple[int, int], tuple[int, ...]] = {}
        self._wakes: dict[tuple[int, int], int] = {}
        self._burnt: dict[tuple[int, int], tuple[int, float]] = {}

    def hear(self, message: Message, *, nobody_is_held: bool) -> None:
        """Count a message, or begin anew when it is news."""
        if message.kind not in _ROUTINE:
            self.reset()
        elif message.kind in ("sleep", "join-timed"):
            place = (message.pid, message.kind, str(message.site))
            self.waits = self.waits + 1 if place == self._place else 1
            self._place = place
            if self.waits >= (_WAITS_ALONE if nobody_is_held else _SAME_WAITS):
                self.spins = self.spins or "waits again and again"
        elif message.kind == "poll" and message.data.get("count", 0) >= _MANY_POLLS:
            self._polls = True

    def see_running(self, look: Look) -> float:
        """Take a look that showed threads at work; return the longest time (CPU seconds) that one has not waited."""
        burnt: dict[tuple[int, int], tuple[int, float]] = {}
        longest = 0.0
        for key, (waited, cpu) in look.running.items():
            before = self._burnt.get(key)
            burnt[key] = before if before is not None and before[0] == waited else (waited, cpu)
            longest = max(longest, cpu - burnt[key][1])
        self._burnt = burnt
        others = {key: mark for key, mark in look.marks.items() if key not in look.running}
        self._alone = self._alone + 1 if len(look.running) == 1 and others == self._others else 0
        self._others = others
        if self._alone >= _LOOKS_ALONE and (longest > _SPIN or self._polls):
            self.spins = self.spins or ("polls" if self._polls else "computes")
        return longest

    def see_timed(self, look: Look) -> None:
        """Take a look that showed only waits: a subject whose timed waits all end and begin again is polling."""
        timed = [key for key, wait in look.threads.items() if wait.kind is Kind.TIMED and len(look.marks[key]) > 2]
        for key in timed:
            self._wakes.setdefault(key, look.marks[key][2])
        if timed and all(look.marks[key][2] - self._wakes[key] >= _MANY_WAKES for key in timed):
            self.spins = self.spins or "waits again and again"

    def see_rest(self) -> None:
        """Take a look that showed everybody at rest."""
        self._burnt = {}
