"""The plugin as a guest: in other projects' sessions, in schedules of pytest-xdist, and with pytest's own memory."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest
from conftest import LIMIT, TWO_KATAS, Course, wrong
from corpus import ROOT

from conc_checker import plugin
from conc_checker.commands.verify import of_files
from conc_checker.course.curriculum import load_course
from conc_checker.plugin.distribution import KataScheduling
from conc_checker.texts import messages

if TYPE_CHECKING:
    from pathlib import Path

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("these runs use fork, which this platform does not have", allow_module_level=True)

pytestmark = pytest.mark.slow  # what pytest and xdist do is the same under every version

FIRST, MANY = (f"katas/{kata}" for kata in TWO_KATAS)
STUB = "start_and_join.py"
ALIVE = f"{MANY}/test_start_and_join.py::test_all_ten_are_alive_together[fork]"
FORK = "--kata-start-method=fork"
OTHERS = [f"other/test_other.py::test_other[{number}]" for number in range(12)]

# Of another project, with a fixture that is called like ours.
OTHER = """
import pytest


@pytest.fixture
def lab():
    return "another lab"


@pytest.mark.parametrize("number", range(12))
def test_other(lab, number):
    assert lab == "another lab"


def test_wrong(lab):
    assert lab == "ours"
"""

# Writes down what a session was like: modules, tests in their order with worker and outcome, and xdist's schedule.
WITNESS = """
import json
import sys

RAN = []


def pytest_runtest_logreport(report):
    if report.when == "call":
        node = getattr(report, "node", None)
        RAN.append([report.nodeid, node.gateway.id if node else "", report.outcome])


def pytest_unconfigure(config):
    session = config.pluginmanager.get_plugin("dsession")
    seen = {"modules": sorted(sys.modules), "ran": RAN}
    if session:
        split = getattr(session.sched, "_split_scope", str)
        seen |= {"schedule": type(session.sched).__name__, "scopes": {name: split(name) for name, *_ in RAN}}
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    (config.rootpath / f"seen-{worker}.json").write_text(json.dumps(seen))
"""


@pytest.fixture
def project(course: Course) -> Course:
    """A course with a witness, and with tests beside it that are none of ours; pytest remembers what has failed."""
    (course.path / "other").mkdir()
    (course.path / "other" / "test_other.py").write_text(OTHER, "utf-8")
    (course.path / "conftest.py").write_text(WITNESS, "utf-8")
    (course.path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n", "utf-8")
    return course


def seen(course: Course, *args: str, by: str = "main") -> dict[str, Any]:
    """Run pytest, and return what the witness saw."""
    course.check(*args)
    found: dict[str, Any] = json.loads((course.path / f"seen-{by}.json").read_text("utf-8"))
    return found


def ran(course: Course, *args: str) -> dict[str, str]:
    """Run pytest, and return the tests that were run, in this order, with their outcomes."""
    return {name: outcome for name, _, outcome in seen(course, *args)["ran"]}


# ── in a session without katas ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["main", "gw0"])
def test_another_project_pays_for_one_module(project: Any, by: Any) -> None:
    """Whether its tests pass or fail, with xdist or without: our plugin is loaded, and nothing else through us."""
    asked = ("other", "-p", "no:hypothesispytest", *(("-n", "2") if by != "main" else ()))
    with_us = seen(project, *asked, by=by)
    without = seen(project, *asked, "-p", "no:conc_checker", by=by)
    assert set(with_us["modules"]) - set(without["modules"]) == {"conc_checker", "conc_checker.plugin"}
    assert not {"rich", "psutil", "hypothesis"} & set(with_us["modules"])


@pytest.mark.parametrize(("dist", "schedule"), [("load", "LoadScheduling"), ("loadgroup", "LoadGroupScheduling")])
def test_another_project_keeps_its_schedule(project: Any, dist: str, schedule: Any) -> None:
    """Without katas xdist's schedule is its own."""
    assert seen(project, "other", "-n", "2", f"--dist={dist}")["schedule"] == schedule


def test_languages_of_the_option_are_those_of_the_messages() -> None:
    """The plugin names them itself, so that it need not read the messages."""
    assert plugin.LANGUAGES == messages.LANGUAGES


def test_katas_are_collected_without_hypothesis(project: Any) -> None:
    """It takes longer to import than all katas to collect, and is imported when a check has use for it."""
    project.add("05_scheduling")
    modules = set(seen(project, "katas", "--collect-only", "-q", "-p", "no:hypothesispytest")["modules"])
    assert "conc_checker.topics.scheduling.workloads" in modules
    assert "hypothesis" not in modules
    check = "katas/05_scheduling/test_fcfs.py::test_any_workload"
    asked = (check, "--kata-source=solutions", "-p", "no:hypothesispytest")
    assert "hypothesis" in seen(project, *asked)["modules"]


