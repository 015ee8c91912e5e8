"""The lab of katas about connections: it is the client at the other end, or all the clients of a server."""

from __future__ import annotations

from typing import Any

from conc_checker.lab.lab import Lab, plain
from conc_checker.topics.sockets.catalogue import CATALOGUES
from conc_checker.topics.sockets.server import Server
from conc_checker.topics.sockets.talk import Talk


class SocketLab(Lab):
    """Runs programs that talk to clients of ours."""

    topic = "sockets"
    catalogues = CATALOGUES

    def connection(self) -> dict[str, Any]:
        """Return a connected socket, for a function that talks to one client: `Talk.client` is at its other end."""
        return {"$connection": True}

    def each(self, *values: Any) -> dict[str, Any]:
        """Return an argument that is another one in each call: the function is called once for each of them."""
        return {"$each": [plain(value) for value in values]}

    def call(
        self,
        function: str,
        *args: Any,
        times: int = 1,
        short_writes: bool = False,
        short_reads: bool = False,
        late: bool = False,
    ) -> Talk:
        """Import the module and call a function of it; arguments are plain values, bytes, a connection and `each`.

        With `times`, the function is called as often, one call after the other.
        With `short_writes`, `send` takes only a part of what it is given, as it may.
        With `short_reads`, `recv` returns one byte at a time, as it may.
        With `late`, the function is called when the run is finished, and finds what its client has done before.
        """
        return self._start(
            Talk,
            "call",
            "connection",
            function=function,
            args=tuple(plain(a) for a in args),
            times=max([times, *(len(arg["$each"]) for arg in args if isinstance(arg, dict) and "$each" in arg)]),
            hold=("call-begin",) if late else (),
            short_writes=short_writes,
            short_reads=short_reads,
        )

    def serve(
        self,
        function: str,
        *,
        at: tuple[str, int] | None = None,
        small_buffers: bool = False,
        short_writes: bool = False,
    ) -> Server:
        """Call a function that serves for ever, with a host and a port at which nobody listens, or with those given.

        Returns when it listens there. With `small_buffers`, connections have little room for what is not read;
        with `short_writes`, `send` takes only a part of what it is given, as it may.
        """
        return self._start(
            Server,
            "call",
            "server",
            function=function,
            serves=True,
            address=at,
            small_buffers=small_buffers,
            short_writes=short_writes,
        )
