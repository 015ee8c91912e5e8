"""A process that has never seen learner code, from which each run's first process is forked (Linux only).

Started as a file by the supervisor, with one end of a socket pair as its argument. Each message that comes there
carries four descriptors: the new process's standard input, output and error, and a pipe with its orders, one line of
JSON. Only the new process reads these: nothing of any run ever gets in here, so nothing can get into the next run.

The new process is a grandchild. Its parent ends at once, and so the kernel gives it to the nearest subreaper, the
supervisor, to which it then looks as if it had been started there.
"""

from __future__ import annotations

import ctypes
import gc
import json
import multiprocessing.managers
import multiprocessing.pool
import multiprocessing.popen_fork
import multiprocessing.popen_forkserver
import multiprocessing.popen_spawn_posix
import multiprocessing.process
import multiprocessing.queues
import multiprocessing.resource_sharer
import multiprocessing.shared_memory
import multiprocessing.sharedctypes
import multiprocessing.synchronize
import os
import signal
import socket
import struct
import sys
import threading

from conc_checker.engine.subject import __main__ as subject
from conc_checker.engine.subject import link, probe, settings

TYPE_CHECKING = False  # as everywhere here
if TYPE_CHECKING:
    from typing import Any

NUMBER = struct.Struct("=i")  # how a process id, or 0 for none, travels
PIECES = 4  # descriptors with each message

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NAME = 1, 4, 15  # <linux/prctl.h>
_MOST_ORDERS = 1 << 20  # bytes

_libc = ctypes.CDLL(None)
_usual_name = os.path.basename(sys.executable)


def wait_for_orders(control: socket.socket) -> list[int]:
    """Fork a process for each message; returns, with the descriptors that came with it, in the new process only."""
    # Under coverage os._exit writes its data, and the process in between has none.
    import posix

    report, told = os.pipe()
    while True:
        try:
            message, pieces, _, _ = socket.recv_fds(control, 1, PIECES)
        except OSError:
            message = b""
        if not message:  # the supervisor has gone
            posix._exit(0)
        between = os.fork()
        if between == 0:
            try:
                pid = os.fork()
            except OSError:
                pid = -1
            if pid == 0:
                control.close()
                os.close(report)
                os.close(told)
                return pieces
            os.write(told, NUMBER.pack(max(pid, 0)))
            posix._exit(0)
        for piece in pieces:
            os.close(piece)
        os.waitpid(between, 0)  # from now on, the new process is the supervisor's
        control.sendall(os.read(report, NUMBER.size))


def start_anew(pieces: list[int]) -> None:
    """Make this process what a fresh interpreter would be, in a session, folder and environment of its own."""
    *streams, source = pieces
    os.setsid()
    _libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # the template's memory is not to be read, ours is as usual
    _libc.prctl(_PR_SET_NAME, _usual_name.encode(), 0, 0, 0)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    orders = _read(source)
    os.close(source)
    if not orders.endswith(b"\n"):  # the supervisor has gone, or does not want us any more
        _leave()
    told: dict[str, Any] = json.loads(orders)
    # Only now: the signal is for the death of whoever is the parent when it comes.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != told["parent"]:
        _leave()
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    sys.argv[:] = [subject.__file__]
    sys.orig_argv[:] = [sys.executable, subject.__file__]
    threading.main_thread()._set_native_id()  # type: ignore[attr-defined]  # fork keeps the parent's
    process: Any = multiprocessing.process
    process.ORIGINAL_DIR = told["folder"]  # taken from the current folder when the module was loaded
    process.current_process().authkey = os.urandom(32)
    settings.load()
    probe.install()


def _read(source: int) -> bytes:
    found = b""
    while not found.endswith(b"\n") and (part := os.read(source, _MOST_ORDERS)):
        found += part
    return found


def _leave() -> None:
    os._exit(link.LOST)


def main() -> None:
    """Serve the supervisor; in a forked process, run its job."""
    control = socket.socket(fileno=int(sys.argv[1]))
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # no reading of our memory or descriptors by the learner's processes
    _libc.prctl(_PR_SET_NAME, settings.TEMPLATE.encode(), 0, 0, 0)
    gc.collect()
    start_anew(wait_for_orders(control))


if __name__ == "__main__":
    main()
    subject.main()
