"""Linux: /proc says what each thread does, and whether its wait has a time-out."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

from conc_checker.engine.supervisor.platform import calls, posix, proc, tables
from conc_checker.engine.supervisor.platform.base import ENDED, RUNNING, STOPPED, Kind, Process, Snapshot, Socket, Wait

_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36  # <linux/prctl.h>


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
        return calls.can_read and (here / "syscall").exists() and (here / "children").exists()

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

    def snapshot(self, processes: list[Process]) -> Snapshot:
        """Return what each thread sleeps in; ended processes are left out."""
        snapshot = Snapshot({}, {})
        starved = 0.0
        for process in processes:
            if not process.is_alive:
                continue
            cpu = 0
            for thread in proc.names(f"/proc/{process.pid}/task"):
                key = (process.pid, int(thread))
                place = f"/proc/{process.pid}/task/{thread}"
                try:
                    state = proc.read(f"{place}/stat").rpartition(")")[2].split()[0]
                    schedule = tuple(int(n) for n in proc.read(f"{place}/schedstat").split())
                    wait = snapshot.threads[key] = _stand(state, place)
                    if wait.kind is Kind.RUNNING:
                        snapshot.running[key] = (_waited(place), schedule[0] / 1e9)
                except (OSError, IndexError):  # it ended while we looked
                    snapshot.threads[key] = RUNNING
                    schedule = (0, 0, -1)
                cpu += schedule[0]
                starved += schedule[1] / 1e9
                snapshot.marks[key] = schedule
            snapshot.cpu[process.pid] = cpu / 1e9
        return Snapshot(snapshot.threads, snapshot.marks, snapshot.cpu, snapshot.running, starved)

    def kill(self, processes: list[Process]) -> None:
        """Kill; stopping first keeps a chain of forks from running ahead of us."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in processes:
                if process.is_alive:
                    posix.send(process.pid, number)

    def reap(self) -> dict[int, int]:
        """Collect our own ended children and the orphans that the kernel gave to us."""
        ended = posix.reap()
        self.own -= ended.keys()  # their numbers may be others' from now on
        return ended

    def sockets(self, processes: list[Process], port: int | None = None, *, listening: bool = False) -> list[Socket]:
        """Return all TCP sockets, or those of a port, and which of these processes hold them."""
        return tables.from_kernel((p.pid for p in processes), port, listening=listening)


def command(pid: int) -> str:
    """Return the command line of a process; empty when it has gone."""
    try:
        return proc.read(f"/proc/{pid}/cmdline")
    except OSError:
        return ""


def catches(pid: int, number: int) -> bool:
    """Whether a process has a handler for a signal, so that it is not ended by it."""
    try:
        status = proc.read(f"/proc/{pid}/status")
    except OSError:
        return False
    mask = next((row.split()[1] for row in status.splitlines() if row.startswith("SigCgt:")), "0")
    return bool(int(mask, 16) >> (number - 1) & 1)


def _reading_is_restricted() -> bool:
    """Whether Yama keeps even a parent from seeing in what its processes sleep (ptrace_scope 2 and 3)."""
    try:
        return int(proc.read("/proc/sys/kernel/yama/ptrace_scope")) >= 2 and os.geteuid() != 0
    except (OSError, ValueError):
        return False


def _stand(state: str, place: str) -> Wait:
    if state in "Tt":
        return STOPPED
    if state in "ZX":
        return ENDED
    if state != "S":
        return RUNNING
    return calls.classify(proc.read(f"{place}/syscall"))


def _waited(place: str) -> int:
    """Return how often a thread has given up its processor of its own will: each time, it waited for something."""
    status = proc.read(f"{place}/status")
    return int(status.partition("\nvoluntary_ctxt_switches:")[2].split(maxsplit=1)[0])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for thread in proc.names(f"/proc/{pid}/task"):
        try:
            found += [int(n) for n in proc.read(f"/proc/{pid}/task/{thread}/children").split()]
        except OSError:
            continue
    return found


def _read_process(pid: int) -> Process | None:
    try:
        fields = proc.read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    except OSError:
        return None
    if len(fields) <= 19:
        return None
    # A process whose first thread has ended looks like a zombie, and lives in its other threads.
    state = "S" if fields[0] == "Z" and int(fields[17]) > 1 else fields[0]
    return Process(pid, int(fields[1]), state, float(fields[19]))
