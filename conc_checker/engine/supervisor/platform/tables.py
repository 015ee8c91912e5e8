"""The TCP sockets of this machine as the operating system lists them, and which processes hold them."""

from __future__ import annotations

import os
import socket
from functools import cache
from typing import TYPE_CHECKING

from conc_checker.engine.supervisor.platform import diag, proc
from conc_checker.engine.supervisor.platform.base import FIN_WAIT1, LISTEN, SYN_RECEIVED, Socket

if TYPE_CHECKING:
    from collections.abc import Iterable

# <net/tcp_states.h>; psutil uses the same names, but for the last two.
_STATES = {3: SYN_RECEIVED, 4: FIN_WAIT1, 10: LISTEN, 12: SYN_RECEIVED}


def from_kernel(pids: Iterable[int], port: int | None = None, *, listening: bool = False) -> list[Socket]:
    """Ask Linux for its TCP sockets, and look at the descriptors of these processes.

    With `port`, only for those that have it at one of their ends; with `listening`, only for those that listen.
    """
    owners: dict[int, set[int]] = {}
    for pid in pids:
        for inode in _inodes(pid):
            owners.setdefault(int(inode), set()).add(pid)
    try:
        rows = diag.rows(port, listening=listening)
    except OSError:  # a kernel without sock_diag, or one that hides it
        rows = [row for row in _rows_from_proc() if port is None or port in (row.local[1], row.remote[1])]
    return [
        Socket(
            (_text(row.local[0]), row.local[1]),
            (_text(row.remote[0]), row.remote[1]),
            _STATES.get(row.state, f"{row.state:02X}"),
            frozenset(owners.get(row.inode, ())),
            row.unsent,
            row.unread,
            row.inode != 0,
        )
        for row in rows
    ]


def _rows_from_proc() -> list[diag.Row]:
    """Read Linux's tables as text (proc_net(5)), which takes some milliseconds, however short they are."""
    found: list[diag.Row] = []
    for file in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        try:
            with open(file, encoding="ascii") as table:
                lines = table.readlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            unsent, _, unread = fields[4].partition(":")
            counts = int(fields[3], 16), int(unsent, 16), int(unread, 16), int(fields[9])
            found.append(diag.Row(_address(fields[1]), _address(fields[2]), *counts))
    return found


def _inodes(pid: int) -> list[str]:
    """Return the inodes of the sockets that a process holds; each of its threads may have a table of its own."""
    found: list[str] = []
    for thread in proc.names(f"/proc/{pid}/task"):
        place = f"/proc/{pid}/task/{thread}/fd"
        for name in proc.names(place):
            try:
                target = os.readlink(f"{place}/{name}")
            except OSError:
                continue
            if target.startswith("socket:["):
                found.append(target[8:-1])
    return found


def _address(text: str) -> tuple[bytes, int]:
    """Read `0100007F:1F90`: the address as words in the machine's order, the port as a number."""
    host, _, port = text.partition(":")
    words = [bytes.fromhex(host[i : i + 8])[::-1] for i in range(0, len(host), 8)]
    return b"".join(words), int(port, 16)


@cache
def _text(packed: bytes) -> str:
    if len(packed) == 16 and packed[:12] == b"\0" * 10 + b"\xff\xff":
        packed = packed[12:]  # IPv4 on a socket for both
    return socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed)
