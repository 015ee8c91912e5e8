"""Waits with a limit: each is told to the supervisor, and its limit is one of the subject's clock.

Whatever of the standard library waits with a limit, does so in one of the few calls that are wrapped here: conditions,
events, queues, futures and timers all come down to a lock. While such a call waits, it looks in short turns whether it
has what it waits for; the supervisor says when the time is up. Each look in vain is reported, so that it can be
proven that nobody will get anything any more.
"""

from __future__ import annotations

import _thread
import faulthandler
import functools
import os
import select
import selectors
import signal
import socket
import sys

from conc_checker.engine.subject import builtin_types, clock, link, recurrence, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FIRST, _LONGEST = 0.0002, 0.02  # seconds of one turn: short at first, when the proof is still to come
_ENDLESS = 1e6  # seconds, eleven days: who waits for longer only wants to wait in a way that Ctrl-C ends
_SUBPROCESS = "subprocess"  # patched when somebody loads it: in advance that would cost too much

_is_service = False
_has_subprocess = False
_poll: Any = getattr(select, "poll", None)


def install() -> None:
    """Wrap what waits with a limit."""
    if not clock.is_virtual():
        return
    for kind in {type(_thread.allocate_lock()), _thread.RLock}:
        _wrap_method(kind, "acquire", _acquired)
    handle = getattr(_thread, "_ThreadHandle", None)  # from 3.13 on
    if handle is not None:
        _wrap_method(handle, "join", _thread_joined)
    _wrap_extensions()
    _wrap_select()
    _wrap_sockets()
    if hasattr(signal, "sigtimedwait"):
        _wrap_function(signal, "sigtimedwait", _signal_waited_for)
    if sys.platform == "win32":
        import _winapi

        for name in ("WaitForSingleObject", "WaitForMultipleObjects"):
            _wrap_function(_winapi, name, _handles_waited_for)
    _wrap_function(faulthandler, "dump_traceback_later", _dumps_later)
    _wrap_function(faulthandler, "cancel_dump_traceback_later", _dumps_no_more)
    if _SUBPROCESS in sys.modules:
        _patch_subprocess()


def before_import(name: str) -> None:
    """Patch a module of Python code that is about to be loaded: most processes never load it."""
    if name == _SUBPROCESS and clock.is_virtual():
        _patch_subprocess()


def become_a_service() -> None:
    """Say that this process serves others and looks around from time to time: nobody waits for its limits."""
    global _is_service
    _is_service = True


def _patch_subprocess() -> None:
    global _has_subprocess
    if os.name == "posix" and not _has_subprocess:
        _has_subprocess = True
        import subprocess

        _wrap_function(subprocess.Popen, "_wait", _program_waited_for)


# ── how one waits ────────────────────────────────────────────────────────────────────────────────────────────────────


def is_limit(seconds: Any) -> bool:
    """Whether a wait of so many seconds is one that the supervisor is told of."""
    return (
        isinstance(seconds, int | float)
        and 0 < seconds < _ENDLESS
        and link.is_open()
        and not link.is_quiet()
        and not _is_service
    )


def wait(attempt: Callable[[float], Any], seconds: float) -> Any:
    """Return what an attempt comes to: as soon as that is something, or when the time is up.

    `attempt` waits for up to some seconds of real time, and returns something false when it has got nothing.
    """
    found = attempt(0)
    if found:
        return found
    question = link.Question("timed-wait", sites.here(), seconds=seconds, **recurrence.state())
    turn = _FIRST
    try:
        while not question.is_answered():
            found = attempt(turn)
            if found:
                question.take_back("timed-wait-over", ended=True)
                return found
            question.say("looked")
            turn = min(2 * turn, _LONGEST)
        found = attempt(0)
        link.emit("timed-wait-over", ended=bool(found))
    except BaseException:  # raised by a signal handler of the learner's
        question.drop()
        raise
    return found


def _wrap_method(owner: Any, name: str, waiting: Callable[..., Any]) -> None:
    builtin_types.replace(owner, name, _wrapped(getattr(owner, name), waiting))


def _wrap_function(module: Any, name: str, waiting: Callable[..., Any]) -> None:
    setattr(module, name, _wrapped(getattr(module, name), waiting))