# ── with pytest-xdist ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("dist", ["load", "loadgroup", "worksteal", "loadscope"])
def test_checks_of_an_exercise_share_a_worker(project: Any, dist: str) -> None:
    """Beside other tests, and in their order; the others go where they like, unless the user chose otherwise."""
    found = seen(project, "katas", "other", FORK, "-n", "2", f"--dist={dist}")
    for kata in load_course(project.path / "katas"):
        (exercise,) = kata.exercises
        module = f"katas/{exercise.kata}/test_{exercise.name}.py"
        mine = [
            (name.partition("::")[2].partition("[")[0], worker) for name, worker, _ in found["ran"] if module in name
        ]
        assert [name for name, _ in mine] == [check.test for check in exercise.checks]
        assert len({worker for _, worker in mine}) == 1
        assert {scope for name, scope in found["scopes"].items() if module in name} == {module}
    others = {name: scope for name, scope in found["scopes"].items() if name in OTHERS}
    assert others == {name: "other/test_other.py" if dist == "loadscope" else name for name in OTHERS}


def test_groups_are_kept() -> None:
    """With --dist loadgroup the groups that marks name stay together as well; checks need no mark."""
    scopes = KataScheduling(cast("pytest.Config", _Config()), None, {MANY})._split_scope
    assert scopes(ALIVE) == scopes(f"{ALIVE}@mine") == f"{MANY}/test_start_and_join.py"
    assert scopes(f"{OTHERS[0]}@pair") == scopes(f"{OTHERS[1]}@pair") == "pair"
    assert scopes("test_it.py::test_mail[a@b]") == "test_it.py::test_mail[a@b]"


class _Config:
    """As much of pytest's configuration as a schedule asks for."""

    def getvalue(self, name: str) -> list[str]:
        """Return the two workers of -n 2."""
        return ["popen", "popen"]


def test_every_worker_may_run_all(project: Any) -> None:
    """With --dist each that is what is wanted, and each worker knows what has failed there."""
    project.submit(wrong("joined-inside-the-loop"))
    asked = (MANY, FORK, "--kata-source=submission", "-k", "alive_together or any_count")
    each = seen(project, *asked, "-n", "2", "--dist=each")["ran"]
    assert len({worker for _, worker, _ in each}) == 2
    assert len(each) == 4
    assert {outcome for _, _, outcome in each} == {"failed"}


# ── with pytest's own memory ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spread", [(), ("-n", "2")], ids=["one", "two"])
def test_last_failed_runs_what_has_not_passed(project: Any, spread: Any) -> None:
    """--lf: what has failed and what waits for it, with its start method; after the repair all of it is run."""
    project.submit(wrong("joined-inside-the-loop"))
    few = ("-k", "importing or alive_together or any_count")
    asked = (MANY, *few, "--kata-source=submission", "--kata-start-method=fork,spawn", *spread)
    first = ran(project, *asked)
    again = ran(project, *asked, "--lf")
    assert ALIVE in again
    assert again == {name: outcome for name, outcome in first.items() if outcome == "failed"}
    assert len(again) == 3
    assert len(first) == 4
    project.submit(project.path / "solutions" / TWO_KATAS[1] / STUB)
    assert ran(project, *asked, "--lf") == dict.fromkeys(again, "passed")
    assert json.loads((project.path / ".pytest_cache/v/cache/lastfailed").read_text("utf-8")) == {}


def test_blocked_check_is_judged_when_its_base_is_left_out(project: Any) -> None:
    """What was blocked is judged by itself, when what it builds on is not run: no knowledge is kept from before."""
    project.submit(wrong("joined-inside-the-loop"))
    asked = (MANY, FORK, "--kata-source=submission", "-k", "alive_together or any_count", "--junit-xml=report.xml")
    project.check(*asked)
    assert set(project.verdicts().values()) == {"failed:joined-inside-the-loop", "blocked:blocked"}
    project.check(*asked, "--lf", f"--deselect={ALIVE}")
    assert list(project.verdicts().values()) == ["failed:joined-inside-the-loop"]
    project.submit(project.path / "solutions" / TWO_KATAS[1] / STUB)
    project.check(*asked, "--lf", f"--deselect={ALIVE}")
    assert list(project.verdicts().values()) == ["passed"]


