"""Starts a subject: the learner's files copied into a folder of their own, and an interpreter in it, warm or fresh."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker.engine.subject import probe
from conc_checker.engine.subject.settings import NAME, Settings
from conc_checker.engine.supervisor import platform, warm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.engine import wire
    from conc_checker.engine.supervisor.platform import Host

_DEEPEST = 8  # folders
_MOST_FILES = 100
_LONGEST_FOLDER = 71  # characters of one in which multiprocessing can make its sockets: 32 more, and macOS takes 103
_SUBJECT = Path(probe.__file__).parent
_PASSED_ON = (
    *("PATH", "HOME", "USER", "LOGNAME", "VIRTUAL_ENV", "TZ", "TMPDIR", "TEMP", "TMP"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE"),
    *("SYSTEMROOT", "COMSPEC", "PATHEXT"),  # Windows
    *("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"),
)


class Workplace:
    """The folder of one run: `work` is where the program is and runs, beside it is what belongs to us."""

    def __init__(self, folder: Path, files: Iterable[tuple[str, str]]) -> None:
        self._folder = folder
        self.home = folder.parent
        self.work = folder / "work"
        self.clock = folder / "clock"
        self.stacks = folder / "stacks"
        self._given = {name for _, name in files}
        self.temporary = folder / "tmp"
        self.work.mkdir(parents=True)
        self.temporary.mkdir()
        self.stacks.touch()
        for source, name in files:
            target = self.work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    @property
    def prefix(self) -> str:
        """How the paths of the learner's files begin."""
        return str(self.work) + os.sep

    def written(self) -> dict[str, str]:
        """Return the files that the program has made, by name: their first 200 bytes, each as one character."""
        found: dict[str, str] = {}
        for place, folders, names in os.walk(self.work):
            depth = len(Path(place).relative_to(self.work).parts)
            folders[:] = sorted(folders) if depth < _DEEPEST else []
            for path in (Path(place, name) for name in sorted(names)):
                name = path.relative_to(self.work).as_posix()
                if len(found) < _MOST_FILES and name not in self._given and "__pycache__" not in name:
                    text = _beginning(path)
                    if text is not None:
                        found[name] = text
        return found

    def remove(self) -> None:
        """Delete the folder."""
        remove(self._folder)


def remove(folder: Path) -> None:
    """Delete a folder, however deep a program has nested what is in it."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform != "win32" and folder.exists():
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _beginning(path: Path) -> str | None:
    """Return the first 200 bytes of an ordinary file, each as one character; None for what is none, or has gone."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # it may be a pipe by now
        try:
            return os.read(descriptor, 200).decode("latin-1")
        finally:
            os.close(descriptor)
    except OSError:
        return None


def compile_probe() -> None:
    """Keep the bytecode of what the learner's processes load: they write none, and would compile it again and again.

    Where Python is told to write none at all, this changes nothing.
    """
    for file in _SUBJECT.rglob("*.py"):
        SourceFileLoader(file.stem, str(file)).get_code(file.stem)


def launch(start: wire.Start, place: Workplace, address: str, host: Host) -> subprocess.Popen[bytes] | warm.Program:
    """Start the subject's main process in a session of its own, with an environment from an allow-list."""
    general = _general_environment(place) | ({"PYTHONHASHSEED": "0"} if start.mode == "answer" else {})

    def special() -> dict[str, str]:
        return _special_environment(start, place, address)

    program: subprocess.Popen[bytes] | warm.Program | None = None
    if warm.can_be_used(host, (name for _, name in start.files)):
        program = warm.start(host, general, str(place.work), special)
    if program is None:
        program = subprocess.Popen(
            [sys.executable, str(_SUBJECT / "__main__.py")],
            cwd=place.work,
            env=general | special(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=platform.before_exec,
        )
    for stream in (program.stdout, program.stderr):
        assert stream is not None
        os.set_blocking(stream.fileno(), False)
    return program


def _general_environment(place: Workplace) -> dict[str, str]:
    """Return what is the same in every run of this supervisor.

    In mode "answer" there is a fixed seed for hashes beside it, with which a schedule that depends on the order of a
    set gets the same verdict each time.
    """
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        NAME: Settings(home=str(place.home)).text(),
        "PYTHONPATH": str(_SUBJECT / "site"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_COLORS": "0",
        "NO_COLOR": "1",
    }


def _special_environment(start: wire.Start, place: Workplace, address: str) -> dict[str, str]:
    """Return what only this run's processes get."""
    settings = Settings(
        home=str(place.home),
        address=address,
        folder=str(place.work),
        clock="" if start.real_time else str(place.clock),
        stacks=str(place.stacks),
        protected=[os.getpid(), os.getppid(), *warm.pids()],
        start_method=start.start_method,
        small_buffers=start.small_buffers,
        short_writes=start.short_writes,
        short_reads=start.short_reads,
    )
    environment = {NAME: settings.text()}
    if len(str(place.temporary)) <= _LONGEST_FOLDER:  # multiprocessing's own folders stay where a process is killed
        environment |= {name: str(place.temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    return environment
