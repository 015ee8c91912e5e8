"""Kata 05 in pytest: small failing workloads, no files, verdicts for whatever a pure function can do, each in time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import corpus
import pytest
from conftest import Course, wrong

from conc_checker.course import source
from conc_checker.course.curriculum import load_course
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Outcome
from conc_checker.topics.scheduling import rules
from conc_checker.topics.scheduling import workloads as workloads_module
from conc_checker.topics.scheduling.catalogue import CATALOGUES
from conc_checker.topics.scheduling.lab import SchedulingLab
from conc_checker.topics.scheduling.workloads import for_any, quanta, workloads

pytestmark = pytest.mark.slow  # pure Python, and the same under every version

KATA = "05_scheduling"
SOLUTION = (corpus.ROOT / "solutions" / KATA / "round_robin.py").read_text("utf-8")


# ── one function, called by a lab ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """A supervisor for all these runs."""
    found = Remote()
    yield found
    found.close()


@pytest.fixture
def lab(remote: Remote, tmp_path: Path) -> Iterator[Callable[[str], SchedulingLab]]:
    """Make a lab for a program that is given as text."""
    made: list[SchedulingLab] = []

    def make(text: str, name: str = "round_robin") -> SchedulingLab:
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(text), "utf-8")
        made.append(SchedulingLab(remote, source.from_file(tmp_path / f"{name}.py", name), Settings()))
        return made[-1]

    yield make
    for one in made:
        one.close()


@for_any(jobs=workloads(), quantum=quanta())
def any_workload(lab: Any, jobs: Any, quantum: int) -> None:
    """State that every schedule is right."""
    lab.schedule("round_robin", jobs, quantum=quantum).is_right()


def failure(check: Callable[[SchedulingLab], object], one: SchedulingLab) -> CheckFailedError:
    """Run a check that must fail."""
    with pytest.raises(CheckFailedError) as caught:
        check(one)
    return caught.value


def jobs_of(found: CheckFailedError) -> Any:
    """Return the workload that failed."""
    assert found.story.trace.facts.case is not None
    return found.story.trace.facts.case["jobs"]


def test_a_right_program_passes_for_any_workload(lab: Callable[[str], SchedulingLab]) -> None:
    """And is called a few hundred times for that, in one process."""
    one = lab(SOLUTION)
    any_workload(one)
    assert one.last_run is not None


@pytest.mark.parametrize(
    ("name", "jobs"),
    [
        ("preempted-before-newcomers", [["A", 0, 2], ["B", 1, 1]]),
        ("idle-gap-skipped", [["A", 1, 1]]),
        ("fifo-called-round-robin", [["A", 0, 2]]),
        ("last-turn-charged-in-full", [["A", 0, 1], ["B", 0, 1]]),
        ("arrivals-ignored", [["A", 1, 1]]),
        ("index-drifts", [["A", 0, 1], ["B", 0, 1], ["C", 0, 1]]),
    ],
)
def test_a_failing_workload_is_as_small_as_can_be(
    lab: Callable[[str], SchedulingLab], name: str, jobs: list[Any]
) -> None:
    """A learner can follow on paper what failed: as few jobs as it takes, of small numbers, the same each time."""
    text = wrong(name, "round_robin", KATA).read_text("utf-8")
    found = [failure(any_workload, lab(text)) for _ in range(2)]
    for one in found:
        assert one.verdict.diagnosis is not None
        assert one.verdict.diagnosis.id == name
        assert jobs_of(one) == jobs


def test_what_only_fails_for_many_jobs_is_made_smaller(lab: Callable[[str], SchedulingLab]) -> None:
    """A mistake that needs four jobs is shown with four, each as small as can be."""
    text = SOLUTION.replace("    return slices\n", "    return slices if len(jobs) < 4 else slices[::-1]\n")
    found = failure(any_workload, lab(text))
    assert [burst for _, _, burst in jobs_of(found)] == [1, 1, 1, 1]
    assert [arrival for _, arrival, _ in jobs_of(found)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("exercise", "name"),
    [("round_robin", "taken-in-list-order"), ("mlfq", "ties-by-name"), ("round_robin", "ties-by-name")],
)
def test_no_known_mistake_is_left_to_the_luck_of_hypothesis(
    remote: Remote, monkeypatch: pytest.MonkeyPatch, exercise: str, name: str
) -> None:
    """What takes more than two jobs to be seen is seen with the three that are always tried."""
    monkeypatch.setattr(workloads_module, "_made_up", lambda inputs: ())
    example = next(one for one in corpus.examples() if str(one) == f"{exercise}-wrong-{name}")
    assert corpus.wrong_verdict(example, "fork", list(corpus.judge(remote, example, Settings("fork")))) is None


def test_an_endless_loop_is_met_once(lab: Callable[[str], SchedulingLab]) -> None:
    """It is not tried again on the way to a smaller workload: all further calls have the same verdict."""
    one = lab(wrong("idle-gap-never-ends", "round_robin", KATA).read_text("utf-8"))
    found = failure(any_workload, one)
    run = one.last_run
    again = failure(any_workload, one)
    assert again.verdict == found.verdict
    assert one.last_run is run
    assert found.verdict.outcome is Outcome.TIMED_OUT
    assert jobs_of(found) == [["A", 1, 1]]


def test_what_is_random_fails_and_is_called_so(lab: Callable[[str], SchedulingLab]) -> None:
    """A function that passes when it is tried again has failed all the same."""
    text = "import random\n" + SOLUTION.replace("    return slices\n", "    return slices[random.random() < 0.3 :]\n")
    found = failure(any_workload, lab(text))
    assert found.verdict.outcome is Outcome.FAILED


HAND = ["A 0 3", "B 1 2"]


def by_hand(one: SchedulingLab) -> None:
    """State one schedule."""
    one.schedule("round_robin", HAND, quantum=2).is_("A 0-2", "B 2-4", "A 4-5")


@pytest.mark.parametrize(
    ("body", "diagnosis"),
    [
        ("return [('A', 0, 1)] * 1_000_000", "too-many-slices"),
        ("return [[[[[[[0]]]]]]]", "not-a-schedule"),
        ("a = []\n    a.append(a)\n    return a", "not-a-schedule"),
        ("return {'A': (0, 2)}", "not-a-schedule"),
        ("return [('A', 0, 10 ** 5000)]", "not-a-schedule"),
        ("return ['A' * 10_000_000]", "not-a-schedule"),
        ("return iter([])", "not-a-schedule"),
        ("return [('A', 0, float('nan'))]", "ticks-not-whole"),
        ("return [('A', -1, 2)]", "started-before-arrival"),
        ("return round_robin(jobs, quantum)", "crashed"),
        ("return jobs[99]", "crashed"),
        ("raise SystemExit", "exits-the-program"),
        ("import sys\n    sys.exit('done')", "exits-the-program"),
        ("import os\n    os._exit(0)", "exits-the-program"),
        ("import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)", "died-by-a-signal"),
        ("import threading\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()", "deadlocked"),
        ("while True:\n        pass", "loop-never-ends"),
        ("found = []\n    while True:\n        found += [0] * 1_000_000", "loop-never-ends"),
        ("while True:\n        print('again')", "endless-output"),
        ("jobs[:] = []\n    return [('A', 0, 2), ('B', 2, 4), ('A', 4, 6)]", "input-changed"),
        ("jobs.clear()\n    jobs.append(object())\n    return []", "input-changed"),
        ("raise NotImplementedError", "not-started"),
        ("import conc_checker.topics.scheduling.schedules", "answer-imported"),
    ],
)
def test_whatever_a_function_does_has_a_verdict(lab: Callable[[str], SchedulingLab], body: str, diagnosis: str) -> None:
    """In time, in bounded memory, and with its name."""
    found = failure(by_hand, lab(f"def round_robin(jobs, quantum):\n    {body}\n"))
    assert found.verdict.diagnosis is not None
    assert found.verdict.diagnosis.id == diagnosis


@pytest.mark.parametrize(
    "value",
    [
        "[('A', 0, 2), ('B', 2, 4), ('A', 4, 5)]",
        "(['A', 0, 2], ['B', 2, 4], ['A', 4, 5])",
        "[Slice('A', 0, 2), ('B', 2, 4), ['A', 4, 5]]",
    ],
)
def test_any_sequence_of_triples_is_a_schedule(lab: Callable[[str], SchedulingLab], value: str) -> None:
    """What the triples are made of is a matter of style."""
    by_hand(
        lab(f"from conc_checker.scheduling import Slice\n\n\ndef round_robin(jobs, quantum):\n    return {value}\n")
    )


def test_a_wrong_table_by_hand_is_noticed(lab: Callable[[str], SchedulingLab]) -> None:
    """A slip of the pen in a kata's test is the test's mistake, and is never put on a learner."""
    with pytest.raises(ValueError, match="this test is wrong"):
        lab(SOLUTION).schedule("round_robin", HAND, quantum=2).is_("A 0-3", "B 3-5")
    with pytest.raises(ValueError, match="this test is wrong"):
        lab(SOLUTION).times(HAND, ["A 0-3", "B 3-5"]).is_("A 1 0 3", "B 2 2 4")


def test_more_calls_than_a_process_takes_are_made(
    lab: Callable[[str], SchedulingLab], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new process takes over before the run has told more than a run may."""
    monkeypatch.setattr("conc_checker.topics.scheduling.calls._MOST_CALLS", 5)
    one = lab(SOLUTION)
    runs = []
    for quantum in range(1, 13):
        one.schedule("round_robin", HAND, quantum=quantum).is_right()
        assert one.last_run is not None
        runs.append(one.last_run)
    assert len({id(run) for run in runs}) == 3


