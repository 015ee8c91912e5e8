"""The supervisor process: takes requests from one pytest process, and ends all it has started when that one goes.

Usage: python -m conc_checker.engine.supervisor ADDRESS FOLDER PARENT [HOST]
"""

from __future__ import annotations

import json
import os
import selectors
import sys
from pathlib import Path
from typing import Any

from conc_checker.engine import channel
from conc_checker.engine.supervisor import host as hosts
from conc_checker.engine.supervisor import warm
from conc_checker.engine.supervisor.launch import compile_probe, remove
from conc_checker.engine.supervisor.run import Run

_ACTS = frozenset(("release", "hold", "client", "interrupt", "let-go", "answer"))  # what is done to the program


class Supervisor:
    """Answers requests, one run at a time."""

    def __init__(self, address: str, folder: Path, parent: int, host_name: str) -> None:
        self._control = channel.connect(address)
        self._folder = folder
        hosts.allow_many_descriptors()
        compile_probe()
        self._host = hosts.choose(host_name)
        self._parent = hosts.exit_watch(parent)
        self._run: Run | None = None
        self._runs = 0
        self._received = b""

    def serve(self) -> None:
        """Work until pytest is gone, however it went."""
        try:
            while (request := self._next_request()) is not None:
                self._send(self._handle(request))
        except OSError:
            pass
        finally:
            try:
                if self._run is not None:
                    self._run.close()
            finally:
                warm.close()
                remove(self._folder)

    def _outer(self) -> list[Any]:
        return [self._control] if self._parent is None else [self._control, self._parent]

    def _next_request(self) -> dict[str, Any] | None:
        while b"\n" not in self._received:
            watched = self._outer()
            if self._run is not None:
                watched += self._run.descriptors()
            ready = _wait_for(watched)
            if self._parent in ready:
                return None
            if self._control in ready:
                part = self._control.recv(1 << 20)
                if not part:
                    return None
                self._received += part
            elif self._run is not None:
                self._run.pump()
        line, _, self._received = self._received.partition(b"\n")
        request: dict[str, Any] = json.loads(line)
        return request

    def _handle(self, request: dict[str, Any]) -> dict[str, Any]:
        operation = request["op"]
        if operation == "start":
            if self._run is not None:
                self._run.close()
            self._runs += 1
            folder = self._folder / str(self._runs)
            self._run = Run(request, folder, self._host, self._outer())
            return {"events": self._run.news(), "proof": self._host.proof, "address": self._run.network.address}
        if self._run is None:
            return {"events": [], "why": "over"}
        if operation == "close":
            events = self._run.close()
            self._run = None
            for path in self._folder.glob("*/"):  # what a program has put beside its own folder, in the next one's way
                remove(path)
            return {"events": events}
        if operation in _ACTS:
            self._run.stir()
        if operation == "release":
            self._run.release(request["numbers"])
            return {"events": self._run.news()}
        if operation == "look":
            self._run.look_at_connections()
            return {"events": self._run.news()}
        if operation == "hold":
            self._run.hold(request["what"])
            return {"events": self._run.news()}
        if operation == "client":
            found = self._run.network.act(request)
            return {"events": self._run.news(), **found}
        if operation == "interrupt":
            self._run.interrupt()
        if operation in ("interrupt", "let-go"):
            self._run.let_go()
        if operation == "answer":
            self._run.put(request["call"])
        why = self._run.advance(request["goal"])
        return {"events": self._run.news(), "why": why}

    def _send(self, reply: dict[str, Any]) -> None:
        self._control.sendall(json.dumps(reply).encode() + b"\n")


def _wait_for(watched: list[Any]) -> list[Any]:
    """Wait until something can be read, of however many descriptors."""
    with selectors.DefaultSelector() as selector:
        for one in watched:
            selector.register(one, selectors.EVENT_READ)
        return [key.fileobj for key, _ in selector.select()]


def main() -> None:
    """Serve the pytest process that started us."""
    address, folder, parent, *rest = sys.argv[1:]
    try:
        supervisor = Supervisor(address, Path(folder), int(parent), rest[0] if rest else "")
    except OSError:
        # pytest was gone before we had begun, and only we still know of the folder.
        remove(Path(folder))
        raise SystemExit(1) from None
    supervisor.serve()
    # No exit handlers, and no waiting for anything: all that we owned has been ended above.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
