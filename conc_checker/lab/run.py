"""One run of a learner's program as a check sees it: statements about it, each judged by a rule on the trace so far.

The first that does not hold ends the run and raises `CheckFailedError` with the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis import rules
from conc_checker.engine.supervisor.remote import Remote, SupervisorLostError
from conc_checker.record.trace import Event, TaskRun, Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.topics.sockets import rules as network
from conc_checker.topics.sockets.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator


class CheckFailedError(Exception):
    """A statement about the learner's program does not hold; `verdict` says why, `trace` is the evidence."""

    def __init__(self, verdict: Verdict, trace: Trace) -> None:
        self.verdict = verdict
        self.trace = trace
        super().__init__(f"{verdict.outcome}: {verdict.diagnosis.id if verdict.diagnosis else verdict.rule}")


class Run:
    """One run of the program. Its methods read as the sentences of a test, in the order in which things happen."""

    def __init__(self, remote: Remote, trace: Trace, request: dict[str, Any]) -> None:
        self._remote = remote
        self.trace = trace
        self._is_open = True
        self.begun = self.ask(request)

    def client(self) -> Client:
        """Return the client at the other end of the connection that the program was given."""
        self.advance({"kind": "connected", "count": 1})
        self.judge(network.is_reachable)
        return Client(self, 1)

    def goes_on(self) -> None:
        """The function has done what there was to do, and has not come back: it waits for more."""
        self.advance({"kind": "rest"})
        self.judge(lambda trace: network.goes_well(trace, "going on"))
        self.judge(network.goes_on)

    def has_left_unread(self, data: bytes) -> None:
        """The calls have come back, and these bytes, the last that the client has said, are still to be read."""
        self.advance({"kind": "rest"})
        self.ask({"op": "look"})
        self.judge(lambda trace: network.goes_well(trace, "unread"))
        self.judge(lambda trace: network.left_unread(trace, len(data)))

    def returned(self, *values: bytes | None) -> None:
        """The calls have returned these values, one after the other."""
        self.judge(lambda trace: network.returned(trace, values))

    def gather(self, count: int) -> Tasks:
        """Wait until `count` tasks are inside at once; fail as soon as it is proven that this cannot happen."""
        self.trace.facts["count"] = count
        self.advance({"kind": "gathered", "count": count})
        self.judge(lambda trace: rules.ran(trace, "overlap"))
        self.judge(lambda trace: rules.alive_together(trace, count))
        inside = [t for t in self.trace.tasks if t.end is None]
        return Tasks(self, sorted(inside, key=lambda t: (repr(type(t.index)), t.index)))

    def wait_for_writer(self, path: str) -> Writer:
        """Wait until a process is about to open the file for writing, and hold it there."""
        self.advance({"kind": "held", "what": "open", "count": 1})
        self.judge(lambda trace: rules.ran(trace, "script"))
        self.judge(lambda trace: rules.written_by_a_child(trace, path))
        event = next(e for e in self.trace if e.kind == "open" and e.get("hold"))
        return Writer(self, event)

    def is_waiting_for(self, who: Tasks | Writer) -> None:
        """Main is proven to wait: all that could go on has done so, and it has not come back."""
        del who  # names the reason in the test; that it is held is what makes the proof
        self.advance({"kind": "settled"})
        self.judge(rules.still_waits)
        self.judge(rules.nobody_was_ended)

    def is_waiting_for_slow_starters(self) -> None:
        """Main is proven to wait, though none of its processes has run a line yet."""
        self.advance({"kind": "settled"})
        self.judge(lambda trace: rules.still_waits(trace, "slow"))

    def finish(self) -> Run:
        """Hold nobody any more; the program must come to a good end."""
        self._let_go()
        self.judge(lambda trace: rules.ran(trace, "finish"))
        if self.trace.facts["mode"] != "import":
            self.judge(rules.came_back)
        return self

    def raises(self, error: str) -> None:
        """The function ends with an exception of this type."""
        self._let_go()
        self.judge(lambda trace: network.raised(trace, error))

    def started_nothing(self) -> None:
        """Importing started no process and wrote no file."""
        self.judge(rules.started_nothing)

    def numbered(self, expected: Collection[Any]) -> None:
        """The tasks were called with exactly these numbers, each once."""
        self.judge(lambda trace: rules.numbered(trace, expected))

    def defines(self, *names: str) -> Run:
        """The module has functions of these names."""
        self.judge(lambda trace: rules.defines(trace, names))
        return self

    def took(self, seconds: float) -> None:
        """The function returned the seconds that the whole took, and they were as many as said."""
        self.judge(rules.returned_last)
        self.judge(lambda trace: rules.took(trace, seconds))

    def left_nothing(self) -> None:
        """No process was left when main came back, neither alive nor as a zombie."""
        self.judge(rules.left_nothing)

    def wrote(self, path: str, content: str) -> None:
        """The file was written by a child and by nobody else, and holds exactly this text."""
        self.judge(lambda trace: rules.written_by_a_child(trace, path))
        self.judge(lambda trace: rules.wrote(trace, path, content))

    def _let_go(self) -> None:
        """Hold nobody any more, let the program come to its end, and close the run."""
        self.advance({"kind": "ended"}, op="let-go")
        self.close()

    def stop(self) -> None:
        """End the run, whatever it is doing."""
        if self._is_open and self._remote.pid is not None:
            self.close()

    def close(self) -> None:
        """End the run."""
        self._is_open = False
        self.ask({"op": "close"})
        over = self.trace.last("over")
        if over is not None:
            self.trace.facts["ran_for"] = over.get("ran_for", 0.0)

    def advance(self, goal: dict[str, Any], *, op: str = "advance", **request: Any) -> bool:
        """Let the program run towards a goal of `conc_checker.engine.supervisor.run`; return whether it is met.

        When a goal is out of reach, that is final, and has to be judged before anything else is done: to ask processes
        where they stand takes a signal, and a signal ends some calls early.
        """
        reply = self.ask({"op": op, "goal": goal, **request})
        self.trace.facts["why"] = reply.get("why", "")
        return bool(self.trace.facts["why"] == "met")

    def let_settle(self) -> None:
        """Let happen all that follows from what has happened."""
        self.advance({"kind": "rest"})

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send the supervisor a request, take in what has happened, and return its reply."""
        try:
            reply = self._remote.ask(request)
        except SupervisorLostError:
            self._is_open = False
            lost = Diagnosis("supervisor-killed")
            raise CheckFailedError(Verdict(Outcome.CRASHED, "ran", lost), self.trace) from None
        self.trace.facts.setdefault("proofs", reply.get("proof", ""))
        self.trace.events += [Event.from_json(e) for e in reply["events"]]
        return reply

    def judge(self, rule: Callable[[Trace], Verdict]) -> None:
        """State that a rule holds of the trace so far; otherwise the run is over."""
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
        self._run.judge(rules.separate)

    def release(self, *, but: Tasks | None = None) -> None:
        """Let them go on, all or all but some."""
        kept = {t.begin for t in but} if but else set()
        numbers = [self._run.trace.events[t.begin].get("task") for t in self._tasks if t.begin not in kept]
        self._run.ask({"op": "release", "numbers": numbers})


class Writer:
    """A process that is held before it opens a file for writing."""

    def __init__(self, run: Run, event: Event) -> None:
        self._run = run
        self._event = event

    def release(self) -> None:
        """Let it write."""
        self._run.ask({"op": "release", "numbers": [self._event.get("hold")]})
