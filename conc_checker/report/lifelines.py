"""What each process did, up to the moment that decided the verdict: the rows of the picture.

`Lifelines` have a column for each decisive event, in causal order, and a row for main, for each task and for
each other process. How long something took plays no part: in the picture, too, only the order counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.story import stack_at
from conc_checker.record.trace import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.events import Kind
    from conc_checker.record.trace import Event, Trace
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Canvas

# What the subject's main process ends with, in one way or another.
_ENDS = {"call-end", "script-end", "call-raised", "script-raised", "import-raised", "function-missing"}
_BEGINS: tuple[Kind, ...] = ("import-begin", "call-begin", "script-begin")
_STANDSTILLS = {"stuck", "spinning", "deadline", "cap"}
_KILLED_BY_US = -9
_EXIT = "_exit_function"  # of multiprocessing: where a process waits for its queues before it ends
# System calls as Python programmers know them. Not futex: locks, queues and events all wait in one.
_CALLS = {
    "accept4": "accept",
    "clock_nanosleep": "sleep",
    "epoll_pwait": "select",
    "epoll_wait": "select",
    "nanosleep": "sleep",
    "poll": "select",
    "ppoll": "select",
    "pselect6": "select",
    "recvfrom": "recv",
    "sendto": "send",
    "waitid": "wait",
    "wait4": "wait",
}
_SPEAKING = {
    "accept",
    "connect",
    "open",
    "pause",
    "read",
    "recvmsg",
    "select",
    "sendmsg",
    "write",
    *_CALLS.values(),
}
_MANY_LOOKS = 100  # at a process's state from one line: no longer a look, but a wait in disguise


class State(IntEnum):
    """What a row shows; where several columns share a cell, the highest is drawn."""

    ABSENT = 0
    ENDED = 1
    ALIVE = 2
    WAITING = 3
    INSIDE = 4


@dataclass(slots=True)
class Row:
    """One line of the picture. `label` and `facts` say how it stood at the last moment, `site` where."""

    key: str  # "main", "task", "process" or "name": how the row is called
    index: Any = None
    pid: int = 0
    thread: int = 0
    states: list[State] = field(default_factory=list)
    label: str = "running"
    facts: dict[str, Any] = field(default_factory=dict)
    site: Site | None = None

    @property
    def state(self) -> State:
        """The state at the last moment."""
        return self.states[-1] if self.states else State.ABSENT

    def name(self, canvas: Canvas) -> str:
        """Return how the row is called: main, task 3, the name that the process was given, or its pid."""
        if self.key == "task":
            index = "?" if self.index is None or isinstance(self.index, dict | list) else self.index
            return canvas.messages.word("task", index=index)
        return str(self.index) if self.key == "name" else canvas.messages.word(self.key, pid=self.pid)

    def told(self, canvas: Canvas, name: Callable[[Row], str]) -> str:
        """Return in words how the row stood at the decisive moment; `name` says how another is called."""
        facts = {key: name(value) if isinstance(value, Row) else value for key, value in self.facts.items()}
        return canvas.messages.word(self.label, **facts)


@dataclass(frozen=True, slots=True)
class Lifelines:
    """The rows in the order in which they are shown, all equally long, and the event at their right edge."""

    rows: list[Row]
    moment: Event | None


def tell(story: Story, verdict: Verdict, kind: type[Teller] | None = None) -> Lifelines:
    """Return what the processes did until the decisive moment; no rows when the learner's code never ran.

    `kind` is the teller of a topic that has more rows to show.
    """
    trace = story.trace
    end = find_moment(trace, verdict)
    if end is None or trace.first(*_BEGINS) is None:
        return Lifelines([], None)
    teller = (kind or Teller)(trace)
    for event in trace.events[: end + 1]:
        teller.take(event)
    moment = trace.events[end]
    teller.settle(moment, _find_left(trace.events[end:]) if moment.kind in _ENDS else None)
    teller.settle_others(end)
    return Lifelines(teller.in_order(), moment)


def _find_left(events: list[Event]) -> Event | None:
    """Return the census taken when main came to its end, unless tasks moved on before it was taken."""
    for event in events:
        if event.kind == "left":
            return event
        if event.kind in ("released", "task", "task-end"):
            return None
    return None


def find_moment(trace: Trace, verdict: Verdict) -> int | None:
    """Return the position of the event that decided the verdict; None in a trace in which nothing happened.

    It is the one that the check names in its facts as `moment`; else the last standstill at which a
    process stood on the line of the diagnosis; else the last event that ended or stopped the program by its
    own doing.
    """
    diagnosis = verdict.diagnosis
    if diagnosis is not None:
        named = diagnosis.facts.get("moment")
        if isinstance(named, int) and 0 <= named < len(trace.events):
            return named
        if diagnosis.site is not None:
            place = (diagnosis.site.file, diagnosis.site.line)
            for position in reversed(range(len(trace.events))):
                if trace.events[position].kind in _STANDSTILLS and place in _places(trace, position):
                    return position
    ends = [i for i, event in enumerate(trace.events) if _is_moment(event, trace.main)]
    # Main ends after its function has; the function's end is what the learner wrote.
    ends = [i for i in ends if trace.events[i].kind != "exit"] or ends
    if ends:
        return ends[-1]
    after = ("over", "left", "exit")  # a run that is broken off leaves nothing but these
    return max((i for i, event in enumerate(trace.events) if event.kind not in after), default=None)


def _is_moment(event: Event, main: int) -> bool:
    if event.kind == "exit":
        return event.pid == main and event.get("code") != _KILLED_BY_US
    return event.kind in _STANDSTILLS | _ENDS


def _places(trace: Trace, position: int) -> set[tuple[str, int]]:
    """Return the learner's lines on which processes stood at a standstill."""
    places = {
        (str(file), int(line))
        for frames in (trace.events[position].get("stacks") or {}).values()
        for _, file, line, _ in frames
        if not str(file).startswith("\u2026")
    }
    last: dict[int, Event] = {}
    for event in trace.events[:position]:
        if event.pid:
            last[event.pid] = event
    places |= {(e.site.file, e.site.line) for e in last.values() if e.site and e.kind in ("join", "sleep", "poll")}
    return places