# ── the whole kata in pytest ─────────────────────────────────────────────────────────────────────────────────────────


def test_no_file_is_left(course: Course) -> None:
    """Hypothesis keeps neither examples nor notes on our modules, whether checks pass or fail."""
    course.add(KATA)
    course.submit(wrong("taken-in-list-order", "round_robin", KATA), "round_robin", KATA)
    course.check(f"katas/{KATA}/test_round_robin.py", "--kata-source", "solutions").assert_outcomes(passed=12)
    result = course.check(f"katas/{KATA}/test_round_robin.py", "--kata-source", "submission")
    assert result.ret == 1
    assert not [path for path in course.path.rglob("*") if "hypothesis" in path.name]


def test_the_report_is_the_checkers_alone(course: Course) -> None:
    """Neither a traceback nor hypothesis's own words: charts, the line, and what it means."""
    course.add(KATA)
    course.submit(wrong("taken-in-list-order", "round_robin", KATA), "round_robin", KATA)
    result = course.check(f"katas/{KATA}/test_round_robin.py", "--kata-source", "submission", "-k", "any_workload")
    text = result.stdout.str()
    assert "taken-in-list-order" in text
    assert "expected  │" in text
    assert "yours     │" in text
    assert "conc hint 05 round_robin --step 2" in text
    for word in ("Falsifying", "Hypothesis", "Traceback", "reproduce", "conc_checker/"):
        assert word not in text


