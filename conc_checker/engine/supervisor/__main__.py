"""The supervisor process: takes requests from one pytest process, and ends all it has started when that one goes.

Usage: python -m conc_checker.engine.supervisor ADDRESS FOLDER PARENT [HOST]
"""

from __future__ import annotations

import json
import os
import selectors
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from conc_checker.engine import channel, wire
from conc_checker.engine.supervisor import platform, warm
from conc_checker.engine.supervisor.launch import compile_probe, remove
from conc_checker.engine.supervisor.run import Run
from conc_checker.record import lines

if TYPE_CHECKING:
    from conc_checker.record.trace import Event

# What is done to the program.
_ACTS = (
    *get_args(wire.OfClient),
    wire.Release,
    wire.Hold,
    wire.Stop,
    wire.Continue,
    wire.Interrupt,
    wire.LetGo,
    wire.Call,
)


class Supervisor:
    """Answers requests, one run at a time."""

    def __init__(self, address: str, folder: Path, parent: int, host_name: str) -> None:
        self._control = channel.connect(address)
        self._folder = folder
        platform.allow_many_descriptors()
        compile_probe()
        self._host = platform.choose(host_name)
        self._parent = platform.exit_watch(parent)
        self._run: Run | None = None
        self._runs = 0
        self._received = lines.Buffer()

    def work(self) -> None:
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

    def _next_request(self) -> Any:
        while (line := self._received.next()) is None:
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
                self._received.add(part)
            elif self._run is not None:
                self._run.pump()
        return json.loads(line)

    def _handle(self, request: Any) -> wire.Reply:
        """Do what is asked for; what is not understood changes nothing, and is said."""
        try:
            operation = wire.decode_operation(request)
            if isinstance(operation, wire.Start):
                return self._start(operation)
            if self._run is None:
                return _nobody_runs(operation)
            if isinstance(operation, wire.Close):
                return wire.Noted(self._close(self._run))
            return _act(self._run, operation)
        except wire.WireError as error:
            return wire.Refused(str(error))

    def _start(self, operation: wire.Start) -> wire.Begun:
        if self._run is not None:
            self._run.close()
        self._runs += 1
        run = self._run = Run(operation, self._folder / str(self._runs), self._host, self._outer())
        return wire.Begun(run.news(), self._host.proof, run.network.address)

    def _close(self, run: Run) -> tuple[Event, ...]:
        events = run.close()
        self._run = None
        for path in self._folder.glob("*/"):  # what a program has put beside its own folder, in the next one's way
            remove(path)
        return events

    def _send(self, reply: wire.Reply) -> None:
        self._control.sendall(lines.encode(wire.encode(reply)))


def _nobody_runs(operation: wire.Operation) -> wire.Reply:
    match operation:
        case wire.Advance() | wire.LetGo() | wire.Interrupt() | wire.Call():
            return wire.Driven((), "over")
        case wire.Connect():
            return wire.Refused("there is no program for a client to connect to")
    return wire.Noted(())


def _act(run: Run, operation: wire.Operation) -> wire.Reply:
    """Do something to a program that runs, or let it run."""
    if isinstance(operation, _ACTS):
        run.stir()
    match operation:
        case wire.Release(numbers):
            run.release(numbers)
        case wire.Look():
            run.look_at_connections()
        case wire.Hold(kinds):
            run.hold(kinds)
        case wire.Stop():
            run.stop()
        case wire.Continue():
            run.go_on()
        case wire.Connect(slow):
            number = run.network.connect(slow=slow)
            return wire.Dialled(run.news(), number)
        case wire.Say() | wire.Leave() | wire.Read() | wire.AllLeave():
            run.network.act(operation)
        case wire.Interrupt():
            run.interrupt()
            run.let_go()
        case wire.LetGo():
            run.let_go()
        case wire.Call(function, arguments):
            run.put(function, arguments)
    match operation:
        case wire.Advance(goal) | wire.LetGo(goal) | wire.Interrupt(goal) | wire.Call(goal=goal):
            why = run.advance(goal)
            return wire.Driven(run.news(), why)
    return wire.Noted(run.news())


def _wait_for(watched: list[Any]) -> list[Any]:
    """Wait until something can be read, of however many descriptors."""
    # Where there is poll(2): it costs nothing to make one for each time.
    with getattr(selectors, "PollSelector", selectors.SelectSelector)() as selector:
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
    supervisor.work()
    # No exit handlers, and no waiting for anything: all that we owned has been ended above.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