class _Process:
    """What is known of one process while the trace is read."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.has_task = False
        self.waits: Event | None = None
        self.polls: Event | None = None
        self.raised: Event | None = None
        self.ended_by: Event | None = None
        self.code: int | None = None
        self.ended = False
        self.ended_before = False  # the signal that was to end it
        self.last_column = 0  # of its own last event

    @property
    def died_of_signal(self) -> bool:
        """Whether the signal ended it, as far as is known; its end may be noted just before the signal."""
        return not self.ended_before if self.code is None else self.code < 0


class Teller:
    """Takes the events one by one and keeps all rows equally long."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        main = self.main = trace.main
        self.rows: list[Row] = []
        self.processes: dict[int, _Process] = {}
        self.tasks: dict[Any, Row] = {}  # by the number that the barrier gave
        self.created: dict[str, Event] = {}  # Process objects that were never started, by key
        self.names: dict[int, str] = {}
        self.main_thread = 0
        self.result: Event | None = None  # how main's work ended; it may be held after that, while others go on
        self._columns: list[tuple[int, str, Site | None]] = []
        self._add_process(main, Row("main", pid=main))

    # ── rows and columns ──────────────────────────────────────────────────────────────────────────────────

    def _add_process(self, pid: int, row: Row) -> None:
        self.add_row(row)
        self.processes[pid] = _Process(row)

    def add_row(self, row: Row) -> None:
        """Add a row below the others; nothing was to be seen of it so far."""
        row.states = [State.ABSENT] * len(self._columns)
        self.rows.append(row)

    def _column(self, event: Event, changes: dict[int, State] | None = None) -> None:
        """Add a column; `changes` gives new states by the rows' positions; all others stay."""
        for position, row in enumerate(self.rows):
            state = (changes or {}).get(position)
            row.states.append(row.state if state is None else state)
        self._columns.append((event.pid, event.kind, event.site))
        process = self.processes.get(event.pid)
        if process is not None:
            process.last_column = len(self._columns) - 1

    def set(self, event: Event, row: Row, state: State) -> None:
        """Add a column in which one row has a new state."""
        self._column(event, {next(i for i, r in enumerate(self.rows) if r is row): state})

    def _drop_columns(self, count: int) -> None:
        del self._columns[-count:]
        for row in self.rows:
            del row.states[-count:]
        for process in self.processes.values():
            process.last_column = min(process.last_column, len(self._columns) - 1)

    # ── events ────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, event: Event) -> None:
        """Take in the next event; kinds that say nothing about lives are passed over."""
        handle = _HANDLERS.get(event.kind)
        if handle is not None:
            handle(self, event)

    def _begins_call(self, event: Event) -> None:
        self.main_thread = event.thread
        row = self.processes[self.main].row
        if row.state is State.ABSENT:
            self.set(event, row, State.ALIVE)

    def _creates(self, event: Event) -> None:
        self.created[str(event.get("key"))] = event

    def _starts(self, event: Event) -> None:
        self.created.pop(str(event.get("key")), None)
        self._column(event)

    def _is_started(self, event: Event) -> None:
        pid = event.get("pid")
        if isinstance(pid, int):
            self.names.setdefault(pid, str(event.get("name") or ""))
            self._is_born(event, pid)

    def _comes(self, event: Event) -> None:
        if event.get("role") == "worker" and isinstance(event.get("pid"), int):
            self._is_born(event, event.get("pid"))

    def _begins(self, event: Event) -> None:
        self.names[event.pid] = str(event.get("name") or self.names.get(event.pid, ""))
        self._is_born(event, event.pid)

    def _is_born(self, event: Event, pid: int) -> None:
        if pid in self.processes:
            return
        row = Row("process", pid=pid)
        self._add_process(pid, row)
        self.set(event, row, State.ALIVE)
        self.processes[pid].last_column = len(self._columns) - 1

    def _enters_task(self, event: Event) -> None:
        self._is_born(event, event.pid)
        process = self.processes[event.pid]
        args = event.get("args") or []
        if event.pid != self.main and not process.has_task:
            row = process.row
        else:
            row = Row("task", pid=event.pid)
            self.add_row(row)
        process.has_task = True
        row.key, row.index, row.thread = "task", args[0] if args else None, event.thread
        self.tasks[event.get("task")] = row
        self.set(event, row, State.INSIDE)
        if event.pid == self.main and event.thread == self.main_thread:
            process.row.states[-1] = State.INSIDE

    def _leaves_task(self, event: Event) -> None:
        row = self.tasks.get(event.get("task"))
        if row is not None:
            process = self.processes[event.pid]
            self.set(event, row, State.ALIVE if process.row is row else State.ENDED)
            if event.pid == self.main and event.thread == self.main_thread:
                process.row.states[-1] = State.ALIVE

    def _waits(self, event: Event) -> None:
        process = self.processes.get(event.pid)
        if process is None or (event.kind == "join" and event.get("pid") is None):
            return  # a join of a process that was never started raises at once
        process.waits = event
        inside = process.row.state is State.INSIDE
        self.set(event, process.row, State.INSIDE if inside else State.WAITING)

    def _goes_on(self, event: Event) -> None:
        process = self.processes.get(event.pid)
        if process is None:
            return
        process.waits = None
        if event.kind == "joined" and isinstance(event.get("exitcode"), int) and event.get("pid") in self.processes:
            self.processes[event.get("pid")].code = event.get("exitcode")
        inside = process.row.state is State.INSIDE
        self.set(event, process.row, State.INSIDE if inside else State.ALIVE)
        self._forget_repeated()

    def _forget_repeated(self) -> None:
        """Drop a wait in which nothing happened: a join that returned at once, the same sleep again."""
        columns = self._columns
        short_join = [k for _, k, _ in columns[-2:]] == ["join", "joined"] and columns[-1][0] == columns[-2][0]
        same_sleep = len(columns) >= 4 and columns[-4:-2] == columns[-2:] and columns[-1][1] == "woke"
        if short_join or same_sleep:
            self._drop_columns(2)

    def _polls(self, event: Event) -> None:
        process = self.processes.get(event.pid)
        if process is not None:
            process.polls = event

    def _raises(self, event: Event) -> None:
        process = self.processes.get(event.pid)
        if process is not None:
            process.raised = event
            self._column(event)

    def _is_ended_by(self, event: Event) -> None:
        process = self.processes.get(event.get("pid", 0))
        if process is not None and event.get("how") in ("terminate", "kill"):
            process.ended_by, process.ended_before = event, process.ended
            if not process.ended:
                self._column(event)

    def _ends(self, event: Event) -> None:
        process = self.processes.get(event.pid)
        if process is None:
            return
        process.ended = True
        if isinstance(event.get("code"), int):
            process.code = event.get("code")
        mine = {i: State.ENDED for i, row in enumerate(self.rows) if row.pid == event.pid}
        self._column(event, mine)

    def _closes(self, event: Event) -> None:
        if event.kind in _ENDS:
            self.result = event
        self._column(event)

    # ── the last moment ───────────────────────────────────────────────────────────────────────────────────

    def settle_others(self, end: int) -> None:
        """Say how rows stood that are no process's; `end` is the position of the decisive moment."""

    def settle(self, moment: Event, left: Event | None) -> None:
        """Say of each row how it stood at the decisive moment."""
        zombies = {p.get("pid") for p in (left.get("processes") or [] if left else []) if p.get("state") == "Z"}
        waits = [w for w in moment.get("waits") or [] if w.get("kind") in ("untimed", "timed")]
        held = {w.get("thread") for w in waits if "held" in w}
        for process in self.processes.values():
            mine = [w for w in waits if w.get("pid") == process.row.pid and w.get("thread") not in held]
            if moment.kind == "spinning" and process.polls is not None and moment.get("how") == "polls":
                mine = []
            if self.result is not None and process.row.pid == self.main:
                mine = []
            if process.row.state is State.ALIVE and mine:
                since = process.last_column + 1
                process.row.states[since:] = [State.WAITING] * (len(process.row.states) - since)
            self._label(process, moment, waiting=bool(mine))
            if process.row.pid in zombies and process.row.state is not State.INSIDE:
                process.row.label = "zombie"
                process.row.states[-1] = State.ENDED
        for row in self.tasks.values():
            self._label_task(row)

    def _label(self, process: _Process, moment: Event, *, waiting: bool) -> None:
        row, is_main = process.row, process.row.pid == self.main
        if row.state is State.INSIDE:
            row.label = "inside the task"
        elif is_main and self.result is not None:
            self._label_result(row, self.result)
        elif process.raised is not None:
            _name(row, "raised", process.raised.site, type=process.raised.get("type"))
        elif process.ended_by is not None and row.state is State.ENDED and process.died_of_signal:
            _name(row, "ended by", process.ended_by.site, call=process.ended_by.get("how"))
        elif row.state is State.ENDED:
            _name(row, "ended with code" if process.code else "ended", None, code=process.code)
        else:
            self._label_living(process, moment, waiting=waiting)

    def _label_result(self, row: Row, moment: Event) -> None:
        if moment.kind.endswith("raised"):
            _name(row, "raised", moment.site, type=moment.get("type"))
        else:
            row.label = "returned" if moment.kind == "call-end" else "ended"

    def _label_living(self, process: _Process, moment: Event, *, waiting: bool) -> None:
        row = process.row
        called, site = where(moment, row.pid)
        looks = process.polls
        if row.state is State.WAITING or waiting:
            known = process.waits
            if known is not None and known.kind == "sleep" and str(moment.get("how")).startswith("waits"):
                _name(row, "waking without end", known.site)
            elif known is not None:
                call = "join" if known.kind.startswith("join") else "sleep"
                _name(row, "waiting in", known.site, call=call)
            else:
                self._label_waiting(row, moment, called, site)
        elif looks is not None and moment.kind in _STANDSTILLS and looks.get("count", 0) >= _MANY_LOOKS:
            _name(row, "asking without end", looks.site, call=looks.get("what"))
        elif moment.kind == "spinning" and moment.get("how") == "computes" and site is not None:
            _name(row, "computing without end", site)
        elif row.key == "task":
            row.label = "task done"
        else:
            _name(row, "running", site)

    def _label_waiting(self, row: Row, moment: Event, called: str, site: Site | None) -> None:
        calls = [str(w["call"]) for w in moment.get("waits") or [] if w.get("pid") == row.pid and w.get("call")]
        call = _CALLS.get(calls[0], calls[0]) if calls else ""
        if called == _EXIT:
            row.label = "waiting to end"
        elif called.isidentifier():
            _name(row, "waiting in", site, call=called)
        elif call in _SPEAKING:
            _name(row, "waiting in", site, call=call)
        else:
            _name(row, "waiting", site)

    def in_order(self) -> list[Row]:
        """Return main, the tasks by their index, the other processes as they came, and what never started."""
        main = self.processes[self.main].row
        tasks = list(self.tasks.values())
        others = [p.row for p in self.processes.values() if p.row is not main and p.row not in tasks]
        for row in others:
            name = self.names.get(row.pid)
            if name:
                row.key, row.index = "name", name
        length = len(main.states)
        missing = _missing(self.trace, tasks, len(others))
        tasks += [_never_started(Row("task", index), length) for index in missing]
        tasks.sort(key=lambda r: (not _is_number(r.index), r.index if _is_number(r.index) else 0))
        rows = [main, *tasks, *others, *self.guests()]
        if self.trace.facts.count is None:
            rows += [_never_started(Row("name", e.get("name"), site=e.site), length) for e in self.created.values()]
        return rows

    def guests(self) -> list[Row]:
        """Return the rows of a topic that are no process's."""
        return []

    def _label_task(self, row: Row) -> None:
        process = self.processes[row.pid]
        own = process.row is row
        if own:
            return
        label = "inside the task" if row.state is State.INSIDE else "done"
        if row.pid == self.main:
            row.label = f"{label}, in main"
        else:
            _name(row, f"{label}, same process", None, process=process.row)


