"""Schedules are judged rightly: the oracle, the solutions and OSTEP's simulators agree, and mistakes are told apart."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import corpus
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conc_checker.scheduling import Job, Slice, Times
from conc_checker.topics.scheduling import difference, evidence, mutants, oracle, properties, shape
from conc_checker.topics.scheduling.case import Case

SOLUTIONS = corpus.ROOT / "solutions" / "05_scheduling"
BASES: dict[str, Any] = {
    "fcfs": mutants._fcfs,
    "sjf": mutants._sjf,
    "round_robin": mutants.RoundRobin(),
    "mlfq": mutants.Feedback(),
}
NAMES = "ABCDEF"


def _solution(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"solved_{name}", SOLUTIONS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where a dataclass looks for its module
    spec.loader.exec_module(module)
    return module


SOLVED = {name: _solution(name) for name in oracle.ALGORITHMS}


@st.composite
def jobs(draw: st.DrawFn, latest: int = 12) -> list[Job]:
    """Jobs in any order, of arrivals and of names."""
    rows = draw(st.lists(st.tuples(st.integers(0, latest), st.integers(1, 7)), max_size=6))
    return draw(st.permutations([Job(name, *row) for name, row in zip(NAMES, rows, strict=False)]))


OPTIONS = {
    "fcfs": st.just(()),
    "sjf": st.just(()),
    "round_robin": st.tuples(st.integers(1, 5)),
    "mlfq": st.tuples(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.none() | st.integers(1, 12)),
}

each_algorithm = pytest.mark.parametrize("name", list(oracle.ALGORITHMS))


# ── the oracle ───────────────────────────────────────────────────────────────────────────────────────────────────────


@each_algorithm
@given(data=st.data())
def test_the_oracle_and_the_solution_agree(name: str, data: st.DataObject) -> None:
    """One goes tick by tick, the other from event to event, and both come to the same schedule and the same times."""
    workload, options = data.draw(jobs()), data.draw(OPTIONS[name])
    schedule = oracle.right(name, workload, *options)
    assert getattr(SOLVED[name], name)(workload, *options) == schedule
    assert SOLVED["fcfs"].times(workload, schedule) == oracle.times(workload, schedule)


@each_algorithm
@given(data=st.data())
def test_a_scheduler_without_mistakes_is_right(name: str, data: st.DataObject) -> None:
    """What the known mistakes are made of makes none itself: so each of them is the mistake, and nothing else."""
    workload, options = data.draw(jobs()), data.draw(OPTIONS[name])
    assert BASES[name](workload, *options) == oracle.right(name, workload, *options)


@each_algorithm
@given(data=st.data())
def test_a_right_schedule_has_every_property(name: str, data: st.DataObject) -> None:
    """No property rejects a right schedule."""
    workload, options = data.draw(jobs()), data.draw(OPTIONS[name])
    frozen = tuple(tuple(o) if isinstance(o, list) else o for o in options)
    schedule = oracle.right(name, workload, *options)
    assert not [p for p in properties.PROPERTIES if properties.broken(p, name, workload, frozen, schedule)]


def test_the_examples_of_the_contract() -> None:
    """The moments that the contract is exact about, each in a table worked by hand."""
    work = [Job("A", 0, 4), Job("B", 1, 2), Job("C", 2, 1)]
    assert oracle.round_robin(work, 2) == [("A", 0, 2), ("B", 2, 4), ("C", 4, 5), ("A", 5, 7)]
    assert oracle.fcfs(work) == [("A", 0, 4), ("B", 4, 6), ("C", 6, 7)]
    assert oracle.sjf(work) == [("A", 0, 4), ("C", 4, 5), ("B", 5, 7)]
    assert oracle.mlfq(work, [1, 2]) == [
        *[("A", 0, 1), ("B", 1, 2), ("C", 2, 3)],
        *[("A", 3, 5), ("B", 5, 6), ("A", 6, 7)],
    ]
    # At tick 3 A has used up its quantum below, C arrives, and it is time for a boost: C, then A, which was queued.
    work = [Job("A", 0, 5), Job("C", 3, 2)]
    assert oracle.mlfq(work, [1, 2], 3) == [
        *[("A", 0, 1), ("A", 1, 3), ("C", 3, 4), ("A", 4, 5)],
        *[("C", 5, 6), ("A", 6, 7)],
    ]


# ── against the simulators of OSTEP, where somebody has them ─────────────────────────────────────────────────────────

ostep = pytest.mark.skipif(
    not os.environ.get("CONC_OSTEP"),
    reason="CONC_OSTEP names no folder with OSTEP's homework (cpu-sched/scheduler.py, cpu-sched-mlfq/mlfq.py)",
)


def _simulate(script: str, *arguments: str) -> str:
    path = Path(os.environ["CONC_OSTEP"]) / script
    done = subprocess.run([sys.executable, path, *arguments, "-c"], capture_output=True, text=True, check=True)
    return done.stdout


def _by_scheduler(policy: str, bursts: list[int], quantum: int) -> list[Slice]:
    """Return what scheduler.py prints for jobs that are all there at 0; their names are their numbers."""
    text = _simulate("cpu-sched/scheduler.py", "-p", policy, "-l", ",".join(map(str, bursts)), "-q", str(quantum))
    rows = re.findall(r"\[ time\s+(\d+) \] Run job\s+(\d+) for\s+([\d.]+) secs", text)
    return [Slice(job, int(now), int(now) + int(float(length))) for now, job, length in rows]


def _by_mlfq(work: list[Job], quanta: list[int], boost: int | None) -> list[str | None]:
    """Return who runs in each tick, as mlfq.py prints it."""
    listed = ":".join(f"{job.arrival},{job.burst},0" for job in work)
    levels = ["-Q", ",".join(map(str, quanta)), "-A", ",".join("1" for _ in quanta)]
    text = _simulate("cpu-sched-mlfq/mlfq.py", "-l", listed, *levels, "-B", str(boost or 0), "-i", "0")
    found = re.findall(r"\[ time (\d+) \] (?:Run JOB (\d+)|(IDLE))", text)
    return [work[int(job)].name if job else None for _, job, _ in found]


@ostep
@pytest.mark.parametrize("bursts", [[5], [3, 3], [5, 1, 3], [2, 7, 4, 1], [4, 4, 4, 4], [1, 9, 2, 6, 3]])
def test_the_oracle_agrees_with_the_scheduler_of_ostep(bursts: list[int]) -> None:
    """For jobs that are all there from the start, there is nothing on which the conventions could differ."""
    work = [Job(str(number), 0, burst) for number, burst in enumerate(bursts)]
    assert _by_scheduler("FIFO", bursts, 1) == oracle.fcfs(work)
    assert _by_scheduler("SJF", bursts, 1) == oracle.sjf(work)
    for quantum in (1, 2, 3):
        assert _by_scheduler("RR", bursts, quantum) == oracle.round_robin(work, quantum)


def _ticks(schedule: list[Slice]) -> list[str | None]:
    """Return who runs in each tick."""
    ticks: list[str | None] = [None] * max((s.end for s in schedule), default=0)
    for turn in schedule:
        ticks[turn.start : turn.end] = [turn.name] * (turn.end - turn.start)
    return ticks


@ostep
@pytest.mark.parametrize(
    ("rows", "quanta"),
    [
        ([(0, 5), (0, 4)], [1, 2]),
        ([(0, 7), (3, 1)], [2, 4]),
        ([(0, 4), (1, 3)], [2, 4]),
        ([(0, 9), (1, 5), (1, 2)], [2, 3, 4]),
        ([(2, 3), (9, 1)], [2, 4]),
        ([(0, 6), (3, 2), (10, 4)], [1, 3]),
        ([(0, 6), (3, 5), (9, 2)], [4]),
    ],
)
def test_the_oracle_agrees_with_the_mlfq_of_ostep(rows: list[tuple[int, int]], quanta: list[int]) -> None:
    """Where nobody arrives at the tick at which a turn ends, and without a boost, the conventions are the same."""
    work = [Job(NAMES[number], *row) for number, row in enumerate(rows)]
    assert _by_mlfq(work, quanta, None) == _ticks(oracle.mlfq(work, quanta))


# ── mistakes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@each_algorithm
def test_no_two_mistakes_look_alike(name: str) -> None:
    """On the workloads that serve as evidence, every mistake shows, and no two of different names show the same."""
    cases = evidence.cases(name)
    right = [case.expected for case in cases]
    profiles = [(mistake, [mutant(c.jobs, *c.options) for c in cases]) for mistake, mutant in mutants.MUTANTS[name]]
    assert not [mistake for mistake, profile in profiles if profile == right]
    alike = [(a, b) for n, (a, p) in enumerate(profiles) for b, q in profiles[:n] if a != b and p == q]
    assert not alike


def test_no_two_mistakes_of_times_look_alike() -> None:
    """The same goes for waiting, response and turnaround time."""
    profiles = []
    for mistake, mutant in mutants.TIMES:
        found = []
        for case in evidence.cases("times"):
            assert case.slices is not None
            right = oracle.times(case.jobs, case.slices)
            found.append([tuple(mutant(right[job.name], job.arrival)) for job in case.jobs])
        profiles.append((mistake, found))
    assert not [(a, b) for n, (a, p) in enumerate(profiles) for b, q in profiles[:n] if p == q]


def test_a_known_mistake_is_a_wrong_program_of_the_corpus() -> None:
    """Each mistake that can be named has been made, for each algorithm in which it can be made."""
    made = {(e.exercise, e.diagnosis) for e in corpus.examples() if e.kata == "05_scheduling"}
    known = {(name, mistake) for name, table in mutants.MUTANTS.items() for mistake, _ in table}
    known |= {("fcfs", mistake) for mistake, _ in mutants.TIMES}
    assert not known - made


# ── where schedules part, and what is none ───────────────────────────────────────────────────────────────────────────

WORK = [Job("A", 0, 4), Job("B", 1, 2)]
RIGHT = [Slice("A", 0, 2), Slice("B", 2, 4), Slice("A", 4, 6)]


@pytest.mark.parametrize(
    ("actual", "tick", "how"),
    [
        ([("A", 0, 2), ("A", 2, 4), ("B", 4, 6)], 2, "another"),
        ([("A", 0, 3), ("B", 3, 5), ("A", 5, 6)], 2, "over: quantum"),
        ([("A", 0, 1), ("B", 1, 3), ("A", 3, 6)], 1, "ends too soon"),
        ([("A", 0, 2), ("B", 3, 5), ("A", 5, 7)], 2, "idle"),
        ([("A", 0, 2), ("B", 2, 4)], 4, "nobody runs"),
        ([("A", 0, 2), ("B", 2, 4), ("A", 4, 6), ("B", 6, 8)], 6, "all is done"),
        ([("A", 0, 2), ("B", 2, 2), ("B", 2, 4), ("A", 4, 6)], 2, "empty turn"),
        ([], 0, "nobody runs"),
    ],
)
def test_the_first_difference_is_found(actual: list[tuple[str, int, int]], tick: int, how: str) -> None:
    """The first tick at which two schedules part, and what is to be said of it."""
    found = difference.part("round_robin", WORK, (2,), RIGHT, [Slice(*row) for row in actual])
    assert found is not None
    assert (found["tick"], found["how"]) == (tick, how)


@pytest.mark.parametrize(
    ("work", "boost", "actual", "tick", "why"),
    [
        ([("A", 0, 2)], None, ("A", 1, 4), 2, "done"),
        ([("A", 0, 5), ("B", 0, 1)], None, ("A", 0, 2), 1, "quantum"),
        ([("A", 0, 5)], 2, ("A", 1, 3), 2, "boost"),
        ([("A", 0, 5), ("B", 2, 1)], None, ("A", 1, 3), 2, "newcomer"),
        ([("A", 0, 5), ("B", 3, 1)], None, ("A", 1, 4), 3, "quantum"),  # B has come just then, and changes nothing
    ],
)
def test_why_a_turn_is_over(
    work: list[tuple[str, int, int]], boost: int | None, actual: tuple[str, int, int], tick: int, why: str
) -> None:
    """A turn that goes on too long: the reason says what should have ended it."""
    todo, options = [Job(*row) for row in work], ((1, 2, 3), boost)
    right = oracle.mlfq(todo, *options)
    same = right[: next(n for n, s in enumerate(right) if s.start == actual[1])]
    found = difference.part("mlfq", todo, options, right, [*same, Slice(*actual)])
    assert found is not None
    assert (found["tick"], found["how"]) == (tick, f"over: {why}")
    assert found.get("newcomer") == ("B" if why == "newcomer" else None)


def test_who_should_run_has_been_waiting_since_its_arrival_or_its_last_turn() -> None:
    """The reason says since when."""
    found = difference.part("round_robin", WORK, (2,), RIGHT, [Slice("A", 0, 2), Slice("A", 2, 4)])
    assert found is not None
    assert (found["should"], found["since"]) == ("B", 1)
    found = difference.part("round_robin", WORK, (2,), RIGHT, RIGHT[:2])
    assert found is not None
    assert (found["should"], found["since"]) == ("A", 2)
    assert difference.part("round_robin", WORK, (2,), RIGHT, RIGHT) is None


@given(jobs(), st.integers(1, 4), st.data())
def test_what_differs_has_a_first_difference(work: list[Job], quantum: int, data: st.DataObject) -> None:
    """Two schedules are the same, or there is a tick at which they part, which lies within one of them."""
    right = oracle.round_robin(work, quantum)
    mutant = data.draw(st.sampled_from(mutants.MUTANTS["round_robin"]))[1]
    other = mutant(work, quantum)
    found = difference.part("round_robin", work, (quantum,), right, other)
    assert (found is None) == (right == other)
    if found is not None:
        assert 0 <= found["tick"] <= max(s.end for s in [*right, *other])


@pytest.mark.parametrize(
    ("value", "diagnosis"),
    [
        (None, "no-schedule-returned"),
        (7, "not-a-schedule"),
        ("A0-2", "not-a-schedule"),
        ({"type": "generator"}, "not-a-schedule"),
        ({"items": []}, "not-a-schedule"),
        ([["A", 0]], "not-a-schedule"),
        ([[0, 0, 2]], "not-a-schedule"),
        ([["A", True, 2]], "not-a-schedule"),
        ([["A", 0, None]], "not-a-schedule"),
        ([["A", 0, 2.0]], "ticks-not-whole"),
        ([["Z", 0, 2]], "unknown-job"),
        ([["A", 0, 1]] * 1001, "too-many-slices"),
        ([["A", 0, 1], {"more": True}], "too-many-slices"),
    ],
)
def test_what_is_no_schedule_is_said(value: object, diagnosis: str) -> None:
    """Whatever came back, its form has a name, and what is shown of it fits into a sentence."""
    with pytest.raises(shape.ShapeError) as caught:
        shape.slices(value, {"A", "B"})
    assert caught.value.diagnosis == diagnosis
    assert 0 < len(caught.value.found) <= 60


@pytest.mark.parametrize("value", [7, [], {"items": [["A", [0, 0]]]}, {"items": []}, {"items": [["A", [0, 0, "1"]]]}])
def test_what_is_no_table_of_times_is_said(value: object) -> None:
    """Each job of the list has three whole numbers, and nobody else has."""
    with pytest.raises(shape.ShapeError):
        shape.times(value, {"A"})
    assert shape.times({"items": [["A", [0, 0, 3]]]}, {"A"}) == {"A": Times(0, 0, 3)}


def test_a_case_survives_json() -> None:
    """A recorded run can be judged again."""
    case = Case("mlfq", tuple(WORK), ((1, 2), None), answer={"value": []}, others=evidence.cases("mlfq"), asks="x")
    assert Case.from_json(case.to_json()) == case
    times = evidence.cases("times")[0]
    assert Case.from_json(times.to_json()) == times
