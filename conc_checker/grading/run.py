"""Has pytest run the checks, in a process of its own, and listens to what it tells.

What is graded is a copy, made before anything runs: the checks alone on one side, the learner's modules alone on the
other. So a conftest.py, a pytest.ini, a planted module or an added test of the submission means nothing to pytest.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from conc_checker.course import source
from conc_checker.grading.collector import unseal
from conc_checker.grading.guard import adopting, wake
from conc_checker.grading.tally import Heard, Report, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.course.curriculum import Kata
    from conc_checker.grading.model import Grade

# What could change how pytest or Python behaves, and what learner code has no business with.
_DROPPED = re.compile(r"PYTEST|PYTHON|PY_|COLUMNS$|CONC_LANG$|GITHUB_|ACTIONS_|RUNNER_|INPUT_")
_OPTIONS = (
    *("--noconftest", "--import-mode=importlib", "-q", "--color=no", "--tb=line"),
    *("-p", "no:cacheprovider", "-p", "conc_checker.plugin", "-p", "conc_checker.grading.guard"),
)
_LOOK = 1.0  # seconds between two looks whether pytest has been stopped; decides nothing
_SENTENCE = re.compile(r"[A-Za-z]{2} .*[A-Za-z]{2}")  # and not pytest's row of dots
_TAIL = 15  # lines of pytest's output that are told when it ended early


def run(  # noqa: PLR0913 (each is a choice of the one who grades)
    katas: Sequence[Kata],
    folder: Path,
    language: str,
    *,
    called: str = "",
    start_method: str | None = None,
    workers: str | None = None,
    alone: bool = False,
) -> Grade:
    """Grade the learner's modules in `folder`, which has the shape of a course; `called` is its name in the result.

    `start_method` and `workers` are what pytest gets as `--kata-start-method` and `-n`. There is always a grade:
    when pytest is killed, what it had told until then counts, and the other checks are missing.
    `alone` says that this process has no children but those of the grading, so that all can be ended when it is over.
    """
    # Resolved, because a temporary folder may be a link, and pytest tells tests by their real places.
    # Short, because multiprocessing makes sockets below it.
    place = Path(tempfile.mkdtemp(prefix="cg-")).resolve()
    try:
        modules = _copy_checks(katas, place / "checks")
        _copy_submission(katas, folder, place / "submission")
        options = [f"--kata-source={place / 'submission'}", f"--kata-lang={language}"]
        options += [f"--kata-start-method={start_method}"] if start_method else []
        options += ["-p", "xdist.plugin", "-n", workers] if workers else []
        with adopting() if alone else contextlib.nullcontext():
            heard = _listen(place, [*options, *modules])
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tally(katas, heard, language, called or str(folder))


def _copy_checks(katas: Sequence[Kata], target: Path) -> list[str]:
    """Copy each `kata.toml` and the test modules of its exercises, and nothing else; return the test modules."""
    modules: list[str] = []
    for kata in katas:
        (target / kata.folder.name).mkdir(parents=True)
        names = ["kata.toml", *(f"test_{exercise.name}.py" for exercise in kata.exercises)]
        for name in names:
            if (kata.folder / name).is_file():
                shutil.copyfile(kata.folder / name, target / kata.folder.name / name)
                modules += [f"{kata.folder.name}/{name}"] if name.endswith(".py") else []
    (target / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return modules


def _copy_submission(katas: Sequence[Kata], folder: Path, target: Path) -> None:
    """Copy what the plugin would take of each kata, but no link that leads out: it may lead to a solution."""
    home = folder.resolve()
    for kata in katas:
        (target / kata.folder.name).mkdir(parents=True)
        for file, name in source.from_folder(folder / kata.folder.name, "").files:
            if file.resolve().is_relative_to(home):
                copy = target / kata.folder.name / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


def _listen(place: Path, arguments: list[str]) -> Heard:
    """Run pytest with these arguments on the checks in a folder; return what it has told."""
    heard = Heard()
    key = secrets.token_bytes()
    checks, temporary = place / "checks", place / "t"
    temporary.mkdir()
    ours = ["-c", str(checks / "pytest.ini"), f"--rootdir={checks}", *_OPTIONS]
    ours += [f"--basetemp={place / 'pytest'}"]  # pytest-xdist makes one
    environment = {name: value for name, value in os.environ.items() if not _DROPPED.match(name)}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    with tempfile.TemporaryFile() as log:
        pytest = subprocess.Popen(
            # -P: the current folder is not on Python's path.
            [sys.executable, "-P", "-m", "conc_checker.grading.collector", *ours, *arguments],
            cwd=checks,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # a signal to its group is not one to us
        )
        assert pytest.stdin is not None
        assert pytest.stdout is not None
        over = threading.Event()
        watch = threading.Thread(target=_keep_awake, args=(pytest.pid, over), daemon=True)
        watch.start()
        try:
            pytest.stdin.write(key.hex().encode() + b"\n")
            pytest.stdin.close()
            ended = _hear(pytest.stdout, key, heard)
        except KeyboardInterrupt:
            ended = False
            heard.trouble.append("interrupted")
            pytest.send_signal(signal.SIGTERM)
        except BrokenPipeError:  # it ended before it had begun
            ended = False
        finally:
            over.set()
            watch.join()
            pytest.stdout.close()
            status = pytest.wait()
        if not ended:
            heard.trouble += [f"pytest ended early, with exit code {status}", *_tail(log)]
        elif status not in (0, 1):
            heard.trouble += [f"pytest ended with exit code {status}", *_tail(log)]
    return heard


def _hear(stream: BinaryIO | Any, key: bytes, heard: Heard) -> bool:
    """Take down what is told, as long as it is told with our key; return whether it came to its end."""
    ended = False
    for line in stream:
        told = unseal(key, line)
        if told is None:
            continue
        match told.pop("kind"):
            case "tests":
                heard.tests += told["tests"]
            case "report":
                heard.reports.append(Report(**told))
            case "trouble":
                heard.trouble.append(told["text"])
            case "end":
                ended = True
    return ended


def _keep_awake(pid: int, over: threading.Event) -> None:
    while not over.wait(_LOOK):
        wake(pid)


def _tail(log: BinaryIO | Any) -> list[str]:
    log.seek(0)
    lines = log.read().decode("utf-8", "replace").splitlines()
    return [f"  {line}" for line in lines if _SENTENCE.search(line)][-_TAIL:]
