"""The one door to the operating system: which processes the subject has, what they do, and how to end them.

`Linux` reads /proc and can prove that a wait has no time-out. `Portable` works with psutil everywhere; it knows only
that a process used no CPU for a while, and takes the reason from the probe (see `Look.certain`).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from conc_checker.engine.supervisor import sockets, waits
from conc_checker.engine.supervisor.waits import Kind, Wait

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 1, 4, 36  # <linux/prctl.h>
_MOST_FILES = 65_536
_PAGE = 4096 - 64  # bytes; a page ends before an entry that does not fit
_HELPERS = ("from multiprocessing.resource_tracker import main", "from multiprocessing.forkserver import main")


@dataclass(frozen=True, slots=True)
class Process:
    """One live or ended process of the subject, as the operating system lists it."""

    pid: int
    ppid: int
    state: str  # as in /proc: R, S, D, T, Z …
    started: float  # with the pid, tells a process from a later one of the same number

    @property
    def is_alive(self) -> bool:
        """Whether it can still do anything; a zombie cannot."""
        return self.state not in "ZX"


@dataclass(frozen=True, slots=True)
class Look:
    """What every thread of the subject did at one moment, and how much CPU each process had used (seconds)."""

    threads: dict[tuple[int, int], Wait]
    marks: dict[tuple[int, int], tuple[int, ...]]
    cpu: dict[int, float] = field(default_factory=dict)
    # Of each running thread: how often it has given up its processor to wait, and the CPU it has used (seconds).
    running: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)
    starved: float = 0.0  # seconds that runnable threads have waited for a processor, summed

    def any(self, kind: Kind) -> bool:
        """Whether some thread stands so."""
        return any(wait.kind is kind for wait in self.threads.values())

    def is_same(self, other: Look) -> bool:
        """Whether nothing has run between two looks: the same threads, and none was given a processor."""
        return self.marks == other.marks and self.threads == other.threads


class Host(Protocol):
    """What the supervisor needs of an operating system."""

    proof: str
    adopts: bool  # whether a process becomes our child when its parent has ended
    own: set[int]  # children that are ours, and not the subject's

    def tree(self, roots: set[int]) -> list[Process]:
        """Return the subject's processes, zombies included; `roots` are those known from connections."""

    def look(self, processes: list[Process]) -> Look:
        """Return what each thread does now."""

    def kill(self, processes: list[Process]) -> None:
        """End processes at once, whatever they ignore."""

    def reap(self) -> dict[int, int]:
        """Collect children that have ended: pid to exit code, negative for a signal."""

    def sockets(
        self, processes: list[Process], port: int | None = None, *, listening: bool = False
    ) -> list[sockets.Socket]:
        """Return the TCP sockets of the machine, or at least of these processes, and which of them hold each.

        With `port`, those are enough that have that port on one of their sides; with `listening`, those that listen.
        """


