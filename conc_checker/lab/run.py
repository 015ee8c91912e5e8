"""One run of a learner's program as a check sees it: statements about it, each judged by a rule on the story so far.

The first that does not hold ends the run and raises `CheckFailedError` with the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from conc_checker.diagnosis import rules
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.engine import wire
from conc_checker.engine.supervisor.remote import Remote, SupervisorLostError
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.diagnosis.mistake import Catalogue
    from conc_checker.record.trace import Trace


class CheckFailedError(Exception):
    """A statement about the learner's program does not hold; `verdict` says why, `story` is the evidence."""

    def __init__(self, verdict: Verdict, story: Story) -> None:
        self.verdict = verdict
        self.story = story
        super().__init__(f"{verdict.outcome}: {verdict.diagnosis.id if verdict.diagnosis else verdict.rule}")


class Run:
    """One run of the program: what every topic needs of it. `begin` starts it; the topics add the statements.

    `catalogue` has the mistakes by which a failure is explained.
    """

    def __init__(self, remote: Remote, trace: Trace, catalogue: Catalogue) -> None:
        self._remote = remote
        self._catalogue = catalogue
        self._is_open = False
        self.trace = trace

    def begin(self, start: wire.Start) -> wire.Begun:
        """Start the program; return the supervisor's reply."""
        self._is_open = True
        begun = self.ask(start)
        self.trace.facts.proofs = begun.proof
        return begun

    def finish(self) -> Self:
        """Hold nobody any more; the program must come to a good end."""
        self.let_go()
        self.judge(lambda story: rules.ran(story, "finish"))
        if self.trace.facts.mode != "import":
            self.judge(rules.came_back)
        return self

    def started_nothing(self) -> None:
        """Importing started no process and wrote no file."""
        self.judge(rules.started_nothing)

    def let_go(self) -> None:
        """Hold nobody any more, let the program come to its end, and close the run."""
        self.drive(wire.LetGo(wire.Ended()))
        self.close()

    def stop(self) -> None:
        """End the run, whatever it is doing."""
        if self._is_open and self._remote.pid is not None:
            self.close()

    def close(self) -> None:
        """End the run."""
        self._is_open = False
        self.ask(wire.Close())
        over = self.trace.last("over")
        if over is not None:
            self.trace.facts.ran_for = over.get("ran_for", 0.0)

    def advance(self, goal: wire.Goal) -> bool:
        """Let the program run towards a goal; return whether it is met."""
        return self.drive(wire.Advance(goal))

    def drive(self, operation: wire.Asks[wire.Driven]) -> bool:
        """Do something to the program and let it run towards a goal; return whether it is met.

        When a goal is out of reach, that is final, and has to be judged before anything else is done: to ask processes
        where they stand takes a signal, and a signal ends some calls early.
        """
        self.trace.facts.why = self.ask(operation).why
        return self.trace.facts.why == "met"

    def let_settle(self) -> None:
        """Let happen all that follows from what has happened."""
        self.advance(wire.Rest())

    def ask(self, operation: wire.Asks[wire.R]) -> wire.R:
        """Have the supervisor do something, take in what has happened, and return its reply."""
        try:
            reply = self._remote.ask(operation)
        except SupervisorLostError:
            self._is_open = False
            lost = Diagnosis("supervisor-killed")
            raise CheckFailedError(Verdict(Outcome.CRASHED, "ran", lost), Story(self.trace)) from None
        self.trace.events += reply.events
        return reply

    def judge(self, rule: Callable[[Story], Verdict]) -> None:
        """State that a rule holds of what has happened so far; otherwise the run is over."""
        story = Story(self.trace)
        verdict = rule(story)
        if not verdict.passed:
            verdict = explain(story, verdict, self._catalogue)
            # What comes now is our own doing: whoever judges this trace again leaves it out.
            self.trace.facts.judged = len(self.trace)
            self.stop()
            raise CheckFailedError(verdict, story)