def test_an_endless_loop_leaves_the_other_exercises_alone(course: Course) -> None:
    """It costs its own check; those that build on it wait, and the other exercises are judged."""
    course.add(KATA)
    for name in ("fcfs", "sjf", "mlfq"):
        course.submit(corpus.ROOT / "solutions" / KATA / f"{name}.py", name, KATA)
    course.submit(wrong("idle-gap-never-ends", "round_robin", KATA), "round_robin", KATA)
    course.check(f"katas/{KATA}", "--kata-source", "submission", "--junit-xml=report.xml", "-n", "2")
    verdicts = course.verdicts()
    wrongs = {name.split("::")[1]: verdict for name, verdict in verdicts.items() if verdict != "passed"}
    assert wrongs["test_nobody_is_there_yet"] == "timed out:idle-gap-never-ends"
    assert set(wrongs.values()) == {"timed out:idle-gap-never-ends", "blocked:blocked"}
    (kata,) = (k for k in load_course(corpus.ROOT / "katas") if k.folder.name == KATA)
    assert len(verdicts) == sum(len(exercise.checks) for exercise in kata.exercises)
    assert len(wrongs) == 6


def test_a_recorded_call_is_judged_again(course: Course) -> None:
    """The trace of a failing check holds the call, what came back, and the evidence: it leads to the same verdict."""
    course.add(KATA)
    course.submit(wrong("fifo-called-round-robin", "round_robin", KATA), "round_robin", KATA)
    asked = (f"katas/{KATA}/test_round_robin.py", "--kata-source", "submission", "-k", "any_workload")
    course.check(*asked, "--kata-trace=traces", "--junit-xml=report.xml")
    (file,) = (course.path / "traces").iterdir()
    told = course.facts("test_any_workload")
    story = Story(Trace.from_json(file.read_text("utf-8")))
    again = explain(story, rules.is_right(story), CATALOGUES["schedule"]).to_json()
    assert again == {key: value for key, value in told.items() if key != "exercise"}
    assert told["diagnosis"]["id"] == "fifo-called-round-robin"


def test_half_a_module_is_half_started(course: Course) -> None:
    """With fcfs written and times untouched, the checks of times are not started, and those of fcfs are judged."""
    course.add(KATA)
    text = (corpus.ROOT / "solutions" / KATA / "fcfs.py").read_text("utf-8")
    head = text.partition("    found = {}")[0]
    course.submit(head + "    raise NotImplementedError\n", "fcfs", KATA)
    course.check(f"katas/{KATA}/test_fcfs.py", "--kata-source", "submission", "--junit-xml=report.xml")
    outcomes = {name.split("::")[1]: verdict for name, verdict in course.verdicts().items()}
    assert {v for n, v in outcomes.items() if "times" in n} == {"not started:not-started"}
    assert {v for n, v in outcomes.items() if "times" not in n} == {"passed"}
