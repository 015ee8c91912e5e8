"""Notices that a program only goes round: pauses, looks, finds nothing new, pauses again, and so for ever.

A pause is a wait with a limit of the subject's clock: a sleep, or a wait for something that has not come. When each one
that is under way has ended and begun again in the same state, with no news in between, all further rounds will be like
those; but for what a program makes of the time itself, and so the clock goes far ahead before that is said. Where the
state is not the same, as in a loop that counts, or is not known, many rounds have to show it.

A value: to hear of something gives a new one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conc_checker.record.events import ROUTINE

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from conc_checker.record.trace import Event

# The first pause may have begun before the news; a whole round has then seen all there is, and another the same again.
_SAME = 2
_SAME_IN_FOR = 20  # the same where the loop's iterator cannot be seen: one may count by giving always the same
# Rounds after which also those who may be counting are taken to go on like that: a process's first thread, on which
# its end depends, and others.
_MANY, _MANY_OF_OTHERS = 200, 40
LONGEST_STRIDE = 13  # strides of 1, 2, 4 … s: two hours and a quarter in all

PAUSES = ("sleep", "join-timed", "timed-wait", "alarm")


@dataclass(frozen=True, slots=True)
class Pause:
    """Where a thread pauses, and in what state; None where that cannot be told."""

    place: Hashable = None
    state: Hashable = None
    often: int = _SAME  # how often the state has to come again, to say that it is for ever
    at_most: int = _MANY_OF_OTHERS  # how often the place, whatever the state


NO_PAUSE = Pause()


@dataclass(frozen=True, slots=True)
class Waking:
    """The moment at which a pause ends."""

    moment: float
    pause: Pause = NO_PAUSE


def pause_of(event: Event) -> Pause:
    """Return the pause that begins with an event."""
    about = (event.pid, event.kind, event.get("place"))
    state = event.get("state")
    often = _SAME_IN_FOR if event.get("in_for") else _SAME
    # The clock that the standard library reads goes on by a trifle, and its time-outs get shorter by that.
    same = None if state is None else (*about, state, round(event.get("seconds", 0.0), 4))
    return Pause(about, same, often, _MANY if event.thread == event.pid else _MANY_OF_OTHERS)


def _file(event: Event) -> Hashable:
    return event.pid, str(event.site), str(event.get("path"))


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each pause has begun since the last news, and which files have been opened."""

    begun: Mapping[tuple[str, Hashable], int] = field(default_factory=dict)

    def hear(self, event: Event) -> Rounds:
        """Count a pause that begins, or begin anew when an event is news; what else is routine says nothing."""
        if self._is_news(event):
            return Rounds({("open", _file(event)): 1}) if event.kind == "open" else Rounds()
        if event.kind not in PAUSES:
            return self
        pause = pause_of(event)
        begun = dict(self.begun)
        for key in (("place", pause.place), ("state", pause.state)):
            if key[1] is not None:
                begun[key] = begun.get(key, 0) + 1
        return Rounds(begun)

    def _is_news(self, event: Event) -> bool:
        if event.kind == "timed-wait-over":
            return bool(event.get("ended"))
        if event.kind == "open":  # whoever writes the same file again and again only says that he is still there
            return ("open", _file(event)) not in self.begun
        return event.kind not in ROUTINE

    def are_many(self, wakings: Collection[Waking]) -> bool:
        """Whether each of the pauses under way has ended and begun again very often."""
        places = Counter(w.pause.place for w in wakings)
        return all(self._ended("place", w.pause.place, places[w.pause.place]) >= w.pause.at_most for w in wakings)

    def are_the_same(self, wakings: Collection[Waking]) -> bool:
        """Whether each of the pauses under way has ended and begun again in the same state, or very often."""
        states = Counter(w.pause for w in wakings if w.pause.state is not None)
        same = {pause for pause, live in states.items() if self._ended("state", pause.state, live) >= pause.often}
        return self.are_many([w for w in wakings if w.pause not in same])

    def _ended(self, kind: str, key: Hashable, live: int) -> int:
        """Return how often a pause has ended: of threads that pause at the same place, each of them, on average."""
        return (self.begun.get((kind, key), 0) - live) // live
