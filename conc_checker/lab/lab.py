"""What a kata's test talks to: it runs the learner's program and states what must hold of it.

    def test_all_ten_are_alive_together(lab):
        run = lab.call("run_all", lab.task(), 10)
        tasks = run.gather(10)
        tasks.are_separate_processes()
        tasks.release()
        run.finish()

This is the base. Each topic of the course has a lab of its own, which offers what makes sense there, and `kata.toml`
names the topic. A statement is judged by a rule; the first that does not hold ends the run and raises
`CheckFailedError` with the verdict.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from conc_checker.diagnosis import code
from conc_checker.diagnosis.mistake import Mistake
from conc_checker.diagnosis.story import Story
from conc_checker.engine import wire
from conc_checker.lab.run import CheckFailedError, Run
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conc_checker.course.source import Program
    from conc_checker.diagnosis.mistake import Catalogue
    from conc_checker.engine.supervisor.remote import Remote

DEADLINE = 20.0  # seconds that a run may take without being starved
CAP = 64  # live processes

# What is said of a check by those who run it, and by no rule.
SAID_BY_THE_LAB = (
    Mistake("not-started", frozenset({"path"}), Outcome.NOT_STARTED, placed=False),
    Mistake("blocked", frozenset({"check"}), Outcome.BLOCKED, placed=False),
    Mistake("supervisor-killed", outcome=Outcome.CRASHED, placed=False),
)

_Run = TypeVar("_Run", bound=Run)


@dataclass(frozen=True, slots=True)
class Settings:
    """How programs are run: `start_method` None leaves the platform's default; `deadline` in seconds."""

    start_method: str | None = None
    real_time: bool = False
    deadline: float = DEADLINE
    cap: int = CAP


class Lab:
    """Runs one learner's program, again and again, under observation.

    `catalogues` has the mistakes of the topic, by what a run is about; the first is for a mere import.
    """

    topic: ClassVar[str] = ""
    catalogues: ClassVar[Mapping[str, Catalogue]] = {}

    def __init__(self, remote: Remote, program: Program, settings: Settings | None = None) -> None:
        self._remote = remote
        self._program = program
        self._settings = settings or Settings()
        self._run: Run | None = None

    @property
    def last_run(self) -> Run | None:
        """The run that was begun last."""
        return self._run

    @property
    def last_trace(self) -> Trace | None:
        """What happened in the run that was judged last; None before the first."""
        return self._run.trace if self._run else None

    def load(self) -> Run:
        """Only import the module."""
        return self._start(Run, "import")

    def close(self) -> None:
        """End what still runs."""
        if self._run is not None:
            self._run.stop()

    def _start(
        self, kind: type[_Run], mode: wire.Mode, about: str = "", *, failing: bool = False, **options: Any
    ) -> _Run:
        """Begin a run of the program, of a kind that the topic has; `options` are those of `wire.Start`."""
        if self._run is not None:
            self._run.stop()
        about = about or next(iter(self.catalogues))
        settings, program = self._settings, self._program
        facts = Facts(
            program=program.module,
            topic=self.topic,
            about=about,
            mode=mode,
            function=options.get("function", ""),
            given=len(options.get("args", ())) + len(options.get("keywords", ())),
            real_time=settings.real_time,
            deadline=settings.deadline,
            failing=failing,
            sources=program.texts(),
        )
        trace = Trace(facts=facts)
        path = program.path
        if path is None or code.read(path.read_text(encoding="utf-8", errors="replace")).is_stub():
            missing = Diagnosis("not-started", None, {"path": f"{program.module}.py"})
            raise CheckFailedError(Verdict(Outcome.NOT_STARTED, "ran", missing), Story(trace))
        run = self._run = kind(self._remote, trace, self.catalogues[about])
        run.begin(
            wire.Start(
                mode,
                program.module,
                tuple((str(path), name) for path, name in program.files),
                start_method=settings.start_method,
                real_time=settings.real_time,
                deadline=settings.deadline,
                cap=settings.cap,
                **options,
            )
        )
        return run


def plain(value: Any) -> Any:
    """Return an argument as JSON can hold it; bytes are packed, for a message to a process must not be long."""
    return {"$bytes": zlib.compress(value, 1).hex()} if isinstance(value, bytes) else value
