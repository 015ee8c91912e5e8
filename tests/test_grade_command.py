"""`conc grade` as instructors run it, and submissions that want more points than they have earned."""

from __future__ import annotations

import base64
import json
import marshal
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from conftest import LIMIT, wrong
from corpus import ROOT

from conc_checker.commands import grade as command
from conc_checker.commands.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

KATA = "03_multiprocess"
MODULE = f"{KATA}/start_and_join.py"
LOOP = wrong("joined-inside-the-loop").read_text("utf-8")
SOLUTION = (ROOT / "solutions" / MODULE).read_text("utf-8")
CHECKS = 14  # of the kata
POINTS = 24  # of all of them
FIRST = 1  # of its first check, which most wrong programs pass

pytestmark = pytest.mark.slow

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("these runs use fork, which this platform does not have", allow_module_level=True)


@dataclass(frozen=True)
class Done:
    """How a grading ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """What was printed, as JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each check."""
        return {c["check"]: c["outcome"] for k in self.json["katas"] for e in k["exercises"] for c in e["checks"]}


class Classroom:
    """A trusted course, and submissions beside it; `temp` is the temporary folder of all runs."""

    def __init__(self, path: Path, temp: Path) -> None:
        self.path = path
        self.temp = temp
        self.submission = path / "submissions" / "ada"
        (self.submission / KATA).mkdir(parents=True)
        shutil.copytree(ROOT / "katas", path / "katas", ignore=shutil.ignore_patterns("__pycache__"))

    def submit(self, text: str, name: str = MODULE) -> None:
        """Lay a file into the submission."""
        file = self.submission / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def grade(self, *words: object, environ: dict[str, str] | None = None, methods: str = "fork") -> Done:
        """Run `conc grade` beside the course."""
        ours = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST_", "GITHUB_", "CONC_", "LC_"))}
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "conc_checker.commands.cli",
                "grade",
                f"--kata-start-method={methods}",
                *map(str, words),
            ],
            cwd=self.path,
            env=ours | {"TMPDIR": str(self.temp), "LANG": "C.UTF-8", "PYTHONUTF8": "1"} | (environ or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT * 5,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def ada(self, *words: object, environ: dict[str, str] | None = None) -> Done:
        """Grade the submission on this kata."""
        return self.grade("03", "--kata-source", self.submission, *words, environ=environ)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    """Give a classroom to a test; when the test is over no temporary file of its runs may be left."""
    temp = Path(tempfile.mkdtemp(prefix="cg-")).resolve()
    try:
        yield Classroom(tmp_path, temp)
        assert [p.name for p in temp.iterdir()] == []
    finally:
        shutil.rmtree(temp, ignore_errors=True)


# ── what it gives ───────────────────────────────────────────────────────────────────────────────────────────


def test_solutions_earn_everything(room: Classroom) -> None:
    """Several katas and start methods: all points, and exit status 0. `test_github` grades the whole course."""
    done = room.grade("01", "03", "--kata-source", ROOT / "solutions", methods="fork,spawn")
    assert done.status == 0, done.err
    assert done.json["status"] == "pass"
    assert done.json["earned"] == done.json["points"] > POINTS


def test_stubs_earn_nothing_and_are_said_once(room: Classroom) -> None:
    """The course as it comes: no points, one line for each exercise, and the exit status says that it was graded."""
    done = room.grade("--kata-lang", "zh-CN")
    assert (done.status, done.json["earned"], done.json["status"]) == (0, 0, "fail")
    assert set(done.outcomes.values()) == {"not started"}
    assert done.err.count("start_and_join.py") == 1
    assert "总分" in done.err


def test_a_mistake_is_named(room: Classroom) -> None:
    """A wrong program keeps the points of what it does right; the rest says which mistake, where, and what waits."""
    room.submit(LOOP)
    done = room.ada()
    assert (done.status, done.json["earned"], done.json["points"]) == (0, FIRST, POINTS)
    checks = done.json["katas"][0]["exercises"][0]["checks"]
    line = next(n for n, text in enumerate(LOOP.splitlines(), 1) if "# <- here" in text)
    assert (checks[1]["diagnosis"], checks[1]["place"]) == ("joined-inside-the-loop", f"{MODULE}:{line}")
    assert {check["outcome"] for check in checks[2:]} == {"blocked"}
    assert "ran one after another" in done.err


def test_workers_change_nothing(room: Classroom) -> None:
    """With pytest-xdist the grade is the same."""
    room.submit(SOLUTION)
    assert room.ada("-n", "2").json["earned"] == POINTS
    room.submit(LOOP)
    assert room.ada("-n", "2").json["earned"] == FIRST


def test_the_classrooms_output_goes_to_the_runner(room: Classroom) -> None:
    """Where a workflow's runner listens it gets one line, and standard output has the table."""
    runner = room.path / "runner"
    runner.write_text("before=1\n", "utf-8")
    room.submit(LOOP)
    done = room.ada("--format", "classroom", environ={"GITHUB_OUTPUT": str(runner)})
    first, second = runner.read_text("utf-8").splitlines()
    assert first == "before=1"
    result = json.loads(base64.b64decode(second.removeprefix("result=")))
    assert (result["max_score"], result["status"], len(result["tests"])) == (POINTS, "fail", POINTS)
    assert "joined-inside-the-loop" in json.dumps(result)
    assert "all ten are alive together" in done.out


