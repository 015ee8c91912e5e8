"""Messages from the subject's processes: received on connections whose owners the kernel names, put in causal order."""

from __future__ import annotations

import contextlib
import json
import selectors
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker.engine import channel
from conc_checker.record import lines
from conc_checker.record.events import OF_SUPERVISOR
from conc_checker.record.trace import Event

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable

    from conc_checker.engine.supervisor.output import Output
    from conc_checker.engine.wire import Limit

MOST_BYTES = 16 * 1024 * 1024  # of output, or of one message
_MOST_READS = 64  # rounds over all connections before the first message is taken
_MOST_GARBAGE = 20_000  # lines
_LINES_EACH = 8  # connections for each process that may live: far below the limit of open files, which we need, too


@dataclass(slots=True)
class Line:
    """A connection from one thread of the subject; `pid` is vouched for."""

    sock: socket.socket
    pid: int
    received: lines.Buffer = field(default_factory=lines.Buffer)

    def reply(self, **data: Any) -> None:
        """Answer the process that waits at the other end; one that has ended does not mind."""
        with contextlib.suppress(OSError):  # also where replies pile up that nobody reads: we wait for nobody
            self.sock.sendall(lines.encode(data))


@dataclass(slots=True)
class Message:
    """What a process said, and whether it waits for an answer; the event's `real` is the monotonic clock."""

    line: Line
    event: Event
    reply: bool


class Inbox:
    """All connections of a run, its output streams, and the descriptors on which pytest makes itself felt."""

    def __init__(self, folder: str, outer: Iterable[Any], cap: int = 64) -> None:
        self._most_lines = _LINES_EACH * cap
        self._selector = selectors.DefaultSelector()
        self._listener, self.address = channel.listen(folder, "s")
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        for watch in outer:
            self._selector.register(watch, selectors.EVENT_READ, "outer")
        self.has_other_news = False  # a socket of ours was ready
        self.is_interrupted = False  # pytest wants something, or is gone
        self.limit: tuple[Limit, int] | None = None  # what was more than a run may have, and how much
        self._garbage = 0
        self._bytes = 0
        self._lines = 0
        self.on_new_line: Callable[[int], None] = lambda _pid: None
        self.on_closed: Callable[[Line], None] = lambda _line: None

    def listen_to(self, stream: Any, output: Output) -> None:
        """Keep what comes on one of the subject's output streams."""
        self._selector.register(stream, selectors.EVENT_READ, output)

    def watch(self, sock: Any, events: int, handler: Callable[[int], None]) -> None:
        """Call a handler when a socket is ready for these events."""
        self._selector.register(sock, events, handler)

    def unwatch(self, sock: Any) -> None:
        """Watch a socket no longer, if it was."""
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(sock)

    def receive(self, timeout: float) -> list[Message]:
        """Return all messages that are there, in causal order; wait for at most some seconds for the first.

        A message that was caused by another arrives after it, but perhaps on a socket that is read before: so
        everything that is there is read before the first message is taken, and sorted by the senders' clock.
        """
        messages: list[Message] = []
        for _ in range(_MOST_READS):  # a subject that never stops talking must not keep us from looking
            ready = self._selector.select(timeout)
            timeout = 0
            self.is_interrupted = self.is_interrupted or any(key.data == "outer" for key, _ in ready)
            mine = [(key, mask) for key, mask in ready if key.data != "outer"]
            if not mine:
                break
            for key, mask in mine:
                if key.data is None:
                    self._accept()
                elif isinstance(key.data, Line):
                    messages += self._read(key.data)
                elif callable(key.data):
                    key.data(mask)
                    self.has_other_news = True
                else:
                    self._read_output(key.fileobj, key.data)
        return sorted(messages, key=lambda m: m.event.real)

    def descriptors(self) -> list[Any]:
        """Return what becomes readable when there is something to receive: where that works, the selector itself."""
        if hasattr(self._selector, "fileno"):
            return [self._selector]
        return [key.fileobj for key in self._selector.get_map().values() if key.data != "outer"]

    def close(self) -> None:
        """Close all connections."""
        for key in list(self._selector.get_map().values()):
            if isinstance(key.data, Line):
                key.data.sock.close()
        self._selector.close()
        self._listener.close()

    def _accept(self) -> None:
        for _ in range(_MOST_READS):
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            if self._lines >= self._most_lines:
                self.limit = self.limit or ("too-many-connections", self._lines)
                sock.close()
                return
            pid = channel.peer_pid(sock)
            if pid is None:
                sock.close()
                continue
            self._lines += 1
            sock.setblocking(False)
            self._selector.register(sock, selectors.EVENT_READ, Line(sock, pid))
            self.on_new_line(pid)

    def _read(self, line: Line) -> list[Message]:
        if self.limit:  # the run is over
            return []
        try:
            part = line.sock.recv(262144)
        except BlockingIOError:
            return []
        except OSError:
            part = b""
        if not part:
            self._selector.unregister(line.sock)
            line.sock.close()
            self._lines -= 1
            self.on_closed(line)
            return []
        self._bytes += len(part)
        line.received.add(part)
        found = [parse(line, text) for text in line.received.lines()]
        messages = [message for message in found if message is not None]
        self._garbage += len(found) - len(messages)
        if self._garbage > _MOST_GARBAGE or len(line.received) > MOST_BYTES or self._bytes > 8 * MOST_BYTES:
            self.limit = self.limit or ("too-many-events", self._garbage)
        return messages

    def _read_output(self, stream: Any, output: Output) -> None:
        try:
            part = stream.read(65536)
        except OSError:
            part = b""
        if part == b"":
            self._selector.unregister(stream)
        elif part:
            output.add(part)
            if output.size > MOST_BYTES:
                self.limit = self.limit or ("endless-output", output.size)


def parse(line: Line, text: bytes) -> Message | None:
    """Read one message; None for what is not one (a learner may write to any socket) or cannot come from a process."""
    try:
        plain = json.loads(text)
        data = plain["data"]
        if not isinstance(data, dict) or not _is_sound(data):
            return None
        # Whose process it is, and what the clock shows there, is not for a process to say; nor is the future.
        real = max(0.0, min(time.monotonic(), float(plain["real"])))
        said = {"kind": plain["kind"], "thread": plain["thread"], "site": plain.get("site"), "data": data}
        event = Event.from_json({**said, "pid": line.pid, "real": real})
        return Message(line, event, bool(plain["reply"])) if event.kind not in OF_SUPERVISOR else None
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def _is_sound(data: dict[str, Any]) -> bool:
    """Whether the entries that the supervisor itself reads are numbers such as the probe sends."""
    if not all(isinstance(data.get(name, 0), int) for name in ("place", "state")):
        return False
    numbers = [data[name] for name in ("count", "grant", "interval", "port", "seconds", "task") if name in data]
    numbers += [data[name] for name in ("pid", "ppid") if data.get(name) is not None]
    return all(isinstance(n, int | float) and abs(n) < 1e12 for n in numbers)
