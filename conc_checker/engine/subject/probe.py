"""Installs the probe in this process: before the learner's code runs, and again in each process that it starts."""

from __future__ import annotations

import faulthandler
import functools
import os
import signal
import sys

from conc_checker.engine.subject import alarms, clock, file_times, limits, link, processes, settings, sites, sockets

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_installed = False


def install() -> None:
    """Install the probe once; without an address to report to, do nothing."""
    global _installed
    if _installed or not link.is_open():
        return
    _installed = True
    clock.install()
    limits.install()
    alarms.install()
    file_times.install()
    processes.install()
    sockets.install()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_before_fork, after_in_child=_after_fork_in_child)
    _prepare_stacks()
    _wrap_excepthook()
    sys.addaudithook(_audit)


_grant = 0  # the number of the last fork that this process was allowed; a child inherits its own


def _before_fork() -> None:
    global _grant
    if link.is_open() and not link.is_quiet():
        _grant = link.ask("fork", sites.here(), how="fork").get("grant", 0)


def _after_fork_in_child() -> None:
    link.forget_parent()
    link.emit("forked", sites.here(), grant=_grant)


def _prepare_stacks() -> None:
    """Let the supervisor ask for a dump of all stacks, by a real-time signal that nobody else uses.

    A handler in C: it works while the process hangs, holds the GIL, or has closed its output.
    """
    path = settings.current.stacks
    number = stack_signal()
    if path and number:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            import fcntl

            high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 190)
        finally:
            os.close(descriptor)
        faulthandler.register(number, file=high, all_threads=True, chain=False)


def _wrap_excepthook() -> None:
    """Learn of exceptions that end an interpreter, such as one in the import of a spawned child."""
    original = sys.excepthook

    @functools.wraps(original)
    def excepthook(kind: Any, error: BaseException, trace: Any) -> None:
        link.emit("raised", **sites.describe(error))
        original(kind, error, trace)

    sys.excepthook = excepthook


def stack_signal() -> int:
    """Return the signal that asks a process for its stacks; 0 where there is none to spare."""
    if not hasattr(faulthandler, "register"):
        return 0
    return int(getattr(signal, "SIGRTMAX", 0) or getattr(signal, "SIGINFO", 0))


# ── audit events: what Python reports of itself, and no program can take back ──────────────────────────────────────


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "import":
        clock.before_import(args[0])
        limits.before_import(args[0])
        return
    handle = _HANDLERS.get(event)
    if handle is not None and link.is_open() and not link.is_quiet():
        handle(event, args)


def _calls_a_debugger(event: str, args: tuple[Any, ...]) -> None:
    link.emit("debugger", sites.here())


def _starts_program(event: str, args: tuple[Any, ...]) -> None:
    site = sites.here()
    link.ask("fork", site, how=event, program=str(args[0])[:200] if args else "")


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _opens(event: str, args: tuple[Any, ...]) -> None:
    path, _, flags = args
    if isinstance(flags, int) and flags & _WRITING and not isinstance(path, int):
        _writes(path)


def _renames(event: str, args: tuple[Any, ...]) -> None:
    # A file may be written under another name and then moved to its own.
    if not isinstance(args[1], int):
        _writes(args[1])


def _writes(path: Any) -> None:
    try:
        name = os.path.join(os.getcwd(), os.fsdecode(path))
    except (TypeError, OSError):
        return
    name = os.path.realpath(name)
    if name.startswith(sites.folder()) and "__pycache__" not in name:
        relative = name[len(sites.folder()) :].replace(os.sep, "/")
        link.ask("open", sites.here(), path=relative, stack=sites.stack())


def _kills(event: str, args: tuple[Any, ...]) -> None:
    target, number = int(args[0]), int(args[1])
    link.emit("kill", sites.here(), target=target, signal=number)
    if number and (target == -1 or _is_protected(target, is_group=event == "os.killpg" or target < -1)):
        link.emit("kill-refused", sites.here(), target=target, signal=number)
        raise PermissionError(1, f"conc_checker: {event} of a process that is not part of this program")


def _is_protected(target: int, *, is_group: bool) -> bool:
    """Whether a signal to a process, or to a group (a negative number for os.kill), would hit the checker."""
    if not is_group:
        return target in settings.current.protected
    for pid in settings.current.protected:
        try:
            if os.getpgid(pid) == abs(target):
                return True
        except OSError:  # it has ended
            continue
    return False


def _connects(event: str, args: tuple[Any, ...]) -> None:
    place = args[1]
    if isinstance(place, tuple) and place and not str(place[0]).startswith(("127.", "::1", "localhost")):
        link.emit("outside", sites.here(), host=str(place[0])[:100])


def _binds(event: str, args: tuple[Any, ...]) -> None:
    address = args[1]
    if isinstance(address, tuple) and len(address) >= 2:
        link.emit("bind", sites.here(), host=str(address[0])[:100], port=address[1])


_HANDLERS: dict[str, Callable[[str, tuple[Any, ...]], None]] = {
    "pdb.Pdb": _calls_a_debugger,
    "open": _opens,
    "os.kill": _kills,
    "os.killpg": _kills,
    "os.rename": _renames,
    "os.posix_spawn": _starts_program,
    "os.system": _starts_program,
    "socket.bind": _binds,
    "socket.connect": _connects,
    "subprocess.Popen": _starts_program,
}
