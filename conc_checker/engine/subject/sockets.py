"""Reports what the learner's code does with sockets, where the kernel's tables do not tell: from which line.

Also the one place where the checker bends what a call does, within what its documentation allows: `send()` may take
only a part of what it is given, and says so by what it returns; `recv()` may return less than is there. Where a check
asks for it, they do.
"""

from __future__ import annotations

import functools
import os
import socket
import stat
import sys

from conc_checker.engine.subject import clock, link, processes, settings, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_WRITE_OF_A_FILE = socket.SocketIO.write.__code__  # hands on what send() returns; a buffer above it sends the rest
_told: set[str] = set()  # the lines of which it has been reported that their data were sent in part


def install() -> None:
    """Wrap what learners call on a socket."""
    kind: Any = socket.socket
    processes.wrap(kind, "accept", _accepted)
    processes.wrap(kind, "recv", _received)
    processes.wrap(kind, "recv_into", _received)
    if settings.current.short_writes:
        processes.wrap(kind, "send", _sent_in_part)
        if hasattr(kind, "sendmsg"):
            processes.wrap(kind, "sendmsg", _sent_in_part_of_many)
        _wrap_write()


def _accepted(original: Callable[..., Any], listener: Any) -> Any:
    try:
        connection, address = original(listener)
    except TimeoutError:
        processes.count_poll("TimeoutError")
        raise
    port = address[1] if isinstance(address, tuple) and len(address) > 1 else 0
    if settings.current.small_buffers:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 14)
    link.ask("accepted", sites.here(), port=port)
    return connection, address


def _received(original: Callable[..., Any], sock: Any, *args: Any, **keywords: Any) -> Any:
    if settings.current.short_reads:
        args = _for_one_byte(original.__name__, args, keywords)
    try:
        found = original(sock, *args, **keywords)
    except OSError as error:
        processes.count_poll(type(error).__name__)
        raise
    if not found:
        # The end of the stream: who reads on gets it again and again.
        processes.count_poll("recv")
    return found


def _for_one_byte(name: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, ...]:
    """Return the arguments of a call that asks for one byte only; one with flags, or for nothing, stays as it is."""
    if keywords or not args or len(args) > (1 if name == "recv" else 2):
        return args
    try:
        if name == "recv":
            return (1,) if args[0] > 1 else args
        asked = args[1] if args[1:] and args[1] else memoryview(args[0]).nbytes
    except TypeError:
        return args  # Python's own error is the better one
    return (args[0], 1) if asked > 1 else args


def _sent_in_part(original: Callable[..., Any], sock: Any, data: Any, *args: Any) -> Any:
    if _sends_the_rest(sys._getframe(2)):
        return original(sock, data, *args)
    view = memoryview(data).cast("B")
    count = original(sock, view[: _most(len(view))], *args)
    _tell(count, len(view))
    return count


def _sent_in_part_of_many(original: Callable[..., Any], sock: Any, buffers: Any, *args: Any) -> Any:
    views = [memoryview(data).cast("B") for data in buffers]
    size = sum(map(len, views))
    if _sends_the_rest(sys._getframe(2)):
        return original(sock, views, *args)
    part, room = [], _most(size)
    for view in views:
        part.append(view[:room])
        room -= len(part[-1])
    count = original(sock, part, *args)
    _tell(count, size)
    return count


def _wrap_write() -> None:
    """Let also who writes to a connection's descriptor get rid of a part only."""
    original = os.write

    @functools.wraps(original)
    def write(descriptor: int, data: Any, /) -> int:
        if not link.is_open() or link.is_quiet() or not _is_socket(descriptor) or _sends_the_rest(sys._getframe(1)):
            return original(descriptor, data)
        view = memoryview(data).cast("B")
        count = original(descriptor, view[: _most(len(view))])
        _tell(count, len(view))
        return count

    os.write = write


def _is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except (OSError, TypeError):
        return False  # Python's own error is the better one


def _most(size: int) -> int:
    """Return how much of so many bytes is taken: half, but at least one."""
    return (size + 1) // 2


def _sends_the_rest(caller: FrameType) -> bool:
    """Whether the standard library sends, which knows that it may be a part; but for a file without a buffer."""
    return clock.is_library(caller) and caller.f_code is not _WRITE_OF_A_FILE


def _tell(sent: int, size: int) -> None:
    site = sites.here()
    if sent < size and str(site) not in _told:
        _told.add(str(site))
        link.emit("sent-in-part", site, sent=sent, size=size)
