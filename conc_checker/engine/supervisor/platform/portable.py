"""Any platform, through psutil, which does not say what a thread waits for."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from conc_checker.engine.supervisor.platform.base import RUNNING, STOPPED, Kind, Process, Snapshot, Socket, Wait

if sys.platform == "win32":
    from conc_checker.engine.supervisor.platform.windows import reap
else:
    from conc_checker.engine.supervisor.platform.posix import reap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.engine.supervisor.platform.base import Address


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

    def snapshot(self, processes: list[Process]) -> Snapshot:
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
                threads[key] = STOPPED
            else:
                threads[key] = Wait(Kind.TIMED, "?") if before.get(process.pid) == used else RUNNING
        self._last = (time.monotonic(), cpu)
        running = {key: (0, cpu[key[0]]) for key, wait in threads.items() if wait is RUNNING}
        return Snapshot(threads, marks, cpu, running)

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
        return reap()

    def sockets(self, processes: list[Process], port: int | None = None, *, listening: bool = False) -> list[Socket]:
        """Return the TCP sockets of these processes."""
        return from_psutil(p.pid for p in processes)


def from_psutil(pids: Iterable[int]) -> list[Socket]:
    """Ask psutil, which does not say what is under way."""
    import psutil

    found: dict[tuple[Address, Address, str], set[int]] = {}
    for pid in pids:
        try:
            process = psutil.Process(pid)
            rows = process.net_connections("tcp")
        except psutil.Error:
            continue
        for row in rows:
            remote = (row.raddr.ip, row.raddr.port) if row.raddr else ("", 0)
            found.setdefault(((row.laddr.ip, row.laddr.port), remote, row.status), set()).add(pid)
    return [Socket(local, remote, state, frozenset(owners)) for (local, remote, state), owners in found.items()]


def command(pid: int) -> str:
    """Return the command line of a process; empty when it has gone."""
    import psutil

    try:
        return " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return ""


def catches(pid: int, number: int) -> bool:
    """Return False: whether a process has a handler for a signal is not known, and without one it would be ended."""
    del pid, number
    return False