def test_failed_first_begins_with_what_has_not_passed(project: Any) -> None:
    """--ff: the same checks as --lf, in their order, then the others."""
    project.submit(wrong("joined-inside-the-loop"))
    asked = (MANY, FORK, "--kata-source=submission", "-k", "importing or alive_together or any_count")
    first = ran(project, *asked)
    failed = [name for name, outcome in first.items() if outcome == "failed"]
    again = ran(project, *asked, "--ff")
    assert list(again) == [*failed, *(name for name in first if name not in failed)]
    assert again == first


def test_stepwise_goes_from_exercise_to_exercise(project: Any) -> None:
    """--sw: stops at the first check that is not started or fails, and goes on from there when it passes."""
    asked = ("katas", FORK, "--sw")
    first = project.path / FIRST / "first_task.py"
    assert list(ran(project, *asked).values()) == ["failed"]
    first.write_bytes((project.path / "solutions" / TWO_KATAS[0] / "first_task.py").read_bytes())
    to_the_next = ran(project, *asked)
    assert list(to_the_next.values())[-2:] == ["passed", "failed"]
    assert list(to_the_next)[-1].startswith(MANY)
    stub = project.path / MANY / STUB
    stub.write_bytes(wrong("joined-inside-the-loop").read_bytes())
    assert ran(project, *asked) == {next(reversed(to_the_next)): "passed", ALIVE: "failed"}
    assert ran(project, *asked) == {ALIVE: "failed"}
    stub.write_bytes((project.path / "solutions" / TWO_KATAS[1] / STUB).read_bytes())
    rest = ran(project, *asked)
    assert next(iter(rest)) == ALIVE
    assert set(rest.values()) == {"passed"}
    assert len(rest) > 5


# Runs each failed test once more, as pytest-rerunfailures does, when the learner has repaired the program.
AGAIN = """
import shutil

from _pytest.runner import runtestprotocol


def pytest_runtest_protocol(item, nextitem):
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports):
        shutil.copy({solution!r}, {submitted!r})
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    return True
"""


def test_check_that_passes_at_last_blocks_nothing(project: Any) -> None:
    """When a check is run again in the same session, and passes, what builds on it is run."""
    submitted = project.path / project.submit(wrong("joined-inside-the-loop")) / TWO_KATAS[1] / STUB
    solution = project.path / "solutions" / TWO_KATAS[1] / STUB
    again = AGAIN.format(solution=str(solution), submitted=str(submitted))
    (project.path / MANY / "conftest.py").write_text(again, "utf-8")
    assert set(ran(project, MANY, FORK, "--kata-source=submission").values()) == {"passed"}


# ── in this repository ──────────────────────────────────────────────────────────────────────────────────────


def collected(tmp_path: Path, *args: str) -> list[str]:
    """Return the tests that pytest finds in this repository, and its report header."""
    asked = ["-m", "pytest", "--collect-only", "-q", "-o", f"cache_dir={tmp_path / 'cache'}", *args]
    done = subprocess.run([sys.executable, *asked], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=True)
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_bare_pytest_checks_the_katas(tmp_path: Path) -> None:
    """Who types only `pytest` sits before the katas; pytest's memory and its step by step work."""
    found = collected(tmp_path)
    assert {name.partition("/")[0] for name in found} == {"katas"}
    assert {name.split("/")[1] for name in found} == {path.name for path in (ROOT / "katas").glob("[0-9]*")}
    assert collected(tmp_path, "--lf") == collected(tmp_path, "--sw") == found


def test_settings_of_our_own_tests_are_theirs(tmp_path: Path) -> None:
    """Warnings are errors here, and nobody else's."""
    asked = ["-m", "pytest", "--collect-only", "-o", f"cache_dir={tmp_path / 'cache'}", "tests/test_layers.py"]
    done = subprocess.run([sys.executable, *asked], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=True)
    assert f"rootdir: {ROOT / 'tests'}" in done.stdout
    assert "filterwarnings" in (ROOT / "tests" / "pytest.ini").read_text("utf-8")
    assert "filterwarnings" not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_pytests_memory_is_no_stray(project: Any) -> None:
    """The folder that pytest keeps, wherever it had its root, does not belong to the course, and does no harm."""
    before = [str(complaint) for complaint in of_files(project.path)]
    for folder in ("katas", MANY, f"solutions/{TWO_KATAS[1]}", "solutions"):
        (project.path / folder / ".pytest_cache").mkdir()
    assert [str(complaint) for complaint in of_files(project.path)] == before
    assert ".pytest_cache/" in (ROOT / ".gitignore").read_text("utf-8").split()
