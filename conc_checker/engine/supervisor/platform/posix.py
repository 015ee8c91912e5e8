"""What Linux and macOS have in common: signals, groups, limits, and children that have to be collected."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_MOST_FILES = 65_536

_files: tuple[int, int] | None = None  # the limits of open files that a learner's program would have without us


def allow_many_descriptors() -> None:
    """Raise this process's own limit of open files as far as it may: a thousand clients are a thousand of them."""
    global _files
    _files = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(_files[1], _MOST_FILES), _files[1]))


def before_exec() -> None:
    """Prepare the subject's first process, between fork and exec: it ends when we do, and dumps no core.

    Signals do what they do in a terminal: a shell lets what it starts in the background ignore Ctrl-C, for one.
    """
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
        os.killpg(pid, signal.SIGINT)


def alarm(pid: int) -> None:
    """Let a process's alarm go off."""
    send(pid, signal.SIGALRM)


def stop(pid: int) -> bool:
    """Let a process stand still, which it will in a moment: signals that come meanwhile wait for it, of each kind one.

    Returns whether processes can be stopped here.
    """
    send(pid, signal.SIGSTOP)
    return True


def go_on(pid: int) -> None:
    """Let a process go on that was stopped."""
    send(pid, signal.SIGCONT)


def send(pid: int, number: int) -> None:
    """Send a signal to a process that may have gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def reap() -> dict[int, int]:
    """Collect our own ended children, and the orphans that the kernel gave to us."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended[pid] = os.waitstatus_to_exitcode(status)
