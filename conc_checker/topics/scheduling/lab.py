"""The lab of katas about scheduling: it calls a pure function again and again, and judges what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.lab.lab import Lab
from conc_checker.lab.run import CheckFailedError, Run
from conc_checker.topics.scheduling.calls import Calls
from conc_checker.topics.scheduling.catalogue import CATALOGUES
from conc_checker.topics.scheduling.schedules import Schedule, Table, case_of, case_of_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.course.source import Program
    from conc_checker.diagnosis.story import Story
    from conc_checker.engine.supervisor.remote import Remote
    from conc_checker.lab.lab import Settings
    from conc_checker.record.trace import Trace
    from conc_checker.record.verdict import Verdict
    from conc_checker.scheduling import Job, Slice
    from conc_checker.topics.scheduling.case import Case


class SchedulingLab(Lab):
    """Calls scheduling functions."""

    topic = "scheduling"
    catalogues = CATALOGUES

    def __init__(self, remote: Remote, program: Program, settings: Settings | None = None) -> None:
        super().__init__(remote, program, settings)
        self._calls = Calls(lambda: self._start(Run, "answer"), CATALOGUES["schedule"])
        self.explains = True  # a wrong schedule: by further calls, which tell one mistake from another

    @property
    def last_trace(self) -> Trace | None:
        """What happened in the call that was judged last, or else in the run."""
        return self._calls.last or super().last_trace

    def schedule(self, function: str, jobs: Iterable[Job | str], **options: Any) -> Schedule:
        """Call a scheduling function with jobs such as "A 0 3" (name, arrival, burst), and say what must hold of it.

        Options are handed over by position, in the order in which they stand here.
        """
        return Schedule(case_of(function, jobs, *options.values()), self._judge)

    def times(self, jobs: Iterable[Job | str], slices: Iterable[Slice | str]) -> Table:
        """Call `times` with jobs and the slices of a schedule, such as "A 0-3", and say what must hold of it."""
        return Table(case_of_times(jobs, slices), self._judge)

    def foresee(self, check: Callable[[SchedulingLab], None]) -> None:
        """Have all calls made at once that a check is about to ask for one after the other."""
        noting = _Noting()
        check(noting)
        self._calls.foresee(noting.cases)

    def _judge(self, case: Case, rule: Callable[[Story], Verdict]) -> None:
        verdict, story = self._calls.judge(case, rule, explains=self.explains)
        if not verdict.passed:
            raise CheckFailedError(verdict, story)

    def close(self) -> None:
        """End what still runs."""
        self._calls.close()
        super().close()


class _Noting(SchedulingLab):
    """Stands in for a lab, and only takes down which calls it is asked for."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def _judge(self, case: Case, rule: Callable[[Story], Verdict]) -> None:
        del rule
        self.cases.append(case)
