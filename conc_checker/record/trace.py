"""What happened in one run: events in causal order, as data that can be written, read and replayed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker.record.events import is_kind
from conc_checker.record.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conc_checker.record.events import Kind

TRACE_VERSION = 2


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the learner's code: the file's name, the line (from 1) and the function around it."""

    file: str
    line: int
    function: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def to_json(self) -> list[Any]:
        """Return the place as plain JSON types."""
        return [self.file, self.line, self.function]

    @classmethod
    def from_json(cls, plain: Any) -> Site:
        """Read a place from what `to_json` wrote."""
        return cls(str(plain[0]), int(plain[1]), str(plain[2]))


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in one process: the same from the process that reports it to the trace of its run.

    `pid` is vouched for by the kernel wherever the platform can (0 for the supervisor's own events);
    `real` is monotonic seconds since the run began, `virtual` what the subject's clock showed.
    Neither decides a verdict: the order of the events does.
    """

    kind: Kind
    pid: int = 0
    thread: int = 0
    real: float = 0.0
    virtual: float = 0.0
    site: Site | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return one entry of `data`."""
        return self.data.get(name, default)

    def to_json(self) -> dict[str, Any]:
        """Return the event as plain JSON types, leaving out what is empty."""
        plain: dict[str, Any] = {"kind": self.kind, "pid": self.pid}
        if self.thread:
            plain["thread"] = self.thread
        plain["real"] = round(self.real, 6)
        plain["virtual"] = round(self.virtual, 6)
        if self.site:
            plain["site"] = self.site.to_json()
        if self.data:
            plain["data"] = self.data
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Event:
        """Read an event from what `to_json` wrote; an unknown kind or a wrong type raises ValueError or TypeError."""
        kind, site = str(plain["kind"]), plain.get("site")
        if not is_kind(kind):
            raise ValueError(f"there is no event {kind!r}: conc_checker/record/events.py has all kinds")
        return cls(
            kind=kind,
            pid=int(plain.get("pid", 0)),
            thread=int(plain.get("thread", 0)),
            real=float(plain.get("real", 0.0)),
            virtual=float(plain.get("virtual", 0.0)),
            site=Site.from_json(site) if site is not None else None,
            data=dict(plain.get("data", {})),
        )


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One call of a task that the checker handed over: who ran it, with what, and its events' positions.

    `begin` and `end` are positions in the trace; `end` is None while the task has not ended.
    """

    pid: int
    thread: int
    args: tuple[Any, ...]
    begin: int
    end: int | None

    @property
    def index(self) -> Any:
        """The first argument, which our exercises use as the task's number; None without one."""
        return self.args[0] if self.args else None


@dataclass(slots=True)
class Trace:
    """All events of one run, in causal order, and what is true of the run as a whole."""

    events: list[Event] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def of(self, *kinds: Kind, pid: int | None = None) -> list[Event]:
        """Return the events of these kinds, of one process or of all."""
        return [e for e in self.events if e.kind in kinds and pid in (None, e.pid)]

    def first(self, *kinds: Kind, pid: int | None = None) -> Event | None:
        """Return the first event of these kinds, or None."""
        return next((e for e in self.events if e.kind in kinds and pid in (None, e.pid)), None)

    def last(self, *kinds: Kind, pid: int | None = None) -> Event | None:
        """Return the last event of these kinds, or None."""
        return next((e for e in reversed(self.events) if e.kind in kinds and pid in (None, e.pid)), None)

    @property
    def main(self) -> int:
        """The pid of the subject's main process; 0 before it has reported."""
        event = self.first("run-begin")
        return int(event.get("pid", 0)) if event else 0

    @property
    def tasks(self) -> list[TaskRun]:
        """The calls of checker tasks, in the order in which they began."""
        # Only the process that runs a task can report its end.
        ends = {(e.pid, e.get("task")): i for i, e in enumerate(self.events) if e.kind == "task-end"}
        return [
            TaskRun(e.pid, e.thread, tuple(e.get("args", ())), i, ends.get((e.pid, e.get("task"))))
            for i, e in enumerate(self.events)
            if e.kind == "task"
        ]

    def to_json(self) -> str:
        """Return the trace as a JSON document, an event a line."""
        lines = [json.dumps(e.to_json(), ensure_ascii=False) for e in self.events]
        head = json.dumps({"version": TRACE_VERSION, "facts": self.facts.to_json()}, ensure_ascii=False)[:-1]
        return head + ', "events": [\n' + ",\n".join(lines) + "\n]}\n"

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """Read a trace that `to_json` wrote; another version raises ValueError."""
        plain = json.loads(text)
        if plain.get("version") != TRACE_VERSION:
            raise ValueError(
                f"this trace has version {plain.get('version')!r}, and this conc_checker reads version "
                f"{TRACE_VERSION}: record it again with the present version"
            )
        return cls([Event.from_json(e) for e in plain["events"]], Facts.from_json(plain.get("facts", {})))


def pids(events: Iterable[Event]) -> list[int]:
    """Return the pids of events, each once, in order of appearance."""
    return list(dict.fromkeys(e.pid for e in events))
