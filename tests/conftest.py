"""What several test modules share: a course in its own folder, and a look at what a run leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # tests are imported by their paths; helpers such as corpus by name

from corpus import PROGRAMS, ROOT

from conc_checker.engine.subject import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]

hypothesis.settings.register_profile("conc", deadline=None)  # how long an example takes says how busy the machine is
hypothesis.settings.load_profile("conc")

# Seconds after which a test gives up waiting; nothing is decided by how long something took.
LIMIT = 60.0

TWO_KATAS = ("01_first_process", "03_multiprocess")  # enough to try the plugin on, however many the course has

# Test modules in which the checker's other processes run under coverage, where pytest does: all their lines are reached
# here. Everywhere else it would only make each process of a learner's wait, two to three times as long as without.
MEASURED = ("test_containment", "test_engine", "test_grade_command", "test_network", "test_plugin", "test_schedules")

SETTINGS = """
[pytest]
addopts = --import-mode=importlib -p no:cacheprovider
filterwarnings = error
"""


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker by which .ci/run leaves some tests to the first Python; make tests alike everywhere."""
    config.addinivalue_line("markers", "slow: takes many seconds, and is the same under every version of Python")
    # Whoever was started in the background by a shell has Ctrl-C ignored, and hands that on to what tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="module")
def _measure(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hand coverage on to the processes of a test, or keep it from them."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path.stem not in MEASURED:
            for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
                patch.delenv(name, raising=False)
        yield


class Course:
    """Two katas in a new folder, and pytest runs on them, each in a process of its own.

    `temp` is the only temporary folder of these runs: by it their processes and folders are told from others.
    """

    def __init__(self, pytester: pytest.Pytester, temp: Path) -> None:
        self.pytester = pytester
        self.path = pytester.path
        self.temp = temp
        (self.path / "pytest.ini").write_text(SETTINGS, "utf-8")
        for kata in TWO_KATAS:
            self.add(kata)

    def add(self, kata: str) -> None:
        """Take one more kata into this course."""
        for folder in ("katas", "solutions"):
            source, target = ROOT / folder / kata, self.path / folder / kata
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))

    def submit(self, program: Path | str, exercise: str = "start_and_join", kata: str = "03_multiprocess") -> Path:
        """Lay a program, a file or its text, into a submission's folder; return what to name as source."""
        folder = self.path / "submission" / kata
        folder.mkdir(parents=True, exist_ok=True)
        text = program if isinstance(program, str) else program.read_text("utf-8")
        (folder / f"{exercise}.py").write_text(text, "utf-8")
        return Path("submission")

    def check(self, *args: object) -> pytest.RunResult:
        """Run pytest with these arguments."""
        return self.pytester.runpytest_subprocess(*map(str, args), timeout=LIMIT * 5)

    def verdicts(self, name: str = "report.xml") -> dict[str, str]:
        """Return the outcome of each check that a JUnit file holds, by the check's name."""
        cases = ET.parse(self.path / name).getroot().iter("testcase")
        return {f"{c.get('classname')}::{c.get('name')}": _outcome(c) for c in cases}

    def facts(self, check: str, name: str = "report.xml") -> dict[str, Any]:
        """Return the verdict that a JUnit file holds of one check."""
        cases = ET.parse(self.path / name).getroot().iter("testcase")
        return next(_verdict(c) for c in cases if c.get("name") == check)

    def processes(self) -> list[psutil.Process]:
        """Return the processes of these runs that are alive: supervisors, and learners' processes."""
        return [p for p in psutil.process_iter() if self._is_ours(p)]

    def _is_ours(self, process: psutil.Process) -> bool:
        with contextlib.suppress(psutil.Error):
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                return False
            mark = str(self.temp)
            values = process.environ()
            return values.get("TMPDIR", "") == mark or settings.of(values).home.startswith(mark)
        return False

    def left(self) -> float:
        """Wait until nothing of the runs is left, neither process nor folder; return the seconds it took."""
        began = time.monotonic()
        before: list[tuple[int, float] | None] | None = None
        while True:
            found, folders = self.processes(), [p.name for p in self.temp.iterdir()]
            if not found and not folders:
                return time.monotonic() - began
            # Whoever cleans up may take his time. When nobody is left to do so, and those who are left sleep through
            # two looks (a signal that was sent would have woken them), they stay.
            now = [_stand(p) for p in found]
            if not any(map(_cleans_up, found)) and None not in now and now == before:
                pytest.fail(f"left behind: {[_called(p) for p in found]}, {folders}")
            before = now
            psutil.wait_procs(found, timeout=0.05)


def _called(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def _cleans_up(process: psutil.Process) -> bool:
    """Whether a process still ends others, or waits for some to end: a supervisor, or a pytest."""
    words = _called(process)
    return any(word in ("conc_checker.engine.supervisor", "pytest") or "pytest" in word for word in words[:4])


def _stand(process: psutil.Process) -> tuple[int, float] | None:
    """Return a sleeping process's pid and how much it has run so far; None for one that runs or is ending."""
    with contextlib.suppress(psutil.Error):
        times = process.cpu_times()
        if process.status() in (psutil.STATUS_SLEEPING, psutil.STATUS_STOPPED):
            return process.pid, times.user + times.system
    return None


def _verdict(case: ET.Element) -> dict[str, Any]:
    for entry in case.iter("property"):
        if entry.get("name") == "conc_checker":
            found: dict[str, Any] = json.loads(entry.get("value", ""))
            return found
    return {"outcome": "passed" if case.find("failure") is None and case.find("error") is None else "no verdict"}


def _outcome(case: ET.Element) -> str:
    verdict = _verdict(case)
    return ":".join([verdict["outcome"], *([verdict["diagnosis"]["id"]] if verdict.get("diagnosis") else [])])


def wrong(name: str, exercise: str = "start_and_join", kata: str = "03_multiprocess") -> Path:
    """Return a wrong program of the corpus."""
    return PROGRAMS / "wrong" / kata / exercise / f"{name}.py"


@pytest.fixture
def course(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """Give a course of its own to a test; when the test is over nothing may be left of what ran in it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CONC_LANG", "CONC_HOST", "PYTEST_ADDOPTS", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LANG", "C.UTF-8")
    # A short path, because the names of sockets must be: pytester's own folders lie too deep.
    temp = Path(tempfile.mkdtemp(prefix="ct-")).resolve()
    monkeypatch.setenv("TMPDIR", str(temp))
    made = Course(pytester, temp)
    try:
        yield made
        made.left()
    finally:
        shutil.rmtree(temp, ignore_errors=True)
