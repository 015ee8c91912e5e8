"""Windows: no groups to interrupt, no limits to raise, and nobody has to be collected."""

from __future__ import annotations

import contextlib
import os
import signal

before_exec = None  # there is no moment between fork and exec


def allow_many_descriptors() -> None:
    """Do nothing: the number of open files has no limit that we could raise."""


def alarm(pid: int) -> None:
    """Do nothing: no process can ask for an alarm here."""


def interrupt(pid: int) -> None:
    """End the program's first process: Ctrl-C is for consoles."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGTERM)


def stop(pid: int) -> bool:  # noqa: ARG001 (as on other systems)
    """Do nothing: no signal comes to a process here that could be missed."""
    return False


def go_on(pid: int) -> None:
    """Do nothing."""


def reap() -> dict[int, int]:
    """Return nobody: what has ended is gone."""
    return {}
