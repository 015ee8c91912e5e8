"""What happens between a learner's server and its clients: the clients' acts, and the kernel's word on who holds what.

Nothing that a process says of itself is used here. Which process holds a connection, whether bytes are still under
way are facts of the kernel's tables.
"""

from __future__ import annotations

import random
import selectors
import socket
from typing import TYPE_CHECKING, Any

from conc_checker.engine import wire
from conc_checker.engine.supervisor import platform
from conc_checker.engine.supervisor.clients import SLOW_BUFFER, Client, Clients
from conc_checker.engine.supervisor.platform.base import FIN_WAIT1, LISTEN, SYN_RECEIVED, Socket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.engine.supervisor.clients import Handler
    from conc_checker.engine.supervisor.journal import Journal
    from conc_checker.engine.supervisor.platform import Address, Host, Process

_LOWEST_PORT, _HIGHEST_PORT = 20_000, 30_000  # below those that kernels give away by themselves


def free_address() -> Address:
    """Return an address on loopback at which nobody listens.

    Where loopback has millions of them, one that only this run uses keeps its port free also between two starts of a
    server, whatever else runs on the machine.
    """
    chance = random.SystemRandom()
    while True:
        host = "127.0.0.1"
        if platform.has_many_addresses:
            host = f"127.{chance.randint(1, 254)}.{chance.randint(0, 255)}.{chance.randint(1, 254)}"
        port = chance.randint(_LOWEST_PORT, _HIGHEST_PORT)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return host, port


