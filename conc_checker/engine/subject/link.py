"""The probe's line to the supervisor: a connection for each thread, opened by the process that uses it.

Who reports is thereby known from outside: the supervisor asks the kernel which process opened a connection.
A learner may close every descriptor, fork anywhere, or interrupt us with a signal handler that comes back in here:
each of these opens a new connection, none reaches the learner as an error.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from _thread import get_ident
from time import monotonic as real_monotonic

from conc_checker.engine import channel
from conc_checker.engine.subject import settings
from conc_checker.record import lines
from conc_checker.record.events import ROUTINE

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from typing import Any

    from conc_checker.record.events import Kind

LOST = 70  # exit code of a process whose supervisor has gone (EX_SOFTWARE of sysexits.h)
SHORTEST_PAUSE = 0.001  # seconds; whoever pauses for less keeps a processor busy
_FIRST_DESCRIPTOR = 200  # above those that a learner looks at


class _Connection:
    """One socket, and how to tell that its descriptor is still ours."""

    def __init__(self, address: str) -> None:
        sock = channel.connect(address)
        self.sock = _with_high_descriptor(sock)
        self.identity = self._stat()
        self.busy = False  # somebody waits for a reply on it
        self.received = lines.Buffer()

    def _stat(self) -> tuple[int, int]:
        stat = os.fstat(self.sock.fileno())
        return stat.st_dev, stat.st_ino

    def is_ours(self) -> bool:
        """Whether the descriptor still is the socket that we opened; the learner may have closed or replaced it."""
        try:
            return self._stat() == self.identity
        except OSError:
            return False

    def drop(self) -> None:
        """Close the socket if it is ours; forget it otherwise."""
        if self.is_ours():
            self.sock.close()
        else:
            self.sock.detach()


class _Link:
    """All connections of this process."""

    def __init__(self) -> None:
        self.connections: dict[int, list[_Connection]] = {}
        self.news = 0
        self.pauses: dict[int, int] = {}  # by thread
        self.quiet: set[int] = set()  # threads that are inside the probe: what they do now is not the learner's


_link = _Link()


class _quiet:  # noqa: N801 (used as contextlib's are, which would cost each event some microseconds)
    """What a thread does in here is the probe's, and not the learner's."""

    __slots__ = ("_me", "_nested")

    def __init__(self, me: int) -> None:
        self._me = me

    def __enter__(self) -> None:
        self._nested = self._me in _link.quiet
        _link.quiet.add(self._me)

    def __exit__(self, *_: object) -> None:
        if not self._nested:
            _link.quiet.discard(self._me)


def is_open() -> bool:
    """Whether this process has a supervisor to report to."""
    return bool(settings.current.address)


def use(address: str) -> None:
    """Report to the supervisor at `address`, in a process that has not inherited one through its environment."""
    settings.current.address = settings.current.address or address


def address() -> str:
    """Return the supervisor's address; empty without one."""
    return settings.current.address


def is_quiet() -> bool:
    """Whether this thread is inside the probe at the moment."""
    return get_ident() in _link.quiet


def news() -> int:
    """Return how many events this process has reported that were more than asking and waiting."""
    return _link.news


def pauses() -> int:
    """Return how often this thread has paused: waited with a limit, for long enough to let others work."""
    return _link.pauses.get(get_ident(), 0)


def _count_pause(data: dict[str, Any]) -> None:
    if "place" in data and data.get("seconds", 0) >= SHORTEST_PAUSE:
        me = get_ident()
        _link.pauses[me] = _link.pauses.get(me, 0) + 1


def emit(kind: Kind, site: list[Any] | None = None, **data: Any) -> None:
    """Report an event and go on at once."""
    _exchange(kind, site, data, wanted=False)


def ask(kind: Kind, site: list[Any] | None = None, **data: Any) -> dict[str, Any]:
    """Report an event and wait for the supervisor's reply; the place where processes are held."""
    return _exchange(kind, site, data, wanted=True)


def forget_parent() -> None:
    """Start afresh in a forked child: its parent's connections are not its own."""
    for stack in _link.connections.values():
        for connection in stack:
            connection.drop()
    _link.connections = {}
    _link.quiet = set()


def _exchange(kind: Kind, site: list[Any] | None, data: dict[str, Any], *, wanted: bool) -> dict[str, Any]:
    if not settings.current.address:
        return {}
    if kind not in ROUTINE:
        _link.news += 1
    _count_pause(data)
    me = get_ident()
    with _quiet(me):
        return _send(me, _line(kind, site, data, wanted=wanted), wanted=wanted)