class Linux:
    """Linux: the supervisor is the subreaper of all that the learner starts, and /proc says what each thread does."""

    proof = "system calls"
    adopts = True

    def __init__(self) -> None:
        self.own: set[int] = set()
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # no reading of our memory or descriptors by the learner's processes
        self._me = os.getpid()

    @staticmethod
    def is_here() -> bool:
        """Whether this machine's /proc has what the proofs need."""
        if _reading_is_restricted():
            return False
        here = Path(f"/proc/self/task/{os.getpid()}")
        return (
            sys.platform == "linux" and waits.can_read and (here / "syscall").exists() and (here / "children").exists()
        )

    def tree(self, roots: set[int]) -> list[Process]:
        """Return all descendants of the supervisor."""
        found: dict[int, Process] = {}
        todo = [child for child in _children(self._me) if child not in self.own]
        while todo:
            pid = todo.pop()
            process = _read_process(pid)
            if process is not None:
                found[pid] = process
                todo += _children(pid)
            if not todo:  # those whose parent ended while we looked are ours by now
                todo = [child for child in _children(self._me) if child not in found and child not in self.own]
        return list(found.values())

    def look(self, processes: list[Process]) -> Look:
        """Return what each thread sleeps in; ended processes are left out."""
        look = Look({}, {})
        starved = 0.0
        for process in processes:
            if not process.is_alive:
                continue
            cpu = 0
            for thread in _list(f"/proc/{process.pid}/task"):
                key = (process.pid, int(thread))
                place = f"/proc/{process.pid}/task/{thread}"
                try:
                    state = _read(f"{place}/stat").rpartition(")")[2].split()[0]
                    schedule = tuple(int(n) for n in _read(f"{place}/schedstat").split())
                    wait = look.threads[key] = _stand(state, place)
                    if wait.kind is Kind.RUNNING:
                        look.running[key] = (_waited(place), schedule[0] / 1e9)
                except (OSError, IndexError):  # it ended while we looked
                    look.threads[key] = waits.RUNNING
                    schedule = (0, 0, -1)
                cpu += schedule[0]
                starved += schedule[1] / 1e9
                look.marks[key] = schedule
            look.cpu[process.pid] = cpu / 1e9
        return Look(look.threads, look.marks, look.cpu, look.running, starved)

    def kill(self, processes: list[Process]) -> None:
        """Kill; stopping first keeps a chain of forks from running ahead of us."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in processes:
                if process.is_alive:
                    _signal(process.pid, number)

    def reap(self) -> dict[int, int]:
        """Collect our own ended children and the orphans that the kernel gave to us."""
        ended = _reap()
        self.own -= ended.keys()  # their numbers may be others' from now on
        return ended

    def sockets(
        self, processes: list[Process], port: int | None = None, *, listening: bool = False
    ) -> list[sockets.Socket]:
        """Return all TCP sockets, or those of a port, and which of these processes hold them."""
        return sockets.from_kernel((p.pid for p in processes), port, listening=listening)


class Portable:
    """Any platform, through psutil: a process is asleep when a window of time has cost it no CPU."""

    proof = "known waits"
    adopts = False
    _WINDOW = 0.1  # seconds; the clock ticks of some platforms are 16 ms apart

    def __init__(self) -> None:
        import psutil

        self.own: set[int] = set()
        self._psutil = psutil
        self._last: tuple[float, dict[int, float]] = (0.0, {})

    def tree(self, roots: set[int]) -> list[Process]:
        """Return our descendants and those that once reported: an orphan has another parent."""
        found: dict[int, Process] = {}
        candidates = self._psutil.Process().children(recursive=True)
        for pid in roots:
            try:
                process = self._psutil.Process(pid)
                candidates += [process, *process.children(recursive=True)]
            except self._psutil.Error:
                continue
        for process in candidates:
            try:
                with process.oneshot():
                    state = {"zombie": "Z", "dead": "X", "stopped": "T"}.get(process.status(), "S")
                    row = Process(process.pid, process.ppid(), state, process.create_time())
            except self._psutil.Error:
                continue
            if row.pid != os.getpid():
                found[row.pid] = row
        return list(found.values())

    def look(self, processes: list[Process]) -> Look:
        """Return asleep-or-not by CPU time over a window; a wait's limit is not visible and counts as timed."""
        time.sleep(self._WINDOW)
        cpu: dict[int, float] = {}
        threads: dict[tuple[int, int], Wait] = {}
        marks: dict[tuple[int, int], tuple[int, ...]] = {}
        before = self._last[1]
        for process in processes:
            if not process.is_alive:
                continue
            try:
                times = self._psutil.Process(process.pid).cpu_times()
            except self._psutil.Error:
                continue
            used = times.user + times.system
            cpu[process.pid] = used
            key = (process.pid, process.pid)
            marks[key] = (int(used * 1e6),)
            if process.state == "T":
                threads[key] = waits.STOPPED
            else:
                threads[key] = Wait(Kind.TIMED, "?") if before.get(process.pid) == used else waits.RUNNING
        self._last = (time.monotonic(), cpu)
        running = {key: (0, cpu[key[0]]) for key, wait in threads.items() if wait is waits.RUNNING}
        return Look(threads, marks, cpu, running)

    def kill(self, processes: list[Process]) -> None:
        """Kill each that still is the process we knew."""
        for row in processes:
            try:
                process = self._psutil.Process(row.pid)
                if process.create_time() == row.started:
                    process.kill()
            except self._psutil.Error:
                continue

    def reap(self) -> dict[int, int]:
        """Collect our own ended children, where the platform has such a thing."""
        return _reap() if hasattr(os, "waitpid") and sys.platform != "win32" else {}

    def sockets(
        self, processes: list[Process], port: int | None = None, *, listening: bool = False
    ) -> list[sockets.Socket]:
        """Return the TCP sockets of these processes."""
        return sockets.from_psutil(p.pid for p in processes)


