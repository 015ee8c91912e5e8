"""The barrier: who is held until the test says so, and who sleeps until the subject's clock does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.engine.supervisor.clock import Clock
    from conc_checker.engine.supervisor.inbox import Line, Message
    from conc_checker.engine.supervisor.journal import Journal
    from conc_checker.record.events import Kind


@dataclass(slots=True)
class Held:
    """A thread that waits for its release; `number` names it towards the test."""

    line: Line
    thread: int
    kind: Kind
    number: int


@dataclass(slots=True)
class Sleeper:
    """A thread that wakes at a moment of the subject's clock, or earlier when the process `awaits` has ended."""

    line: Line
    thread: int
    wakes: float
    awaits: int | None


class Barrier:
    """Holds and releases threads that wait for our reply."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._held: dict[int, Held] = {}
        self._sleepers: list[Sleeper] = []
        self.is_open = False  # nobody is held any more, now or later

    def hold(self, message: Message, number: int) -> None:
        """Keep a thread waiting."""
        self._held[number] = Held(message.line, message.event.thread, message.event.kind, number)

    def counts(self) -> Counter[Kind]:
        """Return how many threads are held for each kind of event."""
        return Counter(held.kind for held in self._held.values())

    def release(self, numbers: Iterable[int]) -> None:
        """Let these go on."""
        for number in numbers:
            held = self._held.pop(number, None)
            if held is not None:
                self._journal.note("released", {"number": number}, pid=held.line.pid, thread=held.thread)
                held.line.reply(task=number)

    def open(self) -> None:
        """Let everybody go on, and hold nobody any more."""
        self.is_open = True
        self.release(list(self._held))

    def put_to_sleep(self, message: Message, seconds: float, awaits: int | None) -> Sleeper:
        """Let a thread sleep for some seconds of the subject's clock."""
        sleeper = Sleeper(message.line, message.event.thread, self._clock.now() + max(0.0, seconds), awaits)
        self._sleepers.append(sleeper)
        return sleeper

    def wake(self, sleeper: Sleeper, *, ended: bool) -> None:
        """Wake a sleeper, and say whether the process that it awaits has ended."""
        if sleeper in self._sleepers:
            self._sleepers.remove(sleeper)
            self._journal.note("woke", pid=sleeper.line.pid, thread=sleeper.thread)
            sleeper.line.reply(ended=ended)

    def wake_due(self) -> None:
        """Wake those whose moment has come: at the very moment that they asked for, however late we notice."""
        due = [s for s in self._sleepers if s.wakes <= self._clock.now()]
        if due and self._clock.runs and self._clock.is_virtual:
            self._clock.stop(at=min(s.wakes for s in due))
            due = [s for s in self._sleepers if s.wakes <= self._clock.now()]
        for sleeper in due:
            self.wake(sleeper, ended=False)

    def moments(self) -> tuple[float, ...]:
        """Return when each sleeper wakes."""
        return tuple(s.wakes for s in self._sleepers)

    def process_ended(self, pid: int) -> None:
        """Forget a process, and wake who waited for it."""
        self.forget(lambda line: line.pid == pid)
        for sleeper in [s for s in self._sleepers if s.awaits == pid]:
            self.wake(sleeper, ended=True)

    def forget(self, which: Callable[[Line], bool]) -> None:
        """Forget the threads of connections that are no more."""
        self._held = {n: h for n, h in self._held.items() if not which(h.line)}
        self._sleepers = [s for s in self._sleepers if not which(s.line)]

    def numbers(self) -> dict[int, int]:
        """Return the held threads and their numbers."""
        return {held.thread: held.number for held in self._held.values()}

    def sleeping(self) -> set[int]:
        """Return the threads that sleep."""
        return {s.thread for s in self._sleepers}

    def pids(self) -> set[int]:
        """Return the processes that have a thread here."""
        return {h.line.pid for h in self._held.values()} | {s.line.pid for s in self._sleepers}
