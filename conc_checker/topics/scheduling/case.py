"""One call of a learner's scheduling function, as data: what it was asked, what came of it, and what is right.

It is the entry `case` in the facts of a trace, in plain JSON types, so that a recorded run can be judged again.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker.scheduling import Job, Slice
from conc_checker.topics.scheduling import difference, oracle, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.record.trace import Trace

Question = tuple[str, tuple[Job, ...], tuple[Any, ...], tuple[Slice, ...] | None]
Answer = dict[str, Any]  # {"value": …} or {"raised": …}; {} when there was none


@dataclass(frozen=True, slots=True)
class Case:
    """A call of `function` with `jobs` and `options` (a quantum, for instance), and its `answer`.

    `slices` is None but for `times`, whose second argument it is. `others` are further calls, which tell one mistake
    from another; `fresh` is the answer to the same call in a new process, None while nobody has asked.
    """

    function: str
    jobs: tuple[Job, ...]
    options: tuple[Any, ...] = ()
    slices: tuple[Slice, ...] | None = None
    answer: Answer = field(default_factory=dict)
    others: tuple[Case, ...] = ()
    fresh: Answer | None = None
    asks: str = ""  # which property the check asks for; empty for all of them

    @property
    def question(self) -> Question:
        """What is asked: function and arguments; two cases of the same question are the same call."""
        return self.function, self.jobs, self.options, self.slices

    @property
    def names(self) -> set[str]:
        """The names of the jobs."""
        return {job.name for job in self.jobs}

    @property
    def expected(self) -> list[Slice]:
        """The right schedule."""
        return oracle.right(self.function, self.jobs, *self.options)

    @property
    def actual(self) -> list[Slice]:
        """The learner's schedule; raises ShapeError for what is none."""
        return shape.slices(self.answer.get("value"), self.names)

    @property
    def parting(self) -> dict[str, Any] | None:
        """The first tick at which the learner's schedule and the right one part, and how; None when they agree."""
        return difference.part(self.function, self.jobs, self.options, self.expected, self.actual)

    @property
    def is_right(self) -> bool:
        """Whether the answer is what it should be; whether the arguments were left alone is another question."""
        try:
            return "value" in self.answer and self._agrees()
        except shape.ShapeError:
            return False

    def _agrees(self) -> bool:
        if self.slices is not None:
            found: Any = shape.times(self.answer["value"], self.names)
            return bool(found == oracle.times(self.jobs, self.slices))
        return self.actual == self.expected

    @property
    def has_gap(self) -> bool:
        """Whether there are ticks, after the first arrival or before it, at which nobody is there to run."""
        busy = 0
        for job in sorted(self.jobs, key=lambda job: job.arrival):
            if job.arrival > busy:
                return True
            busy += job.burst
        return False

    @property
    def call(self) -> str:
        """The call in Python, as far as it fits into a sentence."""
        rest = "".join(f", {list(o) if isinstance(o, tuple) else o!r}" for o in self.options)
        return f"{self.function}(jobs{', slices' if self.slices is not None else rest})"

    def arguments(self) -> list[Any]:
        """Return the arguments as `conc_checker.engine.subject.answers` takes them."""
        rest = [_rows(Slice, self.slices)] if self.slices is not None else []
        plain = [list(o) if isinstance(o, tuple) else o for o in self.options]
        return [_rows(Job, self.jobs), *rest, *plain]

    def to_json(self) -> dict[str, Any]:
        """Return the case as plain JSON types."""
        return {
            "function": self.function,
            "jobs": [list(job) for job in self.jobs],
            "options": [list(o) if isinstance(o, tuple) else o for o in self.options],
            "slices": None if self.slices is None else [list(s) for s in self.slices],
            "answer": self.answer,
            "others": [other.to_json() for other in self.others],
            "fresh": self.fresh,
            "asks": self.asks,
        }

    def chart(self) -> dict[str, Any]:
        """Return what there is to be drawn, as plain JSON types."""
        plain: dict[str, Any] = {"jobs": [list(job) for job in self.jobs]}
        if self.options:
            plain["call"] = self.call
        if self.slices is not None:
            right = oracle.times(self.jobs, self.slices)
            with contextlib.suppress(shape.ShapeError):
                found = shape.times(self.answer.get("value"), self.names)
                plain["times"] = [[name, list(right[name]), list(found[name])] for name in right]
            return {**plain, "times": plain.get("times", []), "schedule": [list(s) for s in self.slices]}
        plain["expected"] = [list(s) for s in self.expected]
        with contextlib.suppress(shape.ShapeError):
            plain["actual"] = [list(s) for s in self.actual] if "value" in self.answer else None
            plain["difference"] = self.parting
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Case:
        """Read what `to_json` wrote."""
        slices = plain["slices"]
        return cls(
            plain["function"],
            tuple(Job(*row) for row in plain["jobs"]),
            frozen(plain["options"]),
            None if slices is None else tuple(Slice(*row) for row in slices),
            plain["answer"],
            tuple(cls.from_json(other) for other in plain["others"]),
            plain["fresh"],
            plain["asks"],
        )

    @classmethod
    def of(cls, trace: Trace) -> Case | None:
        """Return the case of a trace; None for a run that has to do with other things."""
        plain = trace.facts.case
        return cls.from_json(plain) if plain else None


def _rows(kind: type[Job | Slice], rows: Sequence[Job | Slice]) -> dict[str, Any]:
    """Return rows of a named tuple, and where the learner's process finds it."""
    return {"$rows": [list(row) for row in rows], "of": [kind.__module__, kind.__name__]}


def frozen(options: Sequence[Any]) -> tuple[Any, ...]:
    """Return options as a case holds them: lists as tuples."""
    return tuple(tuple(o) if isinstance(o, list) else o for o in options)