def test_a_result_can_go_to_a_file(room: Classroom) -> None:
    """`--output` takes the place of what was there, be it read-only or a link."""
    other = room.path / "other.txt"
    other.write_text("keep", "utf-8")
    (room.path / "result.xml").symlink_to(other)
    done = room.ada("--format", "junit", "--output", "result.xml")
    assert (done.status, done.out) == (0, "")
    assert ET.parse(room.path / "result.xml").getroot().get("tests") == str(CHECKS)
    assert other.read_text("utf-8") == "keep"


@pytest.mark.parametrize("name", ["classroom50", "gradescope"])
def test_other_classrooms_get_their_own(room: Classroom, name: str) -> None:
    """The other formats are written too."""
    assert "tests" in json.loads(room.ada("--format", name).out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99"], "Choose one of: 01_first_process"),
        (["--kata-source", "nowhere"], "there is no such folder"),
        (["--course", "submissions"], "there are no katas"),
        (["--course", "nowhere"], "is not a folder"),
        (["--output", "nowhere/x.json"], "Name a file in a folder"),
        (["--kata-start-method", "teleport"], "Choose among these"),
        (["--kata-source", "."], "Write --kata-source katas"),
        (["-n", "many"], "Write, say, -n 2"),
    ],
)
def test_what_cannot_be_graded_is_said(room: Classroom, words: str, said: str) -> None:
    """Exit status 2, nothing on standard output, and what to type instead."""
    done = room.grade("1", *words) if words[0].startswith("-") else room.grade(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith("conc: ")
    assert said in done.err


def test_a_submission_that_cannot_be_copied_is_said(
    room: Classroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When there is no room for the copy, or a file cannot be read, that is told in a line, with what to see to."""

    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "run", no_room)
    monkeypatch.setattr("conc_checker.grading.guard.hide", lambda: None)  # this process is none that grades
    assert main(["grade", "--course", str(room.path / "katas")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("conc: ")
    assert "No space left on device" in err


def test_a_course_whose_tests_are_not_there_grades_nothing(room: Classroom) -> None:
    """The checks are what the test modules declare: where one cannot be read nothing is graded, and it is named."""
    tests = room.path / "katas" / KATA / "test_start_and_join.py"
    tests.unlink()
    room.submit(SOLUTION)
    done = room.ada()
    assert (done.status, done.out) == (2, "")
    assert "test_start_and_join.py: is missing" in done.err
    tests.write_text("def test_importing_starts_nothing(lab):\n    nonsense(\n", "utf-8")
    done = room.ada()
    assert (done.status, done.out) == (2, "")
    assert "test_start_and_join.py: is no Python" in done.err


def test_a_test_module_that_cannot_be_imported_gives_no_points(room: Classroom) -> None:
    """Checks that are declared and never come to run are missing, and the exit status says so."""
    tests = room.path / "katas" / KATA / "test_start_and_join.py"
    tests.write_text("import no_such_module\n" + tests.read_text("utf-8").partition('"""\n')[2], "utf-8")
    room.submit(SOLUTION)
    done = room.ada()
    assert (done.status, done.json["status"], done.json["earned"]) == (1, "error", 0)
    assert set(done.outcomes.values()) == {"missing"}
    assert "test_start_and_join.py" in done.err


# ── submissions of other shapes ─────────────────────────────────────────────────────────────────────────────


def test_a_missing_folder_or_module_is_not_started(room: Classroom) -> None:
    """A submission with nothing for a kata, or with another module, is one that has not begun."""
    shutil.rmtree(room.submission / KATA)
    assert set(room.ada().outcomes.values()) == {"not started"}
    room.submit(SOLUTION, f"{KATA}/start_and_joint.py")
    assert set(room.ada().outcomes.values()) == {"not started"}


def test_what_lies_beside_the_module_comes_along(room: Classroom) -> None:
    """Modules and packages of the learner's can be imported; other files do no harm."""
    room.submit(SOLUTION, f"{KATA}/mine/inner/work.py")
    room.submit("", f"{KATA}/mine/__init__.py")
    room.submit("", f"{KATA}/mine/inner/__init__.py")
    room.submit("from mine.inner.work import run_all\n\n__all__ = ['run_all']\n")
    room.submit("notes", f"{KATA}/notes.txt")
    room.submit("notes", "notes.txt")
    room.submit("x = 1", "99_other/other.py")
    assert room.ada().json["earned"] == POINTS


# ── tampering with the tests and the environment (attacks 19 to 29) ─────────────────────────────────────────

PLANTED = """
import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.outcome, report.longrepr, report.user_properties = "passed", None, []
    return report


def pytest_collection_modifyitems(items):
    del items[1:]
"""
INI = "[pytest]\naddopts = -p conftest --deselect 03_multiprocess/test_start_and_join.py -k nothing\n"
PROJECT = "[tool.pytest.ini_options]\naddopts = ['-k', 'nothing']\n"
OWN_TESTS = "".join(f"def test_{n}():\n    pass\n\n\n" for n in range(50))
EXITS = "import os\nos._exit(0)\n"
TAMPERING = {
    "tests-of-its-own": {f"{KATA}/test_start_and_join.py": OWN_TESTS, f"{KATA}/test_more.py": OWN_TESTS},
    "a-kata-file": {f"{KATA}/kata.toml": "number = '03'\n"},
    "conftest": {"conftest.py": PLANTED, f"{KATA}/conftest.py": PLANTED},
    "settings": {"pytest.ini": INI, "pyproject.toml": PROJECT, f"{KATA}/pytest.ini": INI, "setup.cfg": INI},
    "site": {"sitecustomize.py": EXITS, "usercustomize.py": EXITS, f"{KATA}/sitecustomize.py": EXITS},
    "pth": {f"{KATA}/x.pth": "import os; os._exit(0)", "x.pth": "import os; os._exit(0)"},
    "shadows": {f"{KATA}/{n}.py": EXITS for n in ("pytest", "random", "socket", "conc_checker", "json", "_pytest")},
}


@pytest.mark.parametrize("name", TAMPERING)
def test_files_beside_the_module_gain_nothing(room: Classroom, name: str) -> None:
    """Whatever a submission brings along, its wrong program earns no more, and the checks are the same."""
    room.submit(LOOP)
    plain = room.ada().outcomes
    for file, text in TAMPERING[name].items():
        room.submit(text, file)
    done = room.ada()
    assert done.json["points"] == POINTS
    assert done.json["earned"] <= FIRST
    assert done.outcomes.keys() == plain.keys()
    assert done.status == 0


def test_standing_in_the_submission_gains_nothing(room: Classroom) -> None:
    """Started from the submission's folder, with its modules in the current folder, the grading is the same."""
    room.submit(LOOP)
    for name in ("pytest", "json", "conc_checker", "sitecustomize", "conftest"):
        room.submit(EXITS, f"{name}.py")
    here = Classroom.__new__(Classroom)
    here.path, here.temp, here.submission = room.submission, room.temp, room.submission
    # `conc` is an installed command, so that the current folder is not on its path as with `python -m`.
    done = here.grade("3", "--course", room.path / "katas", "--kata-source", ".", environ={"PYTHONSAFEPATH": "1"})
    assert (done.status, done.json["earned"], len(done.outcomes)) == (0, FIRST, CHECKS)


def test_the_environment_gains_nothing(room: Classroom) -> None:
    """Variables that pytest and Python obey do not reach the run."""
    room.submit(LOOP)
    room.submit(PLANTED, "planted.py")
    room.submit(EXITS, "sitecustomize.py")
    environ = {
        "PYTEST_ADDOPTS": "-k nothing",
        "PYTEST_PLUGINS": "planted",
        "PYTHONSTARTUP": str(room.submission / "sitecustomize.py"),
        "PYTHONBREAKPOINT": "planted",
    }
    done = room.ada(environ=environ)
    assert (done.status, done.json["earned"], len(done.outcomes)) == (0, FIRST, CHECKS)


def test_planted_bytecode_gains_nothing(room: Classroom) -> None:
    """Bytecode beside the tests of the course is not taken for them."""
    room.submit(LOOP)
    test = room.path / "katas" / KATA / "test_start_and_join.py"
    run = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, f"--rootdir={room.path}", "-p", "no:cacheprovider"]
    environ = {n: v for n, v in os.environ.items() if n not in ("PYTHONDONTWRITEBYTECODE", "PYTEST_ADDOPTS")}
    subprocess.run([*run, "--collect-only", str(test)], env=environ, capture_output=True, check=True)
    names = [check.split("(")[0] for check in test.read_text("utf-8").split("\ndef ")[1:]]
    passing = compile("".join(f"def {name}(): pass\n" for name in names), str(test), "exec")
    written = list((test.parent / "__pycache__").glob("test_start_and_join.*pytest*.pyc"))
    assert len(written) == 1
    written[0].write_bytes(written[0].read_bytes()[:16] + marshal.dumps(passing))
    assert room.ada().json["earned"] == FIRST
    # The control: pytest itself takes the bytecode for the tests, so it was planted as it has to be.
    taken = subprocess.run([*run, str(test)], env=environ, capture_output=True, encoding="utf-8", check=False)
    assert f"{CHECKS} passed" in taken.stdout


@pytest.mark.parametrize("what", ["module", "folder", "package"])
def test_a_link_to_the_solution_is_not_followed(room: Classroom, what: str) -> None:
    """A link that leads out of the submission brings nothing in."""
    place = room.submission / KATA
    solution = ROOT / "solutions" / KATA
    if what == "module":
        (place / "start_and_join.py").symlink_to(solution / "start_and_join.py")
    elif what == "folder":
        place.rmdir()
        place.symlink_to(solution)
    else:
        room.submit("from solved.start_and_join import run_all\n")
        (place / "solved").symlink_to(solution)
    assert room.ada().json["earned"] == 0


def test_a_link_within_the_submission_is(room: Classroom) -> None:
    """A learner may have a module in one place and name it in another."""
    room.submit(SOLUTION, "shared/work.py")
    (room.submission / MODULE).symlink_to(room.submission / "shared" / "work.py")
    assert room.ada().json["earned"] == POINTS


# ── forging the verdict (attacks 1 to 18, 41, 42) ───────────────────────────────────────────────────────────

# A learner's process sees who is above it: the supervisor, pytest, the grader.
ABOVE = """
import os
import subprocess


def parent(pid):
    with open(f"/proc/{pid}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])


SUPERVISOR = os.getppid()
PYTEST = parent(SUPERVISOR)
GRADER = parent(PYTEST)
"""
NOTICE = """
import sys
print("\\n::notice title=Autograding report::{\\"totalPoints\\":20,\\"maxPoints\\":20}", flush=True)
print("::error::x", file=sys.stderr, flush=True)
"""
FORGED = (
    ABOVE
    + """
import json

TESTS = ["test_all_ten_are_alive_together", "test_waits_for_the_last_task", "test_any_count"]
for pid in (os.getpid(), SUPERVISOR, PYTEST, GRADER):
    try:
        numbers = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        continue
    for number in numbers:
        try:
            if not os.readlink(f"/proc/{pid}/fd/{number}").startswith("pipe:"):
                continue
            pipe = os.open(f"/proc/{pid}/fd/{number}", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue
        for test in TESTS:
            for name in (test, test + "[fork]"):
                report = {"kind": "report", "test": f"03_multiprocess/test_start_and_join.py::{name}", "when": "call",
                          "outcome": "passed", "seconds": 0, "expected_to_fail": False, "verdict": None, "text": ""}
                for line in (json.dumps(report), "00" * 32 + " " + json.dumps(report)):
                    try:
                        os.write(pipe, f"\\n{line}\\n".encode())
                    except OSError:
                        pass
"""
)
FORGING = {
    "exits-at-import": "import os\nos._exit(0)\n",
    "exits-when-called": "import os\n\ndef run_all(task, count=10):\n    os._exit(0)\n",
    "exits-at-exit": LOOP + "\nimport atexit, os\natexit.register(os._exit, 0)\n",
    "skips": LOOP + "\nimport pytest\npytest.skip('x', allow_module_level=True)\n",
    "expects-to-fail": "import pytest\n\ndef run_all(task, count=10):\n    pytest.xfail('x')\n",
    "ends-pytest": "import pytest\n\ndef run_all(task, count=10):\n    pytest.exit('x', 0)\n",
    "patches-reports": LOOP + "\nimport _pytest.reports\n_pytest.reports.TestReport.from_item_and_call = None\n",
    "always-equal": (
        "class Any(float):\n    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *_: True\n"
        "    __hash__ = None\n\n\ndef run_all(task, count=10):\n    return Any(1.0)\n"
    ),
    "speaks-as-a-runner": NOTICE + LOOP,
    "forges-reports": FORGED + LOOP,
    "forges-reports-and-kills-the-witness": FORGED
    + """
subprocess.run(["kill", "-9", str(PYTEST)])
""",
    "forks-and-goes-on": "import os\nos.fork()\n" + LOOP,
}


@pytest.mark.parametrize("name", FORGING)
def test_forging_gains_nothing(room: Classroom, name: str) -> None:
    """No more points than the wrong program has without the trick, all checks there, and nothing for the runner."""
    room.submit(FORGING[name])
    # Into a file: as root, a program can open even the grader's own output.
    done = room.ada("--output", "result.json")
    found = Done(0, (room.path / "result.json").read_text("utf-8"), "")
    assert found.json["points"] == POINTS
    assert found.json["earned"] <= FIRST
    assert len(found.outcomes) == CHECKS
    for line in (done.out + done.err).splitlines():
        assert not line.lstrip().startswith("::")


def test_forged_lines_reach_the_pipe_where_they_can(room: Classroom) -> None:
    """The control for the forged reports: as root they do arrive, and are refused for want of a signature."""
    if os.geteuid() != 0:
        pytest.skip("only root may open another process's pipe; others are refused that already")
    told = room.path / "told"
    room.submit(FORGED.replace("os.write(pipe,", f"open({str(told)!r}, 'a').write('x') and os.write(pipe,") + LOOP)
    room.ada("--output", "result.json")
    assert json.loads((room.path / "result.json").read_text("utf-8"))["earned"] <= FIRST
    assert told.read_text("utf-8")


def test_the_pipe_is_in_nobody_elses_hands(room: Classroom) -> None:
    """Neither the supervisor nor the learner's process has inherited the pipe through which pytest tells."""
    told = room.path / "told.json"
    look = f"""
import json
def pipes(pid):
    found = []
    for number in os.listdir(f"/proc/{{pid}}/fd"):
        try:
            found.append(os.readlink(f"/proc/{{pid}}/fd/{{number}}"))
        except OSError:
            pass
    return [link for link in found if link.startswith("pipe:")]
def safely(pid):
    try:
        return pipes(pid)
    except PermissionError:
        return None
with open({str(told)!r}, "w") as file:
    json.dump([safely(pid) for pid in (os.getpid(), SUPERVISOR, PYTEST, GRADER)], file)
"""
    room.submit(ABOVE + look + LOOP)
    room.ada()
    own, supervisor, tester, grader = json.loads(told.read_text("utf-8"))
    assert own  # its own output: so pipes are found where there are some
    if os.geteuid() == 0:
        channel = set(tester) & set(grader)
        assert len(channel) == 1
        assert not channel & {*own, *supervisor}
    else:
        assert tester is grader is supervisor is None


@pytest.mark.skipif(sys.platform != "linux", reason="the protection is Linux's")
@pytest.mark.parametrize("words", [(), ("-n", "1")], ids=["alone", "worker"])
def test_pytest_hides(room: Classroom, words: str) -> None:
    """Whatever process of pytest runs the tests, it is one whose memory is closed to others of its user."""
    tests = room.path / "katas" / KATA / "test_start_and_join.py"
    declared = "from conc_checker.course.checks import check\n\n@check(points=1)\ndef test_any_count():\n"
    tests.write_text(f"import ctypes\n{declared}    assert ctypes.CDLL(None).prctl(3) == 0\n", "utf-8")
    assert room.ada(*words).outcomes["test_any_count"] == "passed"


@pytest.mark.skipif(sys.platform != "linux", reason="the protection is Linux's")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root is needed to become somebody else")
def test_a_hidden_process_shows_nothing_to_its_user() -> None:
    """Another process of the same user can read the environment of a process, and no longer once that has hidden."""
    program = """
import ctypes, os, sys
from conc_checker.grading.guard import hide
os.setgid(65534); os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as a program that was started by this user
def readable():
    reader, writer = os.pipe()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
        try:
            open(f"/proc/{os.getppid()}/environ", "rb").read()
            os.listdir(f"/proc/{os.getppid()}/fd")
            os.write(writer, b"y")
        except OSError:
            os.write(writer, b"n")
        os._exit(0)
    os.wait()
    return os.read(reader, 1).decode()
before = readable()
hide()
print(before + readable())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "yn\n"


def test_a_runner_obeys_nothing_while_learner_code_runs(room: Classroom) -> None:
    """In a workflow, commands in the log are switched off before the first check and on again after the last."""
    room.submit(SOLUTION)
    done = room.ada(environ={"GITHUB_ACTIONS": "true"})
    lines = done.err.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert len(token) >= 32
    assert lines[1] == f"::{token}::"
    assert room.ada(environ={"GITHUB_ACTIONS": "true"}).err.splitlines()[0] != lines[0]
    assert "::" not in room.ada().err


RUNNER_FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")


def test_files_of_the_runner_are_given_back(room: Classroom) -> None:
    """What learner code writes for a workflow's runner is gone, also through a link, and the result is ours."""
    files = {name: room.path / name for name in RUNNER_FILES}
    for file in files.values():
        file.write_text("before=1\n", "utf-8")
    attack = f"""
import os
for name in {[str(f) for f in files.values()]!r}:
    with open(name, "a") as file:
        file.write("result=forged\\nx<<END\\n")
os.unlink({str(files["GITHUB_PATH"])!r})
os.symlink("/", {str(files["GITHUB_PATH"])!r})
os.chmod({str(files["GITHUB_OUTPUT"])!r}, 0o400)
"""
    room.submit(attack + LOOP)
    done = room.ada("--format", "classroom", environ={name: str(file) for name, file in files.items()})
    assert done.status == 0
    for name in RUNNER_FILES[1:]:
        assert files[name].read_text("utf-8") == "before=1\n"
        assert not files[name].is_symlink()
    before, ours = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
    assert before == "before=1"
    assert json.loads(base64.b64decode(ours.removeprefix("result=")))["max_score"] == POINTS


KILLED = """
subprocess.Popen(["sh", "-c", {later!r}], start_new_session=True, env={{"PATH": os.environ["PATH"]}})
subprocess.run(["sh", "-c", f"kill -9 {victims}"])
"""


def _grade_while_killing(room: Classroom, victims: str) -> tuple[Done, dict[str, Any], list[str]]:
    """Grade a submission that kills these; return what came of it, the result, and the checks' outcomes."""
    marker = f"sleep 98{os.getpid()}"
    kill = KILLED.format(victims=victims, later=f"{marker}; echo forged > {room.path}/result.json")
    body = "\n".join("    " + line for line in kill.strip().splitlines())
    room.submit(ABOVE + "\ndef run_all(task, count=10):\n" + body + "\n    return 1.0\n")
    done = room.ada("--output", room.path / "result.json")
    found = json.loads((room.path / "result.json").read_text("utf-8"))
    assert (found["earned"], found["points"]) == (FIRST, POINTS)
    assert not [p for p in psutil.process_iter() if marker in " ".join(_words(p))]
    return done, found, [check["outcome"] for check in found["katas"][0]["exercises"][0]["checks"]]


@pytest.mark.parametrize("victims", ["{PYTEST}", "{PYTEST} {SUPERVISOR}"])
def test_killing_pytest_leaves_a_grade(room: Classroom, victims: str) -> None:
    """`kill -9`: what was proven until then counts, the rest is missing by name, and no process is left to alter it."""
    done, found, outcomes = _grade_while_killing(room, victims)
    assert (done.status, found["status"]) == (1, "error")
    assert outcomes == ["passed"] + ["missing"] * (CHECKS - 1)
    assert "exit code -9" in done.err


def test_killing_the_supervisor_and_then_pytest_leaves_a_grade(room: Classroom) -> None:
    """Between two kills pytest may have come to its end: the checks are missing or not passed, and earn nothing."""
    _, _, outcomes = _grade_while_killing(room, "{SUPERVISOR} {PYTEST}")
    assert outcomes[0] == "passed"
    assert set(outcomes[1:]) <= {"missing", "crashed", "blocked"}


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.parametrize(
    ("victims", "words"),
    [
        ("{PYTEST}", ()),
        ("{SUPERVISOR}", ()),
        ("{PYTEST} {SUPERVISOR}", ()),
        ("{PYTEST}", ("-n", "1")),  # the worker; above it is pytest, in the grader's place
        ("{GRADER} {SUPERVISOR}", ("-n", "1")),
    ],
)
def test_stopping_pytest_does_not_stop_the_grading(room: Classroom, victims: str, words: str) -> None:
    """`kill -STOP`: who was stopped is let go on, so the grading ends."""
    room.submit(ABOVE + f'\nsubprocess.run(["sh", "-c", f"kill -STOP {victims}"])\n' + LOOP)
    done = room.ada(*words)
    assert done.json["earned"] <= FIRST
    assert len(done.outcomes) == CHECKS


def test_killing_the_grader_gives_no_grade_and_leaves_nothing(room: Classroom) -> None:
    """`kill -9` of the grader: nothing is written, and pytest, though stopped, ends with it, and all that is below."""
    marker = f"sleep 97{os.getpid()}"
    attack = f'subprocess.run(["sh", "-c", f"kill -STOP {{PYTEST}}; kill -9 {{GRADER}}; {marker}"])'
    room.submit(f"{ABOVE}\n\ndef run_all(task, count=10):\n    {attack}\n")
    done = room.ada("--output", "result.json")
    assert done.status == -9
    assert not (room.path / "result.json").exists()
    deadline = time.monotonic() + LIMIT
    while any(mark in " ".join(_words(p)) for p in psutil.process_iter() for mark in (str(room.temp), marker)):
        assert time.monotonic() < deadline
    shutil.rmtree(room.temp)  # with nobody left to do it
    room.temp.mkdir()


def test_an_interrupted_grading_still_writes(room: Classroom) -> None:
    """Ctrl-C: the grade is written, and says that it was interrupted."""
    interrupts = "subprocess.run(['kill', '-INT', str(GRADER)])"
    room.submit(f"{ABOVE}\n\ndef run_all(task, count=10):\n    {interrupts}\n    return 1.0\n")
    done = room.ada()
    assert (done.status, done.json["status"]) == (1, "error")
    assert done.json["earned"] <= FIRST
    assert "interrupted" in done.err
