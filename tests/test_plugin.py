"""The plugin as its users meet it: whole runs of pytest, and what they print, count and leave behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import corpus
import pytest
from conftest import LIMIT, Course, wrong

from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Verdict
from conc_checker.topics.processes import rules

KATA = "katas/03_multiprocess"
CHECKS = f"{KATA}/test_start_and_join.py"
ALIVE = f"{CHECKS}::test_all_ten_are_alive_together"
FORK = "--kata-start-method=fork"
LOOP = wrong("joined-inside-the-loop")

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("these runs use fork, which this platform does not have", allow_module_level=True)

# What the process does is unknown to the probe and has a time limit, so that nothing is proven and time runs.
ENDLESS = """
import select
from pathlib import Path


def run_all(task, count=10):
    Path({begun!r}).touch()
    select.select([], [], [], 3600)
"""

# Everything that makes a process hard to end, in one program.
STUBBORN = """
import os
import signal
import time


def run_all(task, count=10):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in range(count):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                task(number)
            os._exit(0)
    while True:
        time.sleep(3600)
"""


def line_of(path: Path) -> int:
    """Return the line that a wrong program of the corpus marks."""
    return next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "# <- here" in text)


def checks_of(course: Course, *args: str) -> list[str]:
    """Return the names of all checks of the course, as pytest has them."""
    lines = course.check("katas", "--collect-only", "-q", *args).outlines
    return [line for line in lines if "::" in line]


# ── what a learner reads ────────────────────────────────────────────────────────────────────────────────────


def test_untouched_stub_costs_one_line(course: Course) -> None:
    """What has not been started is counted apart and said once, without a page for each check."""
    result = course.check("katas")
    assert result.ret == 1
    text = result.stdout.str()
    assert "FAILURES" not in text
    assert "short test summary" not in text
    stubs = [path for path in (course.path / "katas").glob("*/*.py") if not path.name.startswith("test_")]
    assert len(stubs) >= 2
    for stub in stubs:
        assert text.count(stub.relative_to(course.path).as_posix()) == 1
    result.stdout.fnmatch_lines([f"*= {len(checks_of(course))} not started in *"])
    assert len(text.splitlines()) < 14 + 2 * len(stubs)  # pytest's own head and foot, and for each exercise two lines


def test_solution_passes_every_check_under_every_start_method(course: Course) -> None:
    """The solutions are taken from their own folder, with the same tests."""
    result = course.check("katas", "--kata-source", "solutions", "--junit-xml=report.xml")
    assert result.ret == 0
    assert set(course.verdicts().values()) == {"passed"}
    assert {"fork", "spawn"} <= set(re.findall(r"\[(\w+)\]", " ".join(course.verdicts())))


def test_wrong_program_is_explained_without_the_checker(course: Course) -> None:
    """A failure shows mistake, line and picture, and not a frame of ours; what builds on it is blocked."""
    course.submit(LOOP)
    result = course.check(KATA, "--kata-source=submission", FORK, "--junit-xml=report.xml")
    text = result.stdout.str()
    assert result.ret == 1
    result.assert_outcomes(passed=1, failed=1)
    assert "The processes ran one after another." in text
    assert "joined-inside-the-loop" in text
    assert f"submission/03_multiprocess/start_and_join.py:{line_of(LOOP)} │" in text
    assert "waiting in join()" in text
    assert "conc hint 03" in text
    for ours in ("lab.py", "CheckFailedError", "Traceback", "conc_checker/", "plugin.py"):
        assert ours not in text + result.stderr.str()
    result.stdout.fnmatch_lines(
        ["Checks of *start_and_join.py that wait until test_all_ten_are_alive_together passes: 12"]
    )
    result.stdout.fnmatch_lines(["*= 1 failed, 1 passed, 12 blocked in *"])


def test_no_text_has_a_gap(course: Course) -> None:
    """Every placeholder of a report is filled."""
    course.submit(LOOP)
    course.submit(wrong("not-joined", "first_task", "01_first_process"), "first_task", "01_first_process")
    text = course.check("katas", "--kata-source=submission", FORK).stdout.str()
    seen = re.findall(r"^  Seen  .*(?:\n        .*)*", text, re.MULTILINE)
    assert seen
    assert not [s for s in seen if re.search(r"(?<!\w)\?", s)]


def test_junit_file_carries_the_verdict_as_json(course: Course) -> None:
    """Whoever reads reports finds outcome, diagnosis, place and facts, and can rebuild the verdict."""
    course.submit(LOOP)
    course.check(KATA, "--kata-source=submission", FORK, "--junit-xml=report.xml")
    facts = course.facts("test_all_ten_are_alive_together[fork]")
    assert facts["outcome"] == "failed"
    assert facts["exercise"] == "submission/03_multiprocess/start_and_join.py"
    verdict = Verdict.from_json(facts)
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.id == "joined-inside-the-loop"
    assert verdict.diagnosis.site is not None
    assert (verdict.diagnosis.site.file, verdict.diagnosis.site.line) == ("start_and_join.py", line_of(LOOP))
    assert course.facts("test_any_count")["outcome"] == "blocked"
    assert course.facts("test_importing_starts_nothing") == {"outcome": "passed"}


def test_missing_module_is_not_started(course: Course) -> None:
    """A submission without the file, or without the kata's folder, has not been started; no error of ours."""
    (course.path / "submission" / "01_first_process").mkdir(parents=True)
    result = course.check("katas", "--kata-source=submission")
    assert result.ret == 1
    result.stdout.fnmatch_lines([f"*= {len(checks_of(course))} not started in *"])
    assert "FAILURES" not in result.stdout.str()