def _line(kind: Kind, site: list[Any] | None, data: dict[str, Any], *, wanted: bool) -> bytes:
    return lines.encode(
        {
            "kind": kind,
            "real": real_monotonic(),
            "thread": threading.get_native_id(),
            "site": site,
            "data": data,
            "reply": wanted,
        },
        default=lambda value: {"type": type(value).__name__},  # a learner may pass anything
    )


def _send(me: int, line: bytes, *, wanted: bool) -> dict[str, Any]:
    connection: _Connection | None = None
    try:
        connection = _idle_connection(me)
        connection.busy = True
        connection.sock.sendall(line)
        reply = _read_reply(connection) if wanted else {}
    except OSError:
        # The supervisor has gone, or ends this run. Without it nobody would ever stop this process.
        os._exit(LOST)
    except BaseException:
        # A signal handler of the learner's raised while we waited: the reply will come to nobody.
        if connection is not None:
            _give_up(me, connection)
        raise
    connection.busy = False
    return reply


def _idle_connection(me: int) -> _Connection:
    """Return a connection of this thread's on which nobody waits for a reply: an old one, or a new one.

    A signal handler may come in here while this thread waits for a reply: it gets a connection of its own.
    """
    stack = _link.connections.setdefault(me, [])
    connection = next((c for c in stack if not c.busy), None)
    if connection is not None and not connection.is_ours():
        stack.remove(connection)
        connection.drop()
        connection = None
    if connection is None:
        connection = _Connection(settings.current.address)
        stack.append(connection)
    return connection


def _give_up(me: int, connection: _Connection) -> None:
    stack = _link.connections.get(me, [])
    if connection in stack:
        stack.remove(connection)
        connection.drop()


class Question:
    """Something that the supervisor has been asked, and answers in its time: look for the answer, or take it back."""

    def __init__(self, kind: Kind, site: list[Any] | None = None, **data: Any) -> None:
        self._me = get_ident()
        self._connection: _Connection | None = None
        self._tell(kind, site, data, wanted=True)

    def say(self, kind: Kind) -> None:
        """Report an event on the same connection, and go on at once."""
        self._tell(kind, None, {})

    def is_answered(self) -> bool:
        """Whether the answer has come; does not wait for it."""
        connection = self._connection
        if connection is None:
            return True
        with _quiet(self._me):
            connection.sock.setblocking(False)
            try:
                part = connection.sock.recv(65536)
            except BlockingIOError:
                return False
            except OSError:
                part = b""
            finally:
                connection.sock.setblocking(True)
            if not part:
                os._exit(LOST)
        connection.received.add(part)
        if connection.received.next() is None:
            return False
        self._connection = None
        connection.busy = False
        return True

    def take_back(self, kind: Kind, **data: Any) -> None:
        """Say that the answer is not needed any more; it may have been on its way."""
        connection = self._connection
        if connection is None:
            return
        self._tell(kind, None, data, wanted=True)
        # One reply to this, and before it perhaps the answer, which is marked as such.
        with _quiet(self._me):
            try:
                while "answer" in _read_reply(connection):
                    pass
            except OSError:
                os._exit(LOST)
        self._connection = None
        connection.busy = False

    def drop(self) -> None:
        """Break off, because of an exception: the supervisor learns of it by the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            _give_up(self._me, connection)

    def _tell(self, kind: Kind, site: list[Any] | None, data: dict[str, Any], *, wanted: bool = False) -> None:
        _count_pause(data)
        with _quiet(self._me):
            try:
                if self._connection is None:
                    self._connection = _idle_connection(self._me)
                    self._connection.busy = True
                self._connection.sock.sendall(_line(kind, site, data, wanted=wanted))
            except OSError:
                os._exit(LOST)


def _read_reply(connection: _Connection) -> dict[str, Any]:
    received = connection.received
    while (line := received.next()) is None:
        part = connection.sock.recv(65536)
        if not part:
            raise ConnectionResetError
        received.add(part)
    reply: dict[str, Any] = json.loads(line)
    return reply


def _with_high_descriptor(sock: socket.socket) -> socket.socket:
    """Move a socket out of the low descriptors, so that the learner's files get the numbers they would get bare."""
    if sys.platform == "win32":
        return sock
    import fcntl

    try:
        high = fcntl.fcntl(sock.fileno(), fcntl.F_DUPFD_CLOEXEC, _FIRST_DESCRIPTOR)
    except OSError:  # a low limit of open files
        return sock
    moved = socket.socket(fileno=high)
    sock.close()
    return moved
