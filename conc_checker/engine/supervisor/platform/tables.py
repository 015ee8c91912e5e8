"""The TCP sockets of this machine as Linux lists them (proc_net(5)), and which processes hold them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conc_checker.engine.supervisor.platform.base import FIN_WAIT1, LISTEN, SYN_RECEIVED, Address, Socket

if TYPE_CHECKING:
    from collections.abc import Iterable

# <net/tcp_states.h>; psutil uses the same names, but for the last two.
_STATES = {"03": SYN_RECEIVED, "04": FIN_WAIT1, "0A": LISTEN, "0C": SYN_RECEIVED}


def from_proc(pids: Iterable[int], port: int | None = None) -> list[Socket]:
    """Read Linux's tables (proc_net(5)), and the descriptors of these processes; with `port`, only rows that have it.

    Reading all of a long table takes a while, and who waits for one connection asks often.
    """
    mark = f":{port:04X} " if port is not None else ""
    owners: dict[str, set[int]] = {}
    for pid in pids:
        for inode in _inodes(pid):
            owners.setdefault(inode, set()).add(pid)
    found: list[Socket] = []
    for file in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        try:
            with open(file, encoding="ascii") as table:
                rows = table.readlines()[1:]
        except OSError:
            continue
        for row in rows:
            if mark not in row:
                continue
            fields = row.split()
            unsent, _, unread = fields[4].partition(":")
            found.append(
                Socket(
                    _address(fields[1]),
                    _address(fields[2]),
                    _STATES.get(fields[3], fields[3]),
                    frozenset(owners.get(fields[9], ())),
                    int(unsent, 16),
                    int(unread, 16),
                    fields[9] != "0",
                )
            )
    return found


def _inodes(pid: int) -> list[str]:
    """Return the inodes of the sockets that a process holds; each of its threads may have a table of its own."""
    found: list[str] = []
    for thread in _list(f"/proc/{pid}/task"):
        place = f"/proc/{pid}/task/{thread}/fd"
        for name in _list(place):
            try:
                target = os.readlink(f"{place}/{name}")
            except OSError:
                continue
            if target.startswith("socket:["):
                found.append(target[8:-1])
    return found


def _list(place: str) -> list[str]:
    try:
        return os.listdir(place)
    except OSError:
        return []


def _address(text: str) -> Address:
    """Read `0100007F:1F90`: the address as words in the machine's order, the port as a number."""
    host, _, port = text.partition(":")
    words = [bytes.fromhex(host[i : i + 8])[::-1] for i in range(0, len(host), 8)]
    packed = b"".join(words)
    if len(packed) == 16 and packed[:12] == b"\0" * 10 + b"\xff\xff":
        packed = packed[12:]  # IPv4 on a socket for both
    if len(packed) == 4:
        return ".".join(str(byte) for byte in packed), int(port, 16)
    import socket

    return socket.inet_ntop(socket.AF_INET6, packed), int(port, 16)
