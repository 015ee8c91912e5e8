"""What a test of kata 05 says of a schedule.

    lab.schedule("round_robin", ["A 0 3", "B 1 2"], quantum=2).is_("A 0-2", "B 2-4", "A 4-5")

A job is written as name, arrival and burst; a slice as name, start and end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conc_checker.scheduling import Job, Slice, Times
from conc_checker.topics.scheduling import oracle, rules
from conc_checker.topics.scheduling.case import Case, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.verdict import Verdict

    Rule = Callable[[Story], Verdict]


def jobs(given: Iterable[Job | str]) -> tuple[Job, ...]:
    """Return jobs, each given as a Job or as text such as "A 0 3": A arrives at tick 0 and needs 3 ticks."""
    found = []
    for job in given:
        if isinstance(job, str):
            name, arrival, burst = job.split()
            found.append(Job(name, int(arrival), int(burst)))
        else:
            found.append(job)
    return tuple(found)


def slices(given: Iterable[Slice | str]) -> tuple[Slice, ...]:
    """Return slices, each given as a Slice or as text such as "A 0-3"."""
    found = []
    for turn in given:
        if isinstance(turn, str):
            name, ticks = turn.split()
            start, _, end = ticks.partition("-")
            found.append(Slice(name, int(start), int(end)))
        else:
            found.append(turn)
    return tuple(found)


def times(given: Iterable[str]) -> dict[str, Times]:
    """Return times by name, each given as text such as "A 2 0 5": waiting, response and turnaround time."""
    rows = [text.split() for text in given]
    return {name: Times(int(waiting), int(response), int(turnaround)) for name, waiting, response, turnaround in rows}


def served_in_order(given: Iterable[Job | str]) -> tuple[Slice, ...]:
    """Return a schedule in which each job has one slice: first come, first served."""
    return tuple(oracle.fcfs(jobs(given)))


def rotating(given: Iterable[Job | str], quantum: int) -> tuple[Slice, ...]:
    """Return a schedule in which jobs have several slices: round-robin."""
    return tuple(oracle.round_robin(jobs(given), quantum))


def with_breaks(given: Iterable[Job | str]) -> tuple[Slice, ...]:
    """Return a schedule that nobody would want: it idles while jobs wait, and who came last is served first.

    Between the first tick of a job and the rest of it there is a break.
    """
    turns, now = list[Slice](), 0
    for job in sorted(jobs(given), key=lambda job: -job.arrival):
        begin = max(now, job.arrival) + 2
        turns.append(Slice(job.name, begin, begin + 1))
        now = begin + 1
        if job.burst > 1:
            turns.append(Slice(job.name, now + 1, now + job.burst))
            now += job.burst
    return tuple(turns)


class Schedule:
    """A call of a scheduling function; its methods state what must hold of what came back.

    `judge` makes the call when a statement is made, and raises CheckFailedError when a rule does not hold.
    """

    def __init__(self, case: Case, judge: Callable[[Case, Rule], None]) -> None:
        self._case = case
        self._judge = judge

    def is_(self, *expected: Slice | str) -> None:
        """It is exactly this schedule, worked out by hand."""
        by_hand = slices(expected)
        if list(by_hand) != self._case.expected:
            raise ValueError(f"this test is wrong: the contract demands {self._case.expected} of {self._case.call}")
        self._judge(self._case, rules.is_right)

    def is_right(self) -> None:
        """It is exactly the schedule that the contract demands."""
        self._judge(self._case, rules.is_right)

    def is_work_conserving(self) -> None:
        """Whenever somebody is there and not done, somebody runs."""
        self._keeps("idle-while-a-job-waits")

    def starts_nobody_early(self) -> None:
        """No job runs before it has arrived."""
        self._keeps("started-before-arrival")

    def gives_everybody_all(self) -> None:
        """Each job runs for exactly as many ticks as it needs."""
        self._keeps("wrong-amount-of-work")

    def runs_one_at_a_time(self) -> None:
        """The turns stand in order and do not overlap."""
        self._keeps("turns-overlap")

    def keeps_to_the_quantum(self) -> None:
        """No turn is longer than the quantum."""
        self._keeps("turn-over-the-quantum")

    def bounds_waiting(self) -> None:
        """Of n jobs, nobody waits for a turn longer than n - 1 quanta."""
        self._keeps("waits-longer-than-a-round")

    def leaves_its_input_alone(self) -> None:
        """The lists that were handed over are what they were."""
        self._judge(self._case, rules.left_alone)

    def is_refused(self) -> None:
        """The call raises a ValueError."""
        self._judge(self._case, rules.refused)

    def _keeps(self, name: str) -> None:
        self._judge(replace(self._case, asks=name), rules.keeps)


class Table:
    """A call of `times`; its methods state what must hold of what came back."""

    def __init__(self, case: Case, judge: Callable[[Case, Rule], None]) -> None:
        self._case = case
        self._judge = judge

    def is_(self, *expected: str) -> None:
        """They are exactly these times, worked out by hand."""
        assert self._case.slices is not None
        right = rules.right_times(self._case)
        if times(expected) != right:
            raise ValueError(f"this test is wrong: the times are {right}")
        self._judge(self._case, rules.is_right)

    def is_right(self) -> None:
        """They are the times of that schedule."""
        self._judge(self._case, rules.is_right)

    def leaves_its_input_alone(self) -> None:
        """The lists that were handed over are what they were."""
        self._judge(self._case, rules.left_alone)


def case_of(function: str, given: Iterable[Job | str], *options: Any) -> Case:
    """Return the call of a scheduling function as a case."""
    return Case(function, jobs(given), frozen(options))


def case_of_times(given: Iterable[Job | str], turns: Iterable[Slice | str]) -> Case:
    """Return the call of `times` as a case."""
    return Case("times", jobs(given), (), slices(turns))