def _wrapped(original: Callable[..., Any], waiting: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def wrapper(*args: Any, **keywords: Any) -> Any:
        return waiting(original, *args, **keywords)

    return wrapper


# ── locks, queues, threads, signals ──────────────────────────────────────────────────────────────────────────────────


def _acquired(original: Callable[..., Any], lock: Any, *args: Any, **keywords: Any) -> Any:
    seconds = args[1] if len(args) > 1 else keywords.get("timeout")
    if seconds is None or len(args) > 2 or not is_limit(seconds):
        if isinstance(seconds, int | float) and seconds >= _ENDLESS and args[:1] != (False,):
            return original(lock)
        return original(lock, *args, **keywords)
    # Locks call it "blocking", semaphores between processes "block".
    if not (args[0] if args else keywords.get("blocking", keywords.get("block", True))):
        return original(lock, *args, **keywords)
    return wait(lambda turn: original(lock, True, turn) if turn else original(lock, False), seconds)


def _wrap_extensions() -> None:
    """Patch small modules in C at once: what is patched while it is being loaded may be loaded a second time."""
    import _multiprocessing  # type: ignore[import-not-found]
    import _queue

    _wrap_method(_queue.SimpleQueue, "get", _got)
    if hasattr(_multiprocessing, "SemLock"):
        _wrap_method(_multiprocessing.SemLock, "acquire", _acquired)


def _got(original: Callable[..., Any], queue: Any, block: bool = True, timeout: float | None = None) -> Any:
    if not block or not is_limit(timeout):
        return original(queue, block, timeout)
    assert timeout is not None
    empty = sys.modules["_queue"].Empty

    def attempt(turn: float) -> Any:
        try:
            return [original(queue, True, turn) if turn else original(queue, False)]
        except empty:
            return None

    found = wait(attempt, timeout)
    return found[0] if found else original(queue, False)


def _thread_joined(original: Callable[..., Any], handle: Any, timeout: float | None = None) -> None:
    if not is_limit(timeout):
        original(handle) if timeout is None else original(handle, timeout)
        return
    assert timeout is not None

    def attempt(turn: float) -> bool:
        original(handle, turn)
        return bool(handle.is_done())

    wait(attempt, timeout)


def _signal_waited_for(original: Callable[..., Any], signals: Any, seconds: float) -> Any:
    if not is_limit(seconds):
        return original(signals, seconds)
    return wait(lambda turn: original(signals, turn), seconds)


def _program_waited_for(original: Callable[..., Any], popen: Any, timeout: float | None) -> Any:
    """Wait for a program's end; by itself this would look, sleep, and look again."""
    if popen.returncode is None and is_limit(timeout):
        about = {"pid": popen.pid, "seconds": timeout, **recurrence.state()}
        if not link.ask("join-timed", sites.here(), **about).get("ended"):
            raise sys.modules["subprocess"].TimeoutExpired(popen.args, timeout)
        timeout = None
    return original(popen, timeout=timeout)


def _handles_waited_for(original: Callable[..., Any], *args: Any) -> Any:
    """Wait for Windows' handles; the limit comes last, in milliseconds."""
    timed_out = 0x102  # WAIT_TIMEOUT
    *what, limit = args
    if not is_limit(limit / 1000) or limit == 0xFFFFFFFF:  # INFINITE
        return original(*args)

    def attempt(turn: float) -> Any:
        found = original(*what, int(turn * 1000 + 0.999))
        return None if found == timed_out else [found]

    found = wait(attempt, limit / 1000)
    return found[0] if found else timed_out


# ── connections ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _wrap_select() -> None:
    _wrap_function(select, "select", _selected)
    if _poll is not None:
        _wrap_method(type(_poll()), "poll", _polled)
    if hasattr(select, "epoll"):
        _wrap_method(select.epoll, "poll", _epolled)
    if hasattr(select, "kqueue"):
        _wrap_method(select.kqueue, "control", _kqueue_asked)
    kind: Any = selectors.SelectSelector
    if hasattr(kind, "_select") and sys.platform != "win32":
        kind._select = staticmethod(select.select)  # the class has taken it by name


def _selected(original: Callable[..., Any], read: Any, write: Any, other: Any, timeout: float | None = None) -> Any:
    if not is_limit(timeout):
        return original(read, write, other, timeout)
    assert timeout is not None
    read, write, other = list(read), list(write), list(other)

    def attempt(turn: float) -> Any:
        found = original(read, write, other, turn)
        return found if any(found) else None

    return wait(attempt, timeout) or ([], [], [])


def _polled(original: Callable[..., Any], poll: Any, timeout: float | None = None) -> Any:
    if timeout is None or not is_limit(timeout / 1000):
        return original(poll, timeout)
    return wait(lambda turn: original(poll, turn * 1000), timeout / 1000) or []


def _epolled(original: Callable[..., Any], poll: Any, timeout: float | None = None, maxevents: int = -1) -> Any:
    if timeout is None or not is_limit(timeout):
        return original(poll, timeout, maxevents)
    return wait(lambda turn: original(poll, turn, maxevents), timeout) or []


def _kqueue_asked(
    original: Callable[..., Any], queue: Any, changes: Any, most: int, timeout: float | None = None
) -> Any:
    if not is_limit(timeout) or not most:
        return original(queue, changes, most, timeout)
    assert timeout is not None
    if changes:
        original(queue, changes, 0, 0)
    return wait(lambda turn: original(queue, None, most, turn), timeout) or []


def _wrap_sockets() -> None:
    if _poll is None:  # Windows: the limits of sockets stay the system's
        return
    kind: Any = socket.socket
    for name in ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into", "accept"):
        _wrap_socket_method(kind, name, select.POLLIN)
    for name in ("send", "sendto", "sendmsg"):
        _wrap_socket_method(kind, name, select.POLLOUT)
    _wrap_function(kind, "sendall", _sent)


def _wrap_socket_method(kind: Any, name: str, event: int) -> None:
    def waiting(original: Callable[..., Any], sock: Any, *args: Any, **keywords: Any) -> Any:
        _wait_until_ready(sock, event)
        return original(sock, *args, **keywords)

    if hasattr(kind, name):
        _wrap_function(kind, name, waiting)


def _sent(original: Callable[..., Any], sock: Any, data: Any, flags: int = 0) -> None:
    if not is_limit(sock.gettimeout()):
        original(sock, data, flags)
        return
    until = clock.now() + sock.gettimeout()
    rest = memoryview(data).cast("B")
    while rest:
        _wait_until_ready(sock, select.POLLOUT, until - clock.now())
        rest = rest[socket.SocketType.send(sock, rest, flags) :]


def _wait_until_ready(sock: Any, event: int, seconds: float | None = None) -> None:
    """Wait for as long as a socket's own limit allows, where it has one."""
    seconds = sock.gettimeout() if seconds is None else max(seconds, 1e-9)
    if not is_limit(seconds) or sock.fileno() < 0:
        return
    poll = _poll()
    poll.register(sock.fileno(), event)
    look = type(poll).poll.__wrapped__
    if not wait(lambda turn: look(poll, turn * 1000), seconds):
        raise TimeoutError("timed out")


# ── a watchdog of the interpreter's ──────────────────────────────────────────────────────────────────────────────────

_watchdog: Any = None  # the lock whose release ends it


def _dumps_later(original: Callable[..., Any], timeout: float, *args: Any, **keywords: Any) -> None:
    """Do as faulthandler's thread in C does, whose time is the kernel's."""
    if not is_limit(timeout):
        original(timeout, *args, **keywords)
        return
    global _watchdog
    _dumps_no_more(None)
    about = dict(zip(("repeat", "file", "exit"), args, strict=False)) | keywords
    _watchdog = _thread.allocate_lock()
    _watchdog.acquire()
    _thread.start_new_thread(_watch, (_watchdog, timeout, about))


def _dumps_no_more(original: Callable[..., Any] | None) -> None:
    global _watchdog
    if _watchdog is not None:
        _watchdog.release()
        _watchdog = None
    if original is not None:
        original()


def _watch(cancelled: Any, timeout: float, about: dict[str, Any]) -> None:
    while not cancelled.acquire(True, timeout):
        try:
            faulthandler.dump_traceback(about.get("file") or sys.stderr, all_threads=True)
        except (OSError, ValueError):  # the file has been closed
            return
        if about.get("exit"):
            os._exit(1)
        if not about.get("repeat"):
            return
