"""The clients of a learner's server: real sockets on loopback, which do what the test says, when it says so.

Each reads what comes as soon as it comes, unless it is told to be slow. What it has heard is kept as a size, a digest
and its two ends, however much it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import selectors
import socket
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker.engine.wire import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conc_checker.engine.supervisor.journal import Journal
    from conc_checker.engine.supervisor.platform import Address

    Handler = Callable[[int], None]

SHOWN = 120  # bytes of what was said or heard that an event carries
_PART = 1 << 18  # bytes that are read at a time
SLOW_BUFFER = 1 << 14  # bytes that the kernel keeps for a client that does not read
_TCP_INFO_RETRANSMITS, _TCP_INFO_UNACKED = 2, 24  # offsets in struct tcp_info, <linux/tcp.h>


@dataclass(slots=True)
class Client:
    """One connection, seen from the client's side.

    `state` is "connecting", "open", "half" (it has said its last word), "left" (closed by us), "ended" (the server has
    closed), "reset" or "refused"; `heard` counts all bytes, `fresh` holds the first ones since the last note.
    """

    number: int
    sock: socket.socket
    address: Address
    peer: Address  # a port of ours may also be one of another connection, to somebody else
    state: str = "open"
    pending: bytearray = field(default_factory=bytearray)
    heard: int = 0
    noted: int = 0
    fresh: bytearray = field(default_factory=bytearray)
    digest: Any = field(default_factory=hashlib.sha256)
    reads: bool = True
    allowance: int = 0  # bytes that a slow client may still read
    will_leave: str = ""  # once everything has been said

    @property
    def is_open(self) -> bool:
        """Whether something may still be heard."""
        return self.state in ("open", "half", "connecting")


class Clients:
    """All clients of a run; `watch` and `unwatch` register a socket with the run's selector."""

    def __init__(self, journal: Journal, watch: Callable[[Any, int, Handler], None], unwatch: Callable[[Any], None]):
        self._journal = journal
        self._watch = watch
        self._unwatch = unwatch
        self.all: dict[int, Client] = {}

    def __getitem__(self, number: int) -> Client:
        if number not in self.all:
            raise WireError(f"there is no client {number}: known are {', '.join(map(str, self.all)) or 'none'}")
        return self.all[number]

    def connect(self, address: Address, *, slow: bool = False) -> int:
        """Let a new client connect; whether somebody answers shows in its state. `slow` keeps its buffer small."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if slow:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_BUFFER)
        sock.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = self._add(sock, sock.getsockname(), address)
        client.state = "connecting"
        self._watch(sock, selectors.EVENT_WRITE, lambda _mask: self._connected(client))
        return client.number

    def _connected(self, client: Client) -> None:
        """Take note of how connecting has ended."""
        error = client.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        client.state = "refused" if error else "open"
        facts = {"client": client.number, "state": client.state, "port": client.address[1]}
        self._journal.note("client-connect", facts)
        self._unwatch(client.sock)
        if error:
            client.sock.close()
        else:
            self._write(client)

    def adopt(self, sock: socket.socket, peer: Address) -> int:
        """Take a connection that stands already as a new client; `peer` is the other side's address."""
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = self._add(sock, sock.getsockname(), peer)
        self._journal.note("client-connect", {"client": client.number, "state": "open"})
        self._rewatch(client)
        return client.number

    def _add(self, sock: socket.socket, address: Address, peer: Address) -> Client:
        number = len(self.all) + 1
        self.all[number] = Client(number, sock, address, peer)
        return self.all[number]

    # ── what a test lets them do ─────────────────────────────────────────────────────────────────────────────────────

    def say(self, number: int, data: bytes) -> None:
        """Send bytes, as far as the network takes them now; the rest follows."""
        client = self[number]
        self.note_heard(client)
        self._journal.note("client-said", {"client": number, "size": len(data), "text": _text(data)})
        client.pending += data
        self._write(client)

    def leave(self, number: int, how: str) -> None:
        """End a connection: "close", "half" (only the sending side), or "reset"; after all that was to be said."""
        client = self[number]
        self.note_heard(client)
        self._journal.note("client-leave", {"client": number, "how": how})
        client.will_leave = how
        if how == "reset" or not client.pending:
            self._leave(client)

    def read(self, number: int, size: int | None) -> None:
        """Let a client read so many bytes and then no more; None lets it read everything from now on."""
        client = self[number]
        client.reads = size is None
        client.allowance = size or 0
        self._rewatch(client)

    def note_heard(self, client: Client) -> None:
        """Put into the journal what a client has heard since the last time, and of all: its size and digest."""
        fresh = client.heard - client.noted
        if fresh or not client.noted:
            self._journal.note(
                "client-heard",
                {
                    "client": client.number,
                    "size": fresh,
                    "text": _text(bytes(client.fresh)),
                    "total": client.heard,
                    "digest": client.digest.hexdigest(),
                },
            )
        client.noted = client.heard
        client.fresh.clear()

    def close(self) -> None:
        """Let all of them leave."""
        for client in self.all.values():
            if client.state not in ("left", "refused"):
                client.pending.clear()
                client.will_leave = "close"
                self._leave(client)

    # ── what comes from the network ──────────────────────────────────────────────────────────────────────────────────

    def _ready(self, client: Client, mask: int) -> None:
        if mask & selectors.EVENT_WRITE:
            self._write(client)
        if mask & selectors.EVENT_READ and client.is_open:
            self._read(client)

    def _write(self, client: Client) -> None:
        if client.state == "connecting":
            return
        try:
            while client.pending:
                count = client.sock.send(client.pending[:_PART])
                del client.pending[:count]
        except BlockingIOError:
            pass
        except OSError:
            client.pending.clear()
            self._end(client, "reset")
            return
        if not client.pending and client.will_leave:
            self._leave(client)
        else:
            self._rewatch(client)

    def _read(self, client: Client) -> None:
        # An end is noticed also by who does not read: as an end of the connection, not as an empty part.
        most = _PART if client.reads else min(_PART, client.allowance)
        if not most:
            return
        try:
            part = client.sock.recv(most)
        except BlockingIOError:
            return
        except OSError:
            self._end(client, "reset")
            return
        if not part:
            self._end(client, "ended")
            return
        _confirm(client.sock)
        client.allowance -= 0 if client.reads else len(part)
        client.heard += len(part)
        client.digest.update(part)
        client.fresh += part[: SHOWN - len(client.fresh)]
        if not client.reads and not client.allowance:
            self._rewatch(client)

    def _end(self, client: Client, how: str) -> None:
        if client.is_open:
            self.note_heard(client)
            client.state = how
            self._journal.note("client-end", {"client": client.number, "how": how})
        self._rewatch(client)

    def _leave(self, client: Client) -> None:
        how, client.will_leave = client.will_leave, ""
        with contextlib.suppress(OSError):
            if how == "half":
                client.sock.shutdown(socket.SHUT_WR)
                client.state = "half" if client.state == "open" else client.state
                return
            if how == "reset":
                client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.state = "left"
        self._unwatch(client.sock)
        client.sock.close()

    def _rewatch(self, client: Client) -> None:
        if client.state == "connecting":
            return
        events = selectors.EVENT_WRITE if client.pending else 0
        if client.is_open and (client.reads or client.allowance):
            events |= selectors.EVENT_READ
        if client.sock.fileno() < 0:
            return
        self._unwatch(client.sock)
        if events:
            self._watch(client.sock, events, lambda mask: self._ready(client, mask))

    # ── what is under way ────────────────────────────────────────────────────────────────────────────────────────────

    def is_sending(self, client: Client) -> bool:
        """Whether the other side's kernel has not confirmed yet what was sent; False where no kernel tells."""
        if client.sock.fileno() < 0 or not hasattr(socket, "TCP_INFO"):
            return False
        try:
            info = client.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
        except OSError:
            return False
        if client.state == "connecting":
            return not info[_TCP_INFO_RETRANSMITS]  # later, nobody has room for it
        return bool(struct.unpack_from("I", info, _TCP_INFO_UNACKED)[0])


def _confirm(sock: socket.socket) -> None:
    """Let the kernel confirm at once what we have read: otherwise it waits up to 40 ms for something to add to that."""
    if hasattr(socket, "TCP_QUICKACK"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _text(data: bytes) -> str:
    """Return the begin of bytes, each as one character."""
    return data[:SHOWN].decode("latin-1")
