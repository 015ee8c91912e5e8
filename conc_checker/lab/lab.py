"""What a kata's test talks to: it runs the learner's program and states what must hold of it.

    def test_all_ten_are_alive_together(lab):
        run = lab.call("run_all", lab.task(), 10)
        tasks = run.gather(10)
        tasks.are_separate_processes()
        tasks.release()
        run.finish()

Every statement is judged by a rule of `conc_checker.diagnosis.rules` on the trace so far. The first that does not hold
ends the run and raises `CheckFailedError` with the verdict.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis import code
from conc_checker.lab.run import CheckFailedError, Run
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.topics.scheduling.calls import Calls
from conc_checker.topics.scheduling.schedules import Schedule, Table, case_of, case_of_times
from conc_checker.topics.sockets.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.course.source import Program
    from conc_checker.engine.supervisor.remote import Remote
    from conc_checker.scheduling import Job, Slice
    from conc_checker.topics.scheduling.case import Case

DEADLINE = 20.0  # seconds that a run may take without being starved
CAP = 64  # live processes


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
        self._calls = Calls(lambda: self._start("answer", about="schedule"))
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

    def connection(self) -> dict[str, Any]:
        """Return a connected socket, for a function that talks to one client: `Run.client` is at its other end."""
        return {"$connection": True}

    def call(
        self,
        function: str,
        *args: Any,
        slow: bool = False,
        times: int = 1,
        short_writes: bool = False,
        late: bool = False,
        **keywords: Any,
    ) -> Run:
        """Import the module and call a function of it; arguments are plain values, bytes, tasks and a connection.

        With `slow`, every process that multiprocessing starts is held before its first line, until the run is finished.
        With `times`, the function is called as often, one call after the other, and the last value counts.
        With `short_writes`, `send` takes only a part of what it is given, as it may.
        With `late`, the function is called when the run is finished, and finds what its client has done before.
        """
        return self._start(
            "call",
            function=function,
            args=[_plain(a) for a in args],
            keywords={name: _plain(a) for name, a in keywords.items()},
            times=times,
            hold=[kind for kind, wanted in (("begin", slow), ("call-begin", late)) if wanted],
            short_writes=short_writes,
            about="connection" if self.connection() in args else "tasks",
            failing=any(_fails(a) for a in (*args, *keywords.values())),
        )

    def serve(
        self,
        function: str,
        *,
        at: tuple[str, int] | None = None,
        small_buffers: bool = False,
        short_writes: bool = False,
    ) -> Server:
        """Call a function that serves for ever, with a host and a port at which nobody listens, or with those given.

        Returns when it listens there. With `small_buffers`, connections have little room for what is not read;
        with `short_writes`, `send` takes only a part of what it is given, as it may.
        """
        request = {"function": function, "args": [], "keywords": {}, "times": 1, "serves": True, "address": at}
        request |= {"small_buffers": small_buffers, "short_writes": short_writes}
        server = self._start("call", Server, about="server", **request)
        assert isinstance(server, Server)
        return server

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

    def _start(self, mode: str, kind: type[Run] = Run, about: str = "tasks", **request: Any) -> Run:
        self._end_run()
        settings = self._settings
        trace = Trace(
            facts={
                "program": self._program.module,
                "mode": mode,
                "about": about,
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
        self._run = kind(self._remote, trace, request)
        return self._run


def _plain(value: Any) -> Any:
    """Return an argument as JSON can hold it; bytes are packed, for a message to a process must not be long."""
    return {"$bytes": zlib.compress(value).hex()} if isinstance(value, bytes) else value


def _fails(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("$task", {}).get("fails"))
