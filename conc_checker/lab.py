"""What a kata's test talks to: it runs the learner's program and states what must hold of it.

    def test_all_ten_are_alive_together(lab):
        run = lab.call("run_all", lab.task(), 10)
        tasks = run.gather(10)
        tasks.are_separate_processes()
        tasks.release()
        run.finish()

Every statement is judged by a rule of `conc_checker.checks.rules` on the trace so far. The first that does not hold
ends the run and raises `CheckFailedError` with the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conc_checker.calls import Calls
from conc_checker.checks import code, rules
from conc_checker.schedules import Schedule, Table, case_of, case_of_times
from conc_checker.supervisor.remote import Remote, SupervisorLostError
from conc_checker.trace import Event, TaskRun, Trace
from conc_checker.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from conc_checker.checks.scheduling.case import Case
    from conc_checker.scheduling import Job, Slice
    from conc_checker.source import Program

DEADLINE = 20.0  # seconds that a run may take without being starved
CAP = 64  # live processes


class CheckFailedError(Exception):
    """A statement about the learner's program does not hold; `verdict` says why, `trace` is the evidence."""

    def __init__(self, verdict: Verdict, trace: Trace) -> None:
        self.verdict = verdict
        self.trace = trace
        super().__init__(f"{verdict.outcome}: {verdict.diagnosis.id if verdict.diagnosis else verdict.rule}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How programs are run: `start_method` None leaves the platform's default; `deadline` in seconds."""

    start_method: str | None = None
    real_time: bool = False
    deadline: float = DEADLINE
    cap: int = CAP


class Lab:
    """Runs one learner's program, again and again, under observation."""

    def __init__(self, remote: Remote, program: Program, settings: Settings | None = None) -> None:
        self._remote = remote
        self._program = program
        self._settings = settings or Settings()
        self._run: Run | None = None
        self._calls = Calls(lambda: self._start("answer"))
        self.explains = True  # a wrong schedule: by further calls, which tell one mistake from another

    @property
    def last_run(self) -> Run | None:
        """The run that was begun last."""
        return self._run

    @property
    def last_trace(self) -> Trace | None:
        """What happened in the run, or the call, that was judged last; None before the first."""
        return self._calls.last or (self._run.trace if self._run else None)

    def task(self) -> dict[str, Any]:
        """Return a task, a function of one number, that waits at the gate until the test releases it."""
        return {"$task": {"hold": True}}

    def nap(self, seconds: float) -> dict[str, Any]:
        """Return a task that sleeps for some seconds of the program's clock."""
        return {"$task": {"nap": seconds}}

    def failing_task(self, *numbers: int) -> dict[str, Any]:
        """Return a task like `task()` that raises ValueError at its end when its number is one of these."""
        return {"$task": {"hold": True, "fails": numbers}}

    def call(self, function: str, *args: Any, slow: bool = False, times: int = 1, **keywords: Any) -> Run:
        """Import the module and call a function of it; arguments are plain values and tasks.

        With `slow`, every process that multiprocessing starts is held before its first line, until the run is finished.
        With `times`, the function is called as often, one call after the other, and the last value counts.
        """
        return self._start(
            "call",
            function=function,
            args=list(args),
            keywords=keywords,
            times=times,
            hold=["begin"] if slow else [],
            failing=any(isinstance(a, dict) and a["$task"].get("fails") for a in (*args, *keywords.values())),
        )

    def script(self, *, writing: str = "") -> Run:
        """Run the module as a script; `writing` names a file before whose opening for writing processes are held."""
        return self._start("script", hold=["open"] if writing else [], path=writing)

    def load(self) -> Run:
        """Only import the module."""
        return self._start("import")

    def schedule(self, function: str, jobs: Iterable[Job | str], **options: Any) -> Schedule:
        """Call a scheduling function with jobs such as "A 0 3" (name, arrival, burst), and say what must hold of it.

        Options are handed over by position, in the order in which they stand here.
        """
        return Schedule(case_of(function, jobs, *options.values()), self._judge)

    def times(self, jobs: Iterable[Job | str], slices: Iterable[Slice | str]) -> Table:
        """Call `times` with jobs and the slices of a schedule, such as "A 0-3", and say what must hold of it."""
        return Table(case_of_times(jobs, slices), self._judge)

    def _judge(self, case: Case, rule: Callable[[Trace], Verdict]) -> None:
        verdict, trace = self._calls.judge(case, rule, explains=self.explains)
        if not verdict.passed:
            raise CheckFailedError(verdict, trace)

    def close(self) -> None:
        """End what still runs."""
        self._calls.close()
        self._end_run()

    def _end_run(self) -> None:
        if self._run is not None:
            self._run.stop()

    def _start(self, mode: str, **request: Any) -> Run:
        self._end_run()
        settings = self._settings
        trace = Trace(
            facts={
                "program": self._program.module,
                "mode": mode,
                "function": request.get("function", ""),
                "start_method": settings.start_method,
                "real_time": settings.real_time,
                "deadline": settings.deadline,
                "failing": request.pop("failing", False),
                "sources": self._program.texts(),
            }
        )
        path = self._program.path
        if path is None or code.read(path.read_text(encoding="utf-8", errors="replace")).is_stub():
            missing = Diagnosis("not-started", None, {"path": f"{self._program.module}.py"})
            raise CheckFailedError(Verdict(Outcome.NOT_STARTED, "ran", missing), trace)
        request |= {
            "op": "start",
            "mode": mode,
            "module": self._program.module,
            "files": [[str(path), name] for path, name in self._program.files],
            "start_method": settings.start_method,
            "real_time": settings.real_time,
            "deadline": settings.deadline,
            "cap": settings.cap,
        }
        self._run = Run(self._remote, trace, request)
        return self._run


class Run:
    """One run of the program. Its methods read as the sentences of a test, in the order in which things happen."""

    def __init__(self, remote: Remote, trace: Trace, request: dict[str, Any]) -> None:
        self._remote = remote
        self.trace = trace
        self._is_open = True
        self._ask(request)

    def gather(self, count: int) -> Tasks:
        """Wait until `count` tasks are inside at once; fail as soon as it is proven that this cannot happen."""
        self.trace.facts["count"] = count
        self.advance({"kind": "gathered", "count": count})
        self._judge(lambda trace: rules.ran(trace, "overlap"))
        self._judge(lambda trace: rules.alive_together(trace, count))
        inside = [t for t in self.trace.tasks if t.end is None]
        return Tasks(self, sorted(inside, key=lambda t: (repr(type(t.index)), t.index)))

    def wait_for_writer(self, path: str) -> Writer:
        """Wait until a process is about to open the file for writing, and hold it there."""
        self.advance({"kind": "held", "what": "open", "count": 1})
        self._judge(lambda trace: rules.ran(trace, "script"))
        self._judge(lambda trace: rules.written_by_a_child(trace, path))
        event = next(e for e in self.trace if e.kind == "open" and e.get("hold"))
        return Writer(self, event)

    def is_waiting_for(self, who: Tasks | Writer) -> None:
        """Main is proven to wait: all that could go on has done so, and it has not come back."""
        del who  # names the reason in the test; that it is held is what makes the proof
        self.advance({"kind": "settled"})
        self._judge(rules.still_waits)
        self._judge(rules.nobody_was_ended)

    def is_waiting_for_slow_starters(self) -> None:
        """Main is proven to wait, though none of its processes has run a line yet."""
        self.advance({"kind": "settled"})
        self._judge(lambda trace: rules.still_waits(trace, "slow"))

    def finish(self) -> Run:
        """Hold nobody any more; the program must come to a good end."""
        reply = self._ask({"op": "let-go", "goal": {"kind": "ended"}})
        self._note_end(reply)
        self._stop()
        self._judge(lambda trace: rules.ran(trace, "finish"))
        if self.trace.facts["mode"] != "import":
            self._judge(rules.came_back)
        return self

    def started_nothing(self) -> None:
        """Importing started no process and wrote no file."""
        self._judge(rules.started_nothing)

    def numbered(self, expected: Collection[Any]) -> None:
        """The tasks were called with exactly these numbers, each once."""
        self._judge(lambda trace: rules.numbered(trace, expected))

    def defines(self, *names: str) -> Run:
        """The module has functions of these names."""
        self._judge(lambda trace: rules.defines(trace, names))
        return self

    def took(self, seconds: float) -> None:
        """The function returned the seconds that the whole took, and they were as many as said."""
        self._judge(rules.returned_last)
        self._judge(lambda trace: rules.took(trace, seconds))

    def left_nothing(self) -> None:
        """No process was left when main came back, neither alive nor as a zombie."""
        self._judge(rules.left_nothing)

    def wrote(self, path: str, content: str) -> None:
        """The file was written by a child and by nobody else, and holds exactly this text."""
        self._judge(lambda trace: rules.written_by_a_child(trace, path))
        self._judge(lambda trace: rules.wrote(trace, path, content))

    def stop(self) -> None:
        """End the run, whatever it is doing."""
        if self._is_open and self._remote.pid is not None:
            self._stop()

    def _stop(self) -> None:
        self._is_open = False
        self._ask({"op": "close"})
        over = self.trace.last("over")
        if over is not None:
            self.trace.facts["ran_for"] = over.get("ran_for", 0.0)

    def advance(self, goal: dict[str, Any], *, op: str = "advance", **request: Any) -> None:
        """Drive the program until the goal is met, or proven to be out of reach."""
        self._note_end(self._ask({"op": op, "goal": goal, **request}))

    def _note_end(self, reply: dict[str, Any]) -> None:
        self.trace.facts["why"] = reply.get("why", "")

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = self._remote.ask(request)
        except SupervisorLostError:
            self._is_open = False
            lost = Diagnosis("supervisor-killed")
            raise CheckFailedError(Verdict(Outcome.CRASHED, "ran", lost), self.trace) from None
        self.trace.facts.setdefault("proofs", reply.get("proof", ""))
        self.trace.events += [Event.from_json(e) for e in reply["events"]]
        return reply

    def _judge(self, rule: Callable[[Trace], Verdict]) -> None:
        verdict = rule(self.trace)
        if not verdict.passed:
            # What comes now is our own doing: whoever judges this trace again leaves it out.
            self.trace.facts["judged"] = len(self.trace)
            self.stop()
            raise CheckFailedError(verdict, self.trace)


class Tasks:
    """Tasks that are inside at the same moment, held at the gate; ordered by their numbers."""

    def __init__(self, run: Run, tasks: list[TaskRun]) -> None:
        self._run = run
        self._tasks = tasks

    def __len__(self) -> int:
        return len(self._tasks)

    def __iter__(self) -> Iterator[TaskRun]:
        return iter(self._tasks)

    def __getitem__(self, position: int) -> Tasks:
        return Tasks(self._run, [self._tasks[position]])

    def are_separate_processes(self) -> None:
        """Each is in a process of its own, and none in main: the kernel says so."""
        self._run._judge(rules.separate)

    def release(self, *, but: Tasks | None = None) -> None:
        """Let them go on, all or all but some."""
        kept = {t.begin for t in but} if but else set()
        numbers = [self._run.trace.events[t.begin].get("task") for t in self._tasks if t.begin not in kept]
        self._run._ask({"op": "release", "numbers": numbers})


class Writer:
    """A process that is held before it opens a file for writing."""

    def __init__(self, run: Run, event: Event) -> None:
        self._run = run
        self._event = event

    def release(self) -> None:
        """Let it write."""
        self._run._ask({"op": "release", "numbers": [self._event.get("hold")]})
