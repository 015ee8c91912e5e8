"""Calls a learner's function again and again, in one process, and keeps what came of each call as a trace.

For pure functions, of which a check tries hundreds of small inputs. Each call has a trace of its own: the import of
the module, the call, and its end, as if nothing had been called before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.engine import wire
from conc_checker.record.trace import Event, Site, Trace
from conc_checker.topics.scheduling import evidence, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from conc_checker.diagnosis.mistake import Catalogue
    from conc_checker.record.events import Kind
    from conc_checker.record.verdict import Verdict
    from conc_checker.topics.scheduling.case import Case, Question

_MOST_CALLS = 2000  # in one process: its events, one a call, stay far below what a run may have
_AT_ONCE = 100
_OURS = ("next",)


class Run(Protocol):
    """A run of the learner's program, as far as calls need it."""

    trace: Trace

    def drive(self, operation: wire.Asks[wire.Driven]) -> bool:
        """Drive the program until the goal is met, or proven to be out of reach; return whether it is met."""

    def stop(self) -> None:
        """End the run, whatever it is doing."""


class Calls:
    """The calls of one check; `start` begins a run of the learner's program in the mode "answer"."""

    def __init__(self, start: Callable[[], Run], catalogue: Catalogue) -> None:
        self._start = start
        self._catalogue = catalogue
        self._run: Run | None = None
        self._before: list[Event] = []  # what happened until the module was there
        self._number = 0
        self.last: Trace | None = None  # of the call that was judged last
        self._latest: tuple[Case, Trace] | None = None
        self._final: tuple[Verdict, Story] | None = None  # of a call that never came back
        self._others: dict[str, tuple[Case, ...]] = {}
        self._fresh: dict[str, Case] = {}
        self._foreseen: dict[Question, list[Event]] = {}  # what came of calls that have not been asked for yet

    def judge(self, case: Case, rule: Callable[[Story], Verdict], *, explains: bool = True) -> tuple[Verdict, Story]:
        """Make a call and judge it; when something is wrong, make such further calls as tell which mistake it is.

        Without `explains`, a call that came back is only judged right or wrong.
        A call that never came back, or took the process with it, is not made again: its verdict stands for all others.
        """
        if self._final is None:
            verdict, story = self._judged(case, rule, explains=explains)
            self.last = story.whole
            return verdict, story
        return self._final

    def _judged(self, case: Case, rule: Callable[[Story], Verdict], *, explains: bool) -> tuple[Verdict, Story]:
        case, trace = self.make(case)
        story = Story(trace)
        verdict = rule(story)
        if verdict.passed or (case.answer and not explains):
            return verdict, story
        trace.facts.judged = len(trace)
        if "value" in case.answer and verdict.rule == rules.RULE:
            case = self._with_evidence(case, trace)
        elif not case.answer:
            trace.events += self._last_words()
            case = replace(case, others=self._made((evidence.without_gaps(case),) if case.has_gap else ()))
        trace.facts.case = case.to_json()
        story = Story(trace)
        verdict = explain(story, rule(story), self._catalogue)
        if not case.answer:
            self._final = verdict, story
        return verdict, story

    def make(self, case: Case) -> tuple[Case, Trace]:
        """Make a call; return the case with its answer, and the trace of this one call.

        Several statements in a row about the same call are about one call.
        """
        if self._latest is not None and self._latest[0].question == case.question:
            return _noted(replace(case, answer=self._latest[0].answer), self._latest[1])
        run = self._running()
        answered = self._foreseen.pop(case.question, None)
        if answered is None:
            self._ask(run, [case])
            answered = run.trace.events
        begin = Event("call-begin", run.trace.main)
        self._latest = _told(case, Trace([*self._before, begin, *answered], replace(run.trace.facts)))
        return self._latest

    def foresee(self, cases: Iterable[Case]) -> None:
        """Have calls made that are about to be asked for, many at a time: to ask for each alone takes far longer.

        Where one of them does not come back, all is forgotten, and each is made when its turn comes.
        """
        wanted = list({case.question: case for case in cases}.values())
        if self._final is not None or len(wanted) > _MOST_CALLS:
            return
        self._last_words()
        run = self._running()
        for first in range(0, len(wanted), _AT_ONCE):
            some = wanted[first : first + _AT_ONCE]
            self._ask(run, some)
            answers = [event for event in run.trace.events if event.kind in _OURS]
            if len(answers) != len(some) or len(answers) != len(run.trace.events):
                self._last_words()
                return
            self._foreseen |= {case.question: [event] for case, event in zip(some, answers, strict=True)}

    def _ask(self, run: Run, cases: Sequence[Case]) -> None:
        """Have calls of one function made; what happens meanwhile is in the run's trace then, and nothing else."""
        run.trace.events = []
        self._number += len(cases)
        if not self._is_lost(run):
            arguments = tuple(case.arguments() for case in cases)
            run.drive(wire.Call(cases[0].function, arguments, wire.Answered()))

    def close(self) -> None:
        """End the process, and forget what was asked."""
        self._last_words()
        self._final, self._others, self._fresh = None, {}, {}

    def _with_evidence(self, case: Case, trace: Trace) -> Case:
        """Return a wrong case with what tells its mistake from others: further calls, in a new process.

        Once for each function: what the further calls return does not depend on the call that was wrong.
        """
        if case.function not in self._others:
            trace.events += self._last_words()
            self._fresh[case.function] = self.make(case)[0]
            self._others[case.function] = self._made(evidence.cases(case.function))
        first = self._fresh[case.function]
        fresh = first.answer if first.question == case.question else None
        return replace(case, others=self._others[case.function], fresh=fresh)

    def _last_words(self) -> list[Event]:
        """End the process; return what was found at its end, such as its output."""
        self._latest = None
        self._foreseen = {}
        if self._run is None:
            return []
        run, self._run = self._run, None
        run.trace.events = []
        run.stop()
        return run.trace.of("over")

    def _made(self, wanted: tuple[Case, ...]) -> tuple[Case, ...]:
        """Make calls up to the first that does not come back: what comes after it would tell nothing more."""
        made: list[Case] = []
        for case in wanted:
            made.append(self.make(case)[0])
            if not made[-1].answer:
                self._last_words()
                break
        return tuple(made)

    def _running(self) -> Run:
        if self._number >= _MOST_CALLS and not self._foreseen:
            self._last_words()
        if self._run is None:
            self._number = 0
            self._run = self._start()
            self._run.drive(wire.Advance(wire.Answered()))
            self._before = [e for e in self._run.trace.events if e.kind not in _OURS]
        return self._run

    def _is_lost(self, run: Run) -> bool:
        """Whether the program has ended, or cannot be imported: there is nobody to call."""
        return run.trace.facts.why != "met" or any(e.kind == "import-raised" for e in self._before)


def _told(case: Case, trace: Trace) -> tuple[Case, Trace]:
    """Put the answer of the last call where checks look for it: as the end of the call, or what it raised."""
    answer: dict[str, Any] = {}
    for place, event in enumerate(trace.events):
        if event.kind == "next":
            answer = event.data
            raised = answer.get("raised")
            kind: Kind = "call-raised" if raised else "call-end"
            trace.events[place] = replace(event, kind=kind, site=_site(raised), data=raised or {})
    return _noted(replace(case, answer=answer), trace)


def _noted(case: Case, trace: Trace) -> tuple[Case, Trace]:
    """Return a case, and a trace of its own with the case among the facts."""
    facts = replace(trace.facts, case=case.to_json(), function=case.function)
    return case, Trace(list(trace.events), facts)


def _site(raised: dict[str, Any] | None) -> Any:
    return Site.from_json(raised["site"]) if raised and raised.get("site") else None