def test_node_ids_do_not_depend_on_the_source(course: Course) -> None:
    """The same checks have the same names, whoever is checked."""
    course.submit(LOOP)
    own = checks_of(course)
    assert len(own) >= 25
    assert own == checks_of(course, "--kata-source=solutions") == checks_of(course, "--kata-source=submission")


def test_reports_are_in_chinese_on_request(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """--kata-lang and CONC_LANG choose the language, and the option wins."""
    course.submit(LOOP)
    asked = (ALIVE, "--kata-source=submission", FORK)
    chinese = course.check(*asked, "--kata-lang=zh-CN").stdout.str()
    assert "现象" in chinese
    assert "Seen" not in chinese
    assert "--lang zh-CN" in chinese  # the hint's command gives the hint in the same language
    monkeypatch.setenv("CONC_LANG", "zh-CN")
    assert "现象" in course.check(*asked).stdout.str()
    assert "Seen" in course.check(*asked, "--kata-lang=en").stdout.str()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_plain_terminals_get_ascii(course: Course, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Who asks for no colour, or sits before a plain terminal, gets a picture of ASCII characters alone."""
    monkeypatch.setenv(name, value)
    course.submit(LOOP)
    text = course.check(ALIVE, "--kata-source=submission", FORK).stdout.str()
    assert "joined-inside-the-loop" in text
    assert text.isascii()


# ── choosing what to run ────────────────────────────────────────────────────────────────────────────────────


def test_single_check_can_be_selected(course: Course) -> None:
    """Checks are plain tests: -k and node ids select them, and nothing else runs."""
    course.check(KATA, "--kata-source=solutions", "-k", "any_count").assert_outcomes(passed=1, deselected=19)
    course.check(f"{ALIVE}[fork]", "--kata-source=solutions").assert_outcomes(passed=1)


def test_check_selected_alone_is_judged_alone(course: Course) -> None:
    """A check whose foundations were not run is not blocked by them."""
    course.submit(LOOP)
    result = course.check(f"{CHECKS}::test_any_count", "--kata-source=submission", FORK, "--junit-xml=report.xml")
    result.assert_outcomes(failed=1)
    assert list(course.verdicts().values()) == ["failed:joined-inside-the-loop"]


def test_start_methods_can_be_limited(course: Course) -> None:
    """The option names the start methods, in its own order; the rest is not run."""
    lines = course.check(KATA, "--collect-only", "-q", "--kata-start-method=spawn, fork").outlines
    found = [line.partition("[")[2] for line in lines if "alive_together" in line]
    assert found == ["spawn]", "fork]"]


@pytest.mark.parametrize(
    ("option", "remedy"),
    [
        ("--kata-source=nowhere", "*--kata-source nowhere: there is no such folder*--kata-source solutions*"),
        ("--kata-source=pytest.ini", "*--kata-source pytest.ini: *folder*"),
        ("--kata-start-method=thread", "*--kata-start-method thread: this machine has fork, *"),
        ("--kata-start-method=fork,", "*--kata-start-method*this machine has fork, *"),
        ("--kata-lang=fr", "*--kata-lang*invalid choice*en*zh-CN*"),
        ("--kata-trace=pytest.ini", "*--kata-trace pytest.ini: *folder*"),
    ],
)
def test_wrong_option_is_a_usage_error_with_a_remedy(course: Course, option: str, remedy: str) -> None:
    """Each option that can be wrong says so before anything runs, and what it could be instead."""
    result = course.check(KATA, option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([remedy])
    assert "Traceback" not in result.stderr.str()


def test_lab_outside_a_kata_says_where_it_belongs(course: Course) -> None:
    """The fixture works only beside a kata.toml, and an author who forgets it reads just that."""
    (course.path / "test_stray.py").write_text("def test_it(lab):\n    lab.load()\n", "utf-8")
    result = course.check("test_stray.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*there is no kata.toml beside this test*katas/03_multiprocess*"])
    assert "plugin.py" not in result.stdout.str()


# ── traces and clocks ───────────────────────────────────────────────────────────────────────────────────────


def test_trace_replays_to_the_same_verdict(course: Course) -> None:
    """The file of a run is all that the rule needs: no process is started, and the verdict is the same."""
    course.submit(LOOP)
    course.check(ALIVE, "--kata-source=submission", FORK, "--kata-trace=traces", "--junit-xml=report.xml")
    (file,) = (course.path / "traces").iterdir()
    trace = Trace.from_json(file.read_text("utf-8"))
    told = course.facts("test_all_ten_are_alive_together[fork]")
    assert json.loads(json.dumps(corpus.explained(trace, lambda story: rules.alive_together(story, 10)).to_json())) == {
        k: told[k] for k in told if k != "exercise"
    }


def test_traces_of_all_checks_stay_apart(course: Course) -> None:
    """Each check of a passing exercise writes its own file, each of which can be read."""
    course.check(KATA, "--kata-source=solutions", "--kata-trace=deep/traces", "-k", "alive or any_count")
    files = sorted((course.path / "deep" / "traces").iterdir())
    assert len(files) == 4
    assert all(len(Trace.from_json(f.read_text("utf-8"))) for f in files)


def naps(course: Course, *args: str) -> tuple[float, float]:
    """Check ten naps; return the seconds from first begin to last end, really and on the shown clock."""
    result = course.check(KATA, "--kata-source=solutions", FORK, "-k", "naps", "--kata-trace=traces", *args)
    result.assert_outcomes(passed=1, deselected=13)
    (file,) = (course.path / "traces").iterdir()
    events = Trace.from_json(file.read_text("utf-8")).of("task", "task-end")
    assert len(events) == 20
    real, shown = [e.real for e in events], [e.virtual for e in events]
    return max(real) - min(real), max(shown) - min(shown)


LONGEST = 1.7  # seconds, of the ten naps


def test_virtual_naps_read_exactly_as_long_as_the_longest(course: Course) -> None:
    """Ten naps side by side last as long as the longest of them on the program's clock, to the millisecond."""
    _, shown = naps(course)
    assert shown == pytest.approx(LONGEST, abs=0.001)


def test_real_time_lets_naps_last(course: Course) -> None:
    """With --real-time the solution passes too, and its naps take their time on the real clock."""
    real, _ = naps(course, "--real-time")
    assert real >= LONGEST


# ── beside other plugins ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("source", ["katas", "solutions", "submission"])
def test_xdist_gives_the_same_outcomes(course: Course, source: str) -> None:
    """With -n 2 each check has the outcome that it has without: for stub, solution and a wrong program."""
    course.submit(LOOP)
    asked = (KATA, FORK, "--kata-source", source)
    one = course.check(*asked, "--junit-xml=one.xml")
    two = course.check(*asked, "--junit-xml=two.xml", "-n", "2")
    assert course.verdicts("two.xml") == course.verdicts("one.xml")
    assert two.ret == one.ret
    assert ("FAILURES" in two.stdout.str()) == ("FAILURES" in one.stdout.str())


# Makes pytest-timeout strike when the learner's program has begun, however long that takes.
STRIKE = """
import os
import signal
import threading
import time
from pathlib import Path

import pytest
import pytest_timeout


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer(item, settings):
    def strike():
        while not Path({begun!r}).exists():
            time.sleep(0.01)
        if settings.method == "signal":
            os.kill(os.getpid(), signal.SIGALRM)
        else:
            pytest_timeout.timeout_timer(item, settings)

    threading.Thread(target=strike, daemon=True).start()
    return (yield)
"""


@pytest.mark.parametrize("method", ["signal", "thread"])
def test_timeout_leaves_nothing_behind(course: Course, method: str) -> None:
    """When pytest-timeout strikes while a check hangs, by either method, all that ran is ended."""
    begun = str(course.path / "begun")
    course.submit(ENDLESS.format(begun=begun))
    (course.path / "conftest.py").write_text(STRIKE.format(begun=begun), "utf-8")
    settings = course.path / KATA / "kata.toml"
    settings.write_text(settings.read_text("utf-8").replace("deadline = 20", "deadline = 3600"), "utf-8")
    asked = ("--kata-source=submission", f"--timeout={LIMIT * 4}", f"--timeout-method={method}")
    result = course.check(f"{ALIVE}[fork]", *asked)
    assert result.ret == 1
    assert "Timeout" in result.stdout.str() + result.stderr.str()
    course.left()


@pytest.mark.slow
def test_coverage_measures_plugin_and_subject(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coverage sees the plugin in pytest's process, and the tasks that run in the learner's processes."""
    for name in [n for n in os.environ if n.startswith("COVERAGE_")]:
        monkeypatch.delenv(name)
    (course.path / ".coveragerc").write_text(
        "[run]\nparallel = true\nsource_pkgs = conc_checker\npatch = subprocess, _exit\nsigterm = true\n",
        "utf-8",
    )
    run = [sys.executable, "-m", "coverage"]
    asked = ("-m", "pytest", f"{ALIVE}[fork]", "--kata-source=solutions")
    course.pytester.run(*run, "run", *asked, timeout=LIMIT * 5).assert_outcomes(passed=1)
    course.left()
    assert course.pytester.run(*run, "combine", "-q").ret == 0
    assert course.pytester.run(*run, "json", "-q", "-o", "coverage.json").ret == 0
    files = json.loads((course.path / "coverage.json").read_text("utf-8"))["files"]
    measured = {Path(name).as_posix().rpartition("conc_checker/")[2]: found for name, found in files.items()}
    assert "lab" in measured["plugin/__init__.py"]["functions"]
    assert measured["plugin/__init__.py"]["functions"]["lab"]["executed_lines"]
    assert measured["engine/subject/tasks.py"]["functions"]["Task.__call__"]["executed_lines"]
    assert measured["engine/supervisor/__main__.py"]["functions"]["Supervisor.work"]["executed_lines"]


# ── sudden ends ─────────────────────────────────────────────────────────────────────────────────────────────


def begin(course: Course, checks: int, *args: str) -> subprocess.Popen[str]:
    """Start pytest, and come back when it has begun so many checks."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-v", *args],
        cwd=course.path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    seen = 0
    text = ""
    while seen < checks:
        part = process.stdout.read(1)
        assert part, f"pytest ended before it had begun {checks} checks:\n{text}"
        text += part
        # The name of a check is written when it begins, its outcome on the same line when it ends.
        seen = len(re.findall(r"^katas/\S+::\w+\S* $", text, re.MULTILINE)) or seen
        seen = max(seen, len(re.findall(r"^katas/\S+::\w+\S* ", text, re.MULTILINE)))
    return process


@pytest.mark.parametrize("source", ["solutions", "submission"])
@pytest.mark.parametrize("seed", range(3))
def test_killed_pytest_leaves_nothing_behind(
    course: Course, request: pytest.FixtureRequest, seed: int, source: str
) -> None:
    """After kill -9 at a moment that chance chooses, all that ran ends by itself, and no folder is left."""
    course.submit(STUBBORN)
    dice = random.Random(f"{seed} {source}")
    # The stubborn program keeps its second check busy until the checker is sure that it never ends.
    checks = dice.randint(1, 3 if source == "solutions" else 2)
    process = begin(course, checks, KATA, f"--kata-source={source}")
    try:
        process.wait(dice.uniform(0, 0.5))  # chooses a moment; nothing depends on what has happened by then
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate(timeout=LIMIT)
    request.node.user_properties.append(("gone after seconds", f"{course.left():.2f}"))


@pytest.mark.parametrize("source", ["solutions", "submission"])
def test_interrupted_pytest_leaves_nothing_behind(course: Course, source: str) -> None:
    """Ctrl-C reaches pytest and not the learner's program; pytest says so, and all that ran is ended."""
    course.submit(STUBBORN)
    # Elsewhere warnings are errors here; but wherever Ctrl-C comes, somebody may warn of what it has cut short.
    process = begin(course, 2, KATA, f"--kata-source={source}", "-W", "default")
    os.killpg(process.pid, signal.SIGINT)
    text, _ = process.communicate(timeout=LIMIT)
    assert process.returncode == pytest.ExitCode.INTERRUPTED, text
    assert "KeyboardInterrupt" in text
    course.left()


def test_supervisor_that_comes_too_late_removes_its_folder(course: Course) -> None:
    """When pytest is gone before its supervisor has started, nobody else knows of the folder between them."""
    folder = course.temp / "conc-late"
    folder.mkdir()
    (folder / "control").touch()
    asked = ["-m", "conc_checker.engine.supervisor", f"unix:{folder / 'control'}", str(folder), str(os.getpid())]
    subprocess.run([sys.executable, *asked], timeout=LIMIT, check=False, stderr=subprocess.DEVNULL)
    assert not folder.exists()