def choose(name: str = "") -> Host:
    """Return the best host for this machine; `name` "portable" asks for the portable one."""
    if name != "portable" and Linux.is_here():
        return Linux()
    return Portable()


def before_exec() -> None:
    """Prepare the subject's first process, between fork and exec: it ends when we do, and dumps no core.

    Signals do what they do in a terminal: a shell lets what it starts in the background ignore Ctrl-C, for one.
    """
    import resource

    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, _files)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def interrupt(pid: int) -> None:
    """Do what Ctrl-C does in the terminal of a program: interrupt its first process, and all that stay in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGINT)


_files: tuple[int, int] | None = None  # the limits of open files that a learner's program would have without us


def allow_many_descriptors() -> None:
    """Raise this process's own limit of open files as far as it may: a thousand clients are a thousand of them."""
    global _files
    if sys.platform == "win32":
        return
    import resource

    _files = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(_files[1], _MOST_FILES), _files[1]))


def role(pid: int) -> str:
    """Return "helper" for the processes that multiprocessing itself adds, "worker" for others, by the command line."""
    try:
        command = _read(f"/proc/{pid}/cmdline") if sys.platform == "linux" else _command(pid)
    except OSError:
        return "worker"
    return "helper" if any(name in command for name in _HELPERS) else "worker"


def _command(pid: int) -> str:
    import psutil

    try:
        return " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return ""


def exit_watch(pid: int) -> int | None:
    """Return a descriptor that becomes readable when the process ends; None where there is none, or no process."""
    if hasattr(os, "pidfd_open"):
        try:
            return os.pidfd_open(pid)
        except OSError:
            return None
    return None


def has_ended(watch: int) -> bool:
    """Whether the process of an `exit_watch` has ended."""
    poll = select.poll()
    poll.register(watch, select.POLLIN)
    return bool(poll.poll(0))


def _reading_is_restricted() -> bool:
    """Whether Yama keeps even a parent from seeing in what its processes sleep (ptrace_scope 2 and 3)."""
    try:
        return int(_read("/proc/sys/kernel/yama/ptrace_scope")) >= 2 and os.geteuid() != 0
    except (OSError, ValueError):
        return False


def _stand(state: str, place: str) -> Wait:
    if state in "Tt":
        return waits.STOPPED
    if state in "ZX":
        return waits.ENDED
    if state != "S":
        return waits.RUNNING
    return waits.classify(_read(f"{place}/syscall"))


def _waited(place: str) -> int:
    """Return how often a thread has given up its processor of its own will: each time, it waited for something."""
    status = _read(f"{place}/status")
    return int(status.partition("\nvoluntary_ctxt_switches:")[2].split(maxsplit=1)[0])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for thread in _list(f"/proc/{pid}/task"):
        try:
            found += [int(n) for n in _read(f"/proc/{pid}/task/{thread}/children").split()]
        except OSError:
            continue
    return found


def _read_process(pid: int) -> Process | None:
    try:
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    except OSError:
        return None
    if len(fields) <= 19:
        return None
    # A process whose first thread has ended looks like a zombie, and lives in its other threads.
    state = "S" if fields[0] == "Z" and int(fields[17]) > 1 else fields[0]
    return Process(pid, int(fields[1]), state, float(fields[19]))


def _read(path: str) -> str:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        text = os.read(descriptor, 65536)
        if len(text) >= _PAGE:  # the kernel gives out long tables, such as that of many children, page by page
            while part := os.read(descriptor, 65536):
                text += part
        return text.decode(errors="replace")
    finally:
        os.close(descriptor)


def _list(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _reap() -> dict[int, int]:
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended[pid] = os.waitstatus_to_exitcode(status)
