"""Reports what the learner's code does with sockets, where the kernel's tables do not tell: from which line.

Also the one place where the checker bends what a call does, within what its documentation allows: `send()` may take
only a part of what it is given, and says so by what it returns. Where a check asks for it, it does.
"""

from __future__ import annotations

import functools
import os
import socket
import sys

from conc_checker.subject import clock, link, processes, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SHORT_WRITES = "CONC_CHECKER_SHORT_WRITES"

_told: set[str] = set()  # the lines of which it has been reported that their data were sent in part


def install() -> None:
    """Wrap what learners call on a socket."""
    kind: Any = socket.socket
    _wrap(kind, "accept", _accepted)
    _wrap(kind, "recv", _received)
    _wrap(kind, "recv_into", _received)
    if os.environ.get(SHORT_WRITES):
        _wrap(kind, "send", _sent_in_part)


def _wrap(kind: Any, name: str, report: Callable[..., Any]) -> None:
    original = getattr(kind, name)

    @functools.wraps(original)
    def wrapper(self: Any, *args: Any, **keywords: Any) -> Any:
        if not link.is_open() or link.is_quiet():
            return original(self, *args, **keywords)
        return report(original, self, *args, **keywords)

    setattr(kind, name, wrapper)


def _accepted(original: Callable[..., Any], listener: Any) -> Any:
    connection, address = original(listener)
    port = address[1] if isinstance(address, tuple) and len(address) > 1 else 0
    link.ask("accepted", sites.here(), port=port)
    return connection, address


def _received(original: Callable[..., Any], sock: Any, *args: Any, **keywords: Any) -> Any:
    found = original(sock, *args, **keywords)
    if not found:
        # The end of the stream: who reads on gets it again and again.
        processes.count_poll("recv")
    return found


def _sent_in_part(original: Callable[..., Any], sock: Any, data: Any, *args: Any) -> Any:
    if clock.is_library(sys._getframe(2)):
        return original(sock, data, *args)
    view = memoryview(data).cast("B")
    part = view[: (len(view) + 1) // 2]
    count = original(sock, part, *args)
    site = sites.here()
    if count < len(view) and str(site) not in _told:
        _told.add(str(site))
        link.emit("sent-in-part", site, sent=count, size=len(view))
    return count
