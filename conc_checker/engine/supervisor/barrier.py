"""The barrier: who is held until the test says so, and who sleeps until the subject's clock does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conc_checker.engine.supervisor.rounds import NO_PAUSE, Pause, Waking, pause_of

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
    """A thread that waits until a moment of the subject's clock, or for something that comes earlier.

    It waits for us; or, where `looks` is a number, for something else, for which it has looked so often in vain.
    """

    line: Line
    thread: int
    wakes: float
    awaits: int | None = None  # a process, whose end wakes it
    looks: int | None = None
    pause: Pause = NO_PAUSE
    then: Callable[[], None] | None = None  # instead of our answer


@dataclass(slots=True)
class Alarm:
    """A signal that a process has asked for, to come at a moment, and from then on every so many seconds."""

    pid: int
    wakes: float
    interval: float


class Barrier:
    """Holds and releases threads that wait for our reply."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._held: dict[int, Held] = {}
        self._sleepers: list[Sleeper] = []
        self._alarms: dict[int, Alarm] = {}
        self._leaving: dict[int, Line] = {}  # threads whose time is up, and who have not said that they know
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

    def put_to_sleep(self, message: Message, *, awaits: int | None = None, looks: int | None = None) -> Sleeper:
        """Let a thread wait for some seconds of the subject's clock."""
        event = message.event
        wakes = self._clock.now() + max(0.0, float(event.get("seconds", 0.0)))
        sleeper = Sleeper(message.line, event.thread, wakes, awaits, looks, pause_of(event))
        self._sleepers.append(sleeper)
        return sleeper

    def delay(self, message: Message, seconds: float, then: Callable[[], None]) -> None:
        """Let a thread wait for what it has asked for, until some seconds of the subject's clock have passed."""
        wakes = self._clock.now() + seconds
        self._sleepers.append(Sleeper(message.line, message.event.thread, wakes, then=then))

    def wake(self, sleeper: Sleeper, *, ended: bool) -> None:
        """Wake a sleeper, and say whether the process that it awaits has ended."""
        if sleeper in self._sleepers:
            self._sleepers.remove(sleeper)
            if sleeper.then is not None:
                sleeper.then()
                return
            self._journal.note("woke", pid=sleeper.line.pid, thread=sleeper.thread)
            if sleeper.looks is not None:
                self._leaving[sleeper.thread] = sleeper.line
            sleeper.line.reply(answer=True, ended=ended)

    def looked(self, thread: int) -> None:
        """A thread has looked in vain for what it waits for."""
        for sleeper in self._sleepers:
            if sleeper.thread == thread and sleeper.looks is not None:
                sleeper.looks += 1

    def leave(self, thread: int) -> None:
        """A thread looks no longer: it has got what it wanted, or knows that its time is up."""
        self._sleepers = [s for s in self._sleepers if s.thread != thread or s.looks is None]
        self._leaving.pop(thread, None)

    def set_alarm(self, pid: int, seconds: float, interval: float) -> None:
        """Set a process's alarm, in place of the one before; with 0 there is none any more."""
        self._alarms.pop(pid, None)
        if seconds > 0:
            self._alarms[pid] = Alarm(pid, self._clock.now() + seconds, interval)

    def wake_due(self) -> list[int]:
        """Wake those whose moment has come, at the very moment that they asked for, however late we notice.

        Returns the processes whose alarm has gone off: they get the signal now.
        """
        due = self._due()
        if due and self._clock.runs and self._clock.is_virtual:
            self._clock.stop(at=min(d.wakes for d in due))
            due = self._due()
        for one in due:
            if isinstance(one, Sleeper):
                self.wake(one, ended=False)
        alarms = [one for one in due if isinstance(one, Alarm)]
        for alarm in alarms:
            del self._alarms[alarm.pid]
            if alarm.interval > 0:
                self._alarms[alarm.pid] = Alarm(alarm.pid, self._clock.now() + alarm.interval, alarm.interval)
        return [alarm.pid for alarm in alarms]

    def _due(self) -> list[Sleeper | Alarm]:
        now = self._clock.now()
        all_of_them: list[Sleeper | Alarm] = [*self._sleepers, *self._alarms.values()]
        return [one for one in all_of_them if one.wakes <= now]

    def pauses(self) -> tuple[Waking, ...]:
        """Return when each sleeper wakes and each alarm goes off, and from what pause."""
        alarms = (Waking(a.wakes, Pause((a.pid, "alarm", None))) for a in self._alarms.values())
        return (*(Waking(s.wakes, s.pause) for s in self._sleepers), *alarms)

    def process_ended(self, pid: int) -> None:
        """Forget a process, and wake who waited for it."""
        self.forget(lambda line: line.pid == pid)
        self._alarms.pop(pid, None)
        for sleeper in [s for s in self._sleepers if s.awaits == pid]:
            self.wake(sleeper, ended=True)

    def forget(self, which: Callable[[Line], bool]) -> None:
        """Forget the threads of connections that are no more."""
        self._held = {n: h for n, h in self._held.items() if not which(h.line)}
        self._leaving = {thread: line for thread, line in self._leaving.items() if not which(line)}
        self._sleepers = [s for s in self._sleepers if not which(s.line)]

    def numbers(self) -> dict[int, int]:
        """Return the held threads and their numbers."""
        return {held.thread: held.number for held in self._held.values()}

    def sleeping(self) -> set[int]:
        """Return the threads that wait for us to wake them."""
        return {s.thread for s in self._sleepers if s.looks is None}

    def looking(self) -> dict[int, int]:
        """Return the threads that wait for something else, with a limit, and how often each has looked in vain."""
        return {s.thread: s.looks for s in self._sleepers if s.looks is not None}

    def leaving(self) -> set[int]:
        """Return the threads whose time is up, but who may not know it yet."""
        return set(self._leaving)

    def pids(self) -> set[int]:
        """Return the processes that have a thread here."""
        return {h.line.pid for h in self._held.values()} | {s.line.pid for s in self._sleepers}
