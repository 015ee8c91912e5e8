"""Takes in what the subject's processes report, and answers them: at once, at the barrier, at the end of a sleep.

Main's own story is kept here: what it has told, whether it waits for its next call, and how its end goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.engine import wire
from conc_checker.engine.supervisor import platform
from conc_checker.engine.supervisor.decide import News, Standing
from conc_checker.record.events import ENDS, OF_MAIN
from conc_checker.record.trace import Event

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.inbox import Message
    from conc_checker.engine.supervisor.parts import Parts
    from conc_checker.engine.supervisor.platform import Process
    from conc_checker.record.events import Kind

_JOB = ("mode", "module", "function", "args", "keywords", "times")


class Reception:
    """Hears all messages of a run; `over` is why it has come to its end, and None while it has not."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.over: wire.Over | None = None
        self.exit_code: int | None = None  # main's, as far as it is known
        self._holding: tuple[Kind, ...] = ()  # kinds of events at which processes are held for a while
        self._ended: set[int] = set()  # the processes whose end has been noted
        self._tasks = 0
        self._doers: dict[Any, int] = {}  # tasks that have not ended, and their processes
        self._told: set[str] = set()  # what main has said of itself
        self._at_end: Message | None = None  # main is done, and waits until we have looked around
        self._held_end: Message | None = None  # main is done, and waits until the test lets it go
        self._is_done = False  # main is done, and we have looked
        self._asking: Message | None = None  # main waits for the next call that a test wants of it

    # ── what a test lets us do ───────────────────────────────────────────────────────────────────────────────────────

    def hold(self, kinds: tuple[Kind, ...]) -> None:
        """From now on hold who reports an event of these kinds; with none, let all of them go on."""
        self._holding = kinds
        if not kinds:
            barrier = self._parts.barrier
            barrier.release([number for number in barrier.numbers().values() if number < 0])

    def let_go(self) -> None:
        """Hold nobody any more, now or later, and let the main process go on to its end."""
        self._parts.barrier.open()
        if self._held_end is not None:
            self._held_end.line.reply()
            self._held_end = None
        self.put({})

    def put(self, call: dict[str, Any]) -> None:
        """Let main, which has asked for it, call a function of the learner's; an empty call is the last."""
        if self._asking is not None:
            message, self._asking = self._asking, None
            message.line.reply(**call)

    # ── how things stand ─────────────────────────────────────────────────────────────────────────────────────────────

    def standing(self, goal: wire.Goal) -> Standing:
        """Return how the run stands."""
        inbox, process_table = self._parts.inbox, self._parts.process_table
        return Standing(
            over=self.over,
            is_interrupted=inbox.is_interrupted,
            is_asking=self._asking is not None,
            is_done=self._is_done,
            is_at_end=self._at_end is not None,
            is_met=self._parts.network.has_reached(goal),
            # All processes are looked up only where it counts.
            is_alive=self.over == "ended" and isinstance(goal, wire.Ended) and bool(process_table.alive()),
            held=self._parts.barrier.counts(),
            ended=self._ended,
        )

    def waiting(self) -> list[Event]:
        """Return what main has said last, where it waits for our answer."""
        return [message.event for message in (self._at_end, self._held_end, self._asking) if message]

    def look_around(self, tree: list[Process]) -> None:
        """While main's result is held back: note which processes and files are there, then let main go on."""
        if self._at_end is None:
            return
        message, self._at_end = self._at_end, None
        process_table = self._parts.process_table
        left = [
            {"pid": p.pid, "ppid": p.ppid, "state": p.state, "role": process_table.role(p.pid)}
            for p in tree
            if p.pid != process_table.main
        ]
        facts = {"processes": left, "written": self._parts.place.written()}
        self._parts.journal.note("left", facts, pid=message.event.pid)
        self._is_done = True
        if self._parts.barrier.is_open:
            message.line.reply()
        else:
            self._held_end = message

    def wake_due(self) -> list[Event]:
        """Wake whose moment has come, and let alarms go off; return these as events."""
        alarms = [Event("alarm", pid) for pid in self._parts.barrier.wake_due()]
        for event in alarms:
            self._parts.journal.add(event)
            platform.alarm(event.pid)
        return alarms

    def collect(self) -> None:
        """Collect who has ended, and keep main's exit code as far as it is known."""
        self.exit_code = self._parts.host.reap().get(self._parts.process_table.main, self.exit_code)

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self, timeout: float = 0.0) -> News:
        """Take in what is there, or the first that comes within some seconds; return what counts as news."""
        parts = self._parts
        messages = parts.inbox.receive(timeout)
        ended = parts.process_table.find_ended(messages)
        has_others = bool(ended)
        heard: list[Event] = []
        for message in messages:
            for pid in [p for p, moment in ended.items() if moment < message.event.real]:
                self._process_ended(pid, ended.pop(pid))
            taken = self._take(message)
            heard += taken
            has_others = has_others or not (taken or message.event.kind == "looked")
        for pid, moment in ended.items():
            self._process_ended(pid, moment)
        if not parts.process_table.grant_forks():
            self.over = self.over or "too-many-processes"
        self._note_limits()
        of_clients, parts.inbox.has_other_news = parts.inbox.has_other_news, False
        return News(heard, of_clients, has_others)

    def _note_limits(self) -> None:
        journal = self._parts.journal
        limit = self._parts.inbox.limit
        if limit is None and journal.is_full:
            limit = "too-many-events", len(journal.events)
        if limit and self.over in (None, "ended"):
            self.over = limit[0]
            journal.note("limit", {"what": limit[0], "size": limit[1]})

    def _take(self, message: Message) -> list[Event]:
        """Take in a message; return the event, unless it is one that says nothing of what the process does."""
        event = message.event
        if event.kind == "looked":
            self._parts.barrier.looked(event.thread)
            return []
        self._parts.process_table.hear(message)
        if self._is_forged(event):
            facts = {"what": "forged", "size": 1, "message": event.kind}
            self._parts.journal.add(Event("limit", event.pid, site=event.site, data=facts))
            self.over = "forged"
            return []
        if event.kind == "fork":
            parts, seconds = self._parts, self._parts.start.starting
            if seconds and "call-begin" in self._told:
                parts.barrier.delay(message, seconds, lambda: parts.process_table.request_fork(message))
            else:
                parts.process_table.request_fork(message)
            return []
        if event.kind == "timer" and "seconds" in event.data:
            self._parts.barrier.set_alarm(event.pid, event.data["seconds"], event.get("interval", 0.0))
        if event.kind == "timed-wait-over":
            self._parts.barrier.leave(event.thread)
        if event.kind == "accepted":
            self._parts.network.accepted.add(int(event.get("port", 0)))
        if event.kind == "task":
            self._tasks += 1
            event.data["task"] = self._tasks
            self._doers[self._tasks] = event.pid
        if event.kind in ("ready", "call-begin", "script-begin"):
            self._parts.clock.stop()
        self._parts.journal.add(event)
        if message.reply:
            self._answer(message)
        return [event]

    def _is_forged(self, event: Event) -> bool:
        """Whether a process tells what only another could: main's own story, or the end of another's task."""
        is_main = event.pid == self._parts.process_table.main
        if event.kind == "task-end":
            return self._doers.pop(event.get("task"), 0) != event.pid
        if event.kind == "next":
            return not is_main or self._asking is not None
        if event.kind not in OF_MAIN:
            return False
        step = "end" if event.kind in ENDS else event.kind
        is_new = step not in self._told
        self._told.add(step)
        return not is_main or not is_new

    def _answer(self, message: Message) -> None:
        """Reply at once, or let the thread wait: at the barrier, asleep, or at main's end."""
        parts, event = self._parts, message.event
        kind, data, is_main = event.kind, event.data, event.pid == parts.process_table.main
        if kind == "ready" and is_main:
            message.line.reply(**{name: getattr(parts.start, name) for name in _JOB})
        elif kind == "task":
            if data.get("hold") and not parts.barrier.is_open:
                parts.barrier.hold(message, data["task"])
            else:
                message.line.reply(task=data["task"])
        elif self._is_to_be_held(event):
            data["hold"] = -len(parts.journal.events)
            parts.barrier.hold(message, data["hold"])
        elif kind in ("sleep", "join-timed"):
            awaits = data.get("pid") if kind == "join-timed" else None
            sleeper = parts.barrier.put_to_sleep(message, awaits=awaits)
            if isinstance(awaits, int) and parts.process_table.has_ended(awaits):
                parts.barrier.wake(sleeper, ended=True)
        elif kind == "timed-wait":
            parts.barrier.put_to_sleep(message, looks=0)
        elif kind == "connect" and is_main:
            message.line.reply(address=parts.network.offer())
        elif kind in ENDS and is_main:
            self._at_end = message
        elif kind == "next" and is_main and not parts.barrier.is_open:
            self._asking = message
        else:
            message.line.reply()

    def _is_to_be_held(self, event: Event) -> bool:
        start, is_open = self._parts.start, self._parts.barrier.is_open
        if event.kind in self._holding:
            return not is_open
        if is_open or event.kind not in start.hold:
            return False
        return event.kind != "open" or event.get("path") == start.path

    def _process_ended(self, pid: int, moment: float) -> None:
        code = None
        if pid == self._parts.process_table.main:
            self.collect()
            code = self.exit_code
            self.over = self.over or "ended"
        self._ended.add(pid)
        self._parts.journal.add(Event("exit", pid, real=moment if moment > 1 else 0.0, data={"code": code}))
        self._parts.barrier.process_ended(pid)