class Network:
    """The network of one run: `address` is where the server is to listen."""

    def __init__(
        self,
        host: Host,
        journal: Journal,
        watch: Callable[[Any, int, Handler], None],
        unwatch: Callable[[Any], None],
    ) -> None:
        self._host = host
        self._journal = journal
        self._watch = watch
        self._unwatch = unwatch
        self._offer: socket.socket | None = None
        self.clients = Clients(journal, watch, unwatch)
        self.address: Address = ("", 0)
        self.accepted: set[int] = set()  # ports of clients that processes say they have taken; nothing rests on it

    def offer(self) -> Address:
        """Return an address to which the subject may connect: its connection becomes a client."""
        if self._offer is None:
            self._offer = socket.create_server(("127.0.0.1", 0))
            self._offer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_BUFFER)
            self._offer.setblocking(False)
            self._watch(self._offer, selectors.EVENT_READ, self._take_offer)
        host, port = self._offer.getsockname()
        return host, port

    def _take_offer(self, _mask: int) -> None:
        assert self._offer is not None
        try:
            sock, peer = self._offer.accept()
        except OSError:
            return
        self.clients.adopt(sock, peer)

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def connect(self, *, slow: bool) -> int:
        """Let a new client connect to the server, and return its number."""
        return self.clients.connect(self.address, slow=slow)

    def act(self, operation: wire.Say | wire.Leave | wire.Read | wire.AllLeave) -> None:
        """Do what the test lets a client do."""
        match operation:
            case wire.Say(client, data):
                self.clients.say(client, data)
            case wire.Leave(client, how):
                self.clients.leave(client, how)
            case wire.Read(client, size):
                self.clients.read(client, size)
            case wire.AllLeave():
                self.clients.close()

    # ── goals ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def has_reached(self, goal: wire.Goal) -> bool:
        """Whether the clients have got what the goal asks for; needs no look at the processes."""
        match goal:
            case wire.Connected(count):
                return len(self.clients.all) >= count
            case wire.Heard(numbers, size):
                mine = [self.clients[number] for number in numbers]
                return all(client.heard >= size or not client.is_open for client in mine)
            case wire.EndSeen(number):
                return not self.clients[number].is_open
            case wire.Accepted(number):
                client = self.clients[number]
                return client.state == "refused" or client.address[1] in self.accepted
        return False

    def _is_accepted(self, client: Client) -> bool:
        if client.state == "connecting":
            return False
        rows = [
            s for s in self._host.sockets([], client.address[1]) if (s.local, s.remote) == (client.peer, client.address)
        ]
        return all(row.accepted for row in rows)

    def sees(self, goal: wire.Goal, tree: list[Process], main: int) -> bool:
        """Whether the goal is reached by what the kernel lists now."""
        match goal:
            case wire.Listening():
                alive = [p for p in tree if p.is_alive]
                found = self._host.sockets(alive, self.address[1], listening=True)
                return any(s.state == LISTEN and s.local == self.address and s.owners for s in found)
            case wire.Accepted(number):  # by a road that the probe does not know
                return self._is_accepted(self.clients[number])
            case wire.Apart(numbers):
                holders = self._holders(self._sockets(tree))
                mine = [holders.get(number, []) for number in numbers]
                alone = [pids[0] for pids in mine if len(pids) == 1]
                return len(set(alone)) == len(mine) and main not in alone
        return False  # a goal that needs more than a look

    def is_moving(self) -> bool:
        """Whether bytes are still under way: then it is too early to say that nothing will happen any more."""
        if not self.clients.all:
            return False
        # Each connection of this run has this port at one of its ends.
        port = self._offer.getsockname()[1] if self._offer is not None else self.address[1]
        sockets = {(s.local, s.remote): s for s in self._host.sockets([], port)}
        return any(self._is_under_way(client, sockets) for client in self.clients.all.values())

    def _is_under_way(self, client: Client, sockets: dict[tuple[Address, Address], Socket]) -> bool:
        if client.state == "refused":
            return False
        if client.is_open and self.clients.is_sending(client):
            return True
        theirs = sockets.get((client.peer, client.address))
        if theirs is not None and theirs.state == SYN_RECEIVED:
            return True
        if theirs is not None and theirs.unsent and client.is_open and client.reads:
            return True  # what waits for a client that does not read stays where it is
        ours = sockets.get((client.address, client.peer))
        return ours is not None and ours.state == FIN_WAIT1 and ours.unsent <= 1  # its end is on its way

    # ── facts for the trace ──────────────────────────────────────────────────────────────────────────────────────────

    def note_heard(self, numbers: Iterable[int]) -> None:
        """Note what these clients have heard so far."""
        for number in numbers:
            self.clients.note_heard(self.clients[number])

    def _holders(self, sockets: list[Socket]) -> dict[int, list[int]]:
        """Return which processes hold the server's side of each client's connection; none before it is accepted."""
        owners = {(s.local, s.remote): sorted(s.owners) for s in sockets if s.state != LISTEN}
        return {c.number: owners.get((c.peer, c.address), []) for c in self.clients.all.values()}

    def note_holders(self, tree: list[Process]) -> set[int]:
        """Note who holds which connection, and who listens where; return the processes that hold connections."""
        sockets = self._sockets(tree)
        listening = [[*s.local, pid] for s in sockets if s.state == LISTEN for pid in sorted(s.owners)]
        mine = [pid for host, port, pid in listening if (host, port) == self.address]
        elsewhere = [row for row in listening if (row[0], row[1]) != self.address]
        holders = {str(n): pids for n, pids in self._holders(sockets).items()}
        rows = {(s.local, s.remote): s.unread for s in sockets}
        unread = {str(c.number): rows.get((c.peer, c.address), 0) for c in self.clients.all.values()}
        facts = {"clients": holders, "listeners": mine, "elsewhere": elsewhere, "unread": unread}
        self._journal.note("holders", facts)
        return {pid for pids in holders.values() for pid in pids}

    def _sockets(self, tree: list[Process]) -> list[Socket]:
        return self._host.sockets([p for p in tree if p.is_alive])

    def close(self) -> None:
        """Let all clients leave."""
        self.clients.close()
        if self._offer is not None:
            self._unwatch(self._offer)
            self._offer.close()
            self._offer = None
