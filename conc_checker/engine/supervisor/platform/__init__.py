"""The one door to the operating system: which processes the subject has, what they do, and how to end them.

`Linux` reads /proc and can prove that a wait has no time-out. `Portable` works with psutil everywhere; it knows only
that a process used no CPU for a while, and takes the reason from the probe. Nobody else asks on which system we are.
"""

from __future__ import annotations

import os
import select
import sys

from conc_checker.engine.supervisor.platform.base import Address, Host, Kind, Process, Snapshot, Socket, Wait
from conc_checker.engine.supervisor.platform.portable import Portable
from conc_checker.engine.supervisor.platform.system import (
    alarm,
    allow_many_descriptors,
    before_exec,
    catches,
    command,
    go_on,
    interrupt,
    stop,
)

if sys.platform == "linux":
    from conc_checker.engine.supervisor.platform.linux import Linux

__all__ = (
    "Address",
    "Host",
    "Kind",
    "Process",
    "Snapshot",
    "Socket",
    "Wait",
    "alarm",
    "allow_many_descriptors",
    "before_exec",
    "catches",
    "choose",
    "exit_watch",
    "go_on",
    "has_ended",
    "has_many_addresses",
    "interrupt",
    "role",
    "stop",
)

_HELPERS = ("from multiprocessing.resource_tracker import main", "from multiprocessing.forkserver import main")

# Linux has sixteen million addresses on loopback, others one.
has_many_addresses = sys.platform == "linux"


def choose(name: str = "") -> Host:
    """Return the best host for this machine; `name` "portable" asks for the portable one."""
    if sys.platform == "linux" and name != "portable" and Linux.is_here():
        return Linux()
    return Portable()


def role(pid: int) -> str:
    """Return "helper" for the processes that multiprocessing itself adds, "worker" for others, by the command line."""
    line = command(pid)
    return "helper" if any(name in line for name in _HELPERS) else "worker"


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
