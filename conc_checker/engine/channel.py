"""Local connections whose other end is known: between pytest, the supervisor and the subject's processes.

The operating system names the process that connected: SO_PEERCRED on Linux, LOCAL_PEERPID on macOS, and elsewhere the
table of TCP connections, because Python has no Unix sockets on Windows.
"""

from __future__ import annotations

import os
import socket
import struct
import sys

_LOCAL_PEERPID = 2  # macOS <sys/un.h>; Python has no name for it
_UNIX = sys.platform != "win32"


def listen(folder: str, name: str, *, unix: bool = _UNIX) -> tuple[socket.socket, str]:
    """Open a listening socket, in `folder` where sockets are files; return it and the address for `connect`."""
    if not unix:
        server = socket.create_server(("127.0.0.1", 0), backlog=512)
        return server, f"tcp:{server.getsockname()[1]}"
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    path = os.path.join(folder, name)
    try:
        server.bind(path)
    except OSError:  # such as for a path that is too long
        server.close()
        raise
    server.listen(512)
    return server, f"unix:{path}"


def connect(address: str) -> socket.socket:
    """Connect to an address that `listen` returned; raises OSError when nobody listens there any more."""
    family, _, place = address.partition(":")
    if family == "tcp":
        return socket.create_connection(("127.0.0.1", int(place)))
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        client.connect(place)
    except OSError:
        client.close()
        raise
    return client


def peer_pid(connection: socket.socket) -> int | None:
    """Return the pid of the process that connected, as the operating system knows it; None when it is gone."""
    if connection.family == socket.AF_INET:
        return _owner_of_port(connection.getpeername()[1])
    if sys.platform == "darwin":
        return int(struct.unpack("i", connection.getsockopt(0, _LOCAL_PEERPID, 4))[0])
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", raw)[0])


def _owner_of_port(port: int) -> int | None:
    import psutil

    for row in psutil.net_connections("tcp"):
        if row.laddr and row.laddr.port == port and row.pid:
            return row.pid
    return None
