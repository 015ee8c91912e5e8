"""What a trace tells of one run, in the words that the recognisers of mistakes use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.code import Code, read
from conc_checker.record.trace import Event, Site, TaskRun, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.record.events import Kind

_ENDS: tuple[Kind, ...] = ("call-end", "script-end")
RAISES: tuple[Kind, ...] = ("call-raised", "script-raised", "import-raised")
_BEGINS: tuple[Kind, ...] = ("call-begin", "script-begin")


class Story:
    """A trace with its recurring questions answered: for the rules, for the recognisers of mistakes, and for pictures.

    A trace goes on beyond the moment of its verdict (`Facts.judged`). `trace` has what was before, and is what all of
    them read; `whole` is the trace as it grows, with what was found when the run was ended. `asked` is what the rule
    asked for that does not hold, and empty while none has failed.
    """

    def __init__(self, trace: Trace) -> None:
        self.whole = trace
        self.trace = Trace(trace.events[: trace.facts.judged], trace.facts)
        self.main = trace.main
        self.asked: dict[str, Any] = {}

    @property
    def program(self) -> str:
        """The name of the learner's module file."""
        return self.trace.facts.program + ".py"

    @cached_property
    def code(self) -> Code:
        """The syntax of the learner's module."""
        return self.code_of(self.program)

    def code_of(self, file: str) -> Code:
        """Return the syntax of one of the learner's files."""
        return read(self.trace.facts.sources.get(file, ""))

    def at(self, line: int | None, function: str = "") -> Site | None:
        """Return a site in the learner's module."""
        return Site(self.program, line, function) if line else None

    # ── main ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def begin(self) -> int:
        """The position at which the learner's function (or script) was called; the trace's length before that."""
        return self._position(_BEGINS)

    @cached_property
    def ended(self) -> Event | None:
        """The event of main's normal return."""
        return self.trace.first(*_ENDS)

    @property
    def number(self) -> float | None:
        """The number that the function has returned; None where it is none."""
        number: float | None = self.ended.get("value", {}).get("number") if self.ended else None
        return number

    @property
    def took(self) -> float:
        """How many seconds of the subject's clock main took from the call to its return."""
        assert self.ended is not None
        return self.ended.virtual - self.trace.events[self.begin].virtual

    @cached_property
    def raised(self) -> Event | None:
        """The event of an exception that left the learner's function, script or module."""
        return self.trace.first(*RAISES)

    @cached_property
    def end(self) -> int:
        """The position at which main was done, either way; the trace's length while it is not."""
        return self._position(_ENDS + RAISES)

    @cached_property
    def block(self) -> Event | None:
        """The moment at which the run was proven to stand still, or to spin; None when it went on."""
        return self.trace.last("stuck", "spinning", "deadline")

    def _position(self, kinds: Iterable[Kind]) -> int:
        kinds = tuple(kinds)
        return next((i for i, e in enumerate(self.trace) if e.kind in kinds), len(self.trace))

    def position(self, event: Event) -> int:
        """Return where an event stands in the trace."""
        return next(i for i, e in enumerate(self.trace) if e is event)

    def of_main(self, *kinds: Kind) -> list[Event]:
        """Return main's events of these kinds, from the call on."""
        return [e for e in self.trace.events[self.begin : self.end] if e.kind in kinds and e.pid == self.main]

    @cached_property
    def sleeps(self) -> list[Event]:
        """The sleeps of main's first thread, which calls the learner's function; others may sleep as they like."""
        thread = self.trace.events[self.begin].thread if self.begin < len(self.trace) else 0
        return [e for e in self.of_main("sleep") if e.thread == thread]

    @cached_property
    def stack_of_main(self) -> list[list[Any]]:
        """Frames [thread, file, line, function] of main's first thread when it stood still, innermost first."""
        return self.stack_of(self.main)

    def stack_of(self, pid: int) -> list[list[Any]]:
        """Return the frames of a process's first thread when the run stood still, innermost first."""
        return stack_at(self.block, pid) if self.block else []

    def waits_of(self, pid: int) -> Site | None:
        """Return the learner's line in which a process stood when the run stood still."""
        for _, file, line, function in self.stack_of(pid):
            if not file.startswith("…"):
                return Site(file, line, function)
        return None

    @cached_property
    def waits_at(self) -> Site | None:
        """The learner's line in which main waits: from its stack, else from its last known wait."""
        site = self.waits_of(self.main)
        if site is not None:
            return site
        waits = self.of_main("join", "join-timed", "sleep", "poll")
        return waits[-1].site if waits else None

    def main_waits_in(self, *functions: str) -> bool:
        """Whether main's stack holds a call of one of these library functions."""
        return any(f[3] in functions for f in self.stack_of_main if f[1].startswith("…"))

    # ── processes ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def workers(self) -> list[int]:
        """The pids of all processes but main and multiprocessing's own helpers, in order of appearance."""
        return [int(e.get("pid")) for e in self.trace.of("process") if e.get("role") != "helper"]

    @cached_property
    def created(self) -> list[Event]:
        """The `create` events of Process objects since the call."""
        return [e for e in self.trace.events[self.begin :] if e.kind == "create"]

    @cached_property
    def started(self) -> list[Event]:
        """The `started` events of Process objects since the call."""
        return [e for e in self.trace.events[self.begin :] if e.kind == "started"]

    @cached_property
    def never_started(self) -> list[Event]:
        """Process objects that were created and not started."""
        keys = {e.get("key") for e in self.trace.of("start")}
        return [e for e in self.created if e.get("key") not in keys]

    @cached_property
    def joined(self) -> set[int]:
        """The pids whose join has come back with the process ended, before main was done."""
        found = [e for e in self.trace.events[: self.end] if e.kind == "joined" and e.get("ended")]
        return {int(e.get("pid")) for e in found if e.get("pid")}

    @cached_property
    def join_sites(self) -> list[Site]:
        """Where main joined, in order."""
        return [e.site for e in self.of_main("join") if e.site]

    @cached_property
    def start_site(self) -> Site | None:
        """The line that starts the processes: the last one that did."""
        sites = [e.site for e in self.trace.events[self.begin :] if e.kind in ("start", "fork") and e.site]
        return sites[-1] if sites else None

    @cached_property
    def failures(self) -> list[Event]:
        """Exceptions that ended a child, other than those that a check's task raises on purpose."""
        # What fails after main has gone fails because of that.
        raised = [e for e in self.trace.events[: self.end] if e.kind == "raised"]
        return [e for e in raised if e.get("ours") != "fails-on-purpose"]

    @cached_property
    def sleep_at_the_top(self) -> Event | None:
        """A sleep in a child at the top of the module: there it is done again, by each new interpreter."""
        sleeps = [e for e in self.trace.of("sleep") if e.pid != self.main and e.site]
        return next((e for e in sleeps if e.site and e.site.function == "<module>"), None)

    def exit_of(self, pid: int) -> Event | None:
        """Return the event of a process's end."""
        return self.trace.first("exit", pid=pid)

    def position_of_exit(self, pid: int) -> int:
        """Return where a process ended; the trace's length while it lives."""
        return next((i for i, e in enumerate(self.trace) if e.kind == "exit" and e.pid == pid), len(self.trace))

    # ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def tasks(self) -> list[TaskRun]:
        """All calls of the check's tasks."""
        return self.trace.tasks

    @cached_property
    def inside(self) -> list[TaskRun]:
        """The tasks that have begun and not ended, in processes that live."""
        return [t for t in self.tasks if t.end is None and self.exit_of(t.pid) is None]

    def stack_of_task(self, task: TaskRun) -> list[list[Any]]:
        """Return [file, line, function] of the calls that led to a task, outermost first."""
        frames: list[list[Any]] = self.trace.events[task.begin].get("stack", [])
        return frames

    def ended_before_main(self, task: TaskRun) -> bool:
        """Whether a task was over when main was done."""
        return task.end is not None and task.end < self.end


def stack_at(moment: Event, pid: int) -> list[list[Any]]:
    """Return the frames [thread, file, line, function] of a process's first thread at a moment, innermost first.

    A dump names the first thread last, so it has the highest number.
    """
    frames: list[list[Any]] = (moment.get("stacks") or {}).get(str(pid), [])
    first = max((f[0] for f in frames), default=0)
    return [f for f in frames if f[0] == first]


def is_error(event: Event | None, name: str) -> bool:
    """Whether an exception that was reported is of this type, or of one that is derived from it."""
    return event is not None and name in event.get("bases", [event.get("type")])


def frame_site(frame: list[Any]) -> Site:
    """Return the site of a frame [file, line, function]."""
    return Site(frame[0], frame[1], frame[2])


def is_learners(frame: list[Any]) -> bool:
    """Whether a frame [file, line, function] belongs to the learner's program."""
    return not frame[0].startswith("…") and not frame[0].startswith("<")