def where(moment: Event, pid: int) -> tuple[str, Site | None]:
    """Return the function in which a process stood and the learner's line that called it, where known."""
    called = ""
    for _, file, line, function in stack_at(moment, pid):
        if not str(file).startswith("\u2026"):
            return called, Site(str(file), int(line), str(function))
        if function == "_bootstrap" and str(file).endswith("multiprocessing/process.py"):
            # What lies further out in a forked child is where its parent was when it forked.
            break
        called = str(function)
    return (called if called == _EXIT else ""), None


def _name(row: Row, label: str, site: Site | None, **facts: Any) -> None:
    row.label, row.site, row.facts = label, site, facts


_HANDLERS: dict[str, Callable[[Teller, Event], None]] = {
    **dict.fromkeys(_BEGINS, Teller._begins_call),
    "create": Teller._creates,
    "start": Teller._starts,
    "started": Teller._is_started,
    "process": Teller._comes,
    "forked": Teller._begins,
    "begin": Teller._begins,
    "task": Teller._enters_task,
    "task-end": Teller._leaves_task,
    "join": Teller._waits,
    "sleep": Teller._waits,
    "joined": Teller._goes_on,
    "woke": Teller._goes_on,
    "poll": Teller._polls,
    "raised": Teller._raises,
    "end-by": Teller._is_ended_by,
    "exit": Teller._ends,
    **dict.fromkeys(_ENDS | _STANDSTILLS, Teller._closes),
}


def _missing(trace: Trace, tasks: list[Row], others: int) -> list[int]:
    """Return the numbers of the tasks that nobody has come to run."""
    count = trace.facts.count
    if not isinstance(count, int) or trace.first("call-begin", "script-begin") is None:
        return []
    seen = {row.index for row in tasks if _is_number(row.index)}
    return [i for i in range(count) if i not in seen][: max(0, count - len(tasks) - others)]


def _never_started(row: Row, length: int) -> Row:
    row.states, row.label = [State.ABSENT] * length, "never started"
    return row


def _is_number(index: Any) -> bool:
    return isinstance(index, int | float) and not isinstance(index, bool)
