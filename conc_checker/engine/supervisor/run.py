"""One run of a learner's program: started, held, released, driven towards goals, and ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from conc_checker.engine import wire
from conc_checker.engine.supervisor import decide, platform
from conc_checker.engine.supervisor.drive import Drive
from conc_checker.engine.supervisor.inbox import MOST_BYTES
from conc_checker.engine.supervisor.launch import launch
from conc_checker.engine.supervisor.output import Output
from conc_checker.engine.supervisor.parts import assemble
from conc_checker.engine.supervisor.reception import Reception

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.engine.supervisor.platform import Host
    from conc_checker.record.events import Kind
    from conc_checker.record.trace import Event

_GRACE = 1.0  # seconds that multiprocessing's helpers have to clean up after everybody else has been killed


class Run:
    """A subject and all that it starts.

    `outer` are descriptors that become readable when pytest wants something, or is gone.
    """

    def __init__(self, start: wire.Start, folder: Path, host: Host, outer: list[Any]) -> None:
        self._parts = assemble(start, folder, host, outer)
        self._reception = Reception(self._parts)
        self._drive = Drive(self._parts, self._reception)
        self.network = self._parts.network
        self._program = launch(self._parts.start, self._parts.place, self._parts.inbox.address, host)
        self._parts.process_table.main = self._program.pid
        self._parts.process_table.watch(self._program.pid)
        self._output = {"stdout": Output(), "stderr": Output()}
        self._parts.inbox.listen_to(self._program.stdout, self._output["stdout"])
        self._parts.inbox.listen_to(self._program.stderr, self._output["stderr"])
        about = {"pid": self._program.pid, "start_method": start.start_method}
        self._parts.journal.note("run-begin", about)

    def stir(self) -> None:
        """Something is about to be done to the program: what was at rest may move."""
        self._drive.stir()

    def release(self, numbers: tuple[int, ...]) -> None:
        """Let these held threads go on."""
        self._parts.barrier.release(numbers)

    def hold(self, kinds: tuple[Kind, ...]) -> None:
        """From now on hold who reports an event of these kinds; with none, let all of them go on."""
        self._reception.hold(kinds)

    def let_go(self) -> None:
        """Hold nobody any more, now or later, and let the main process go on to its end."""
        self._reception.let_go()

    def put(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Let main, which has asked for it, call a function of the learner's, once for each list of arguments."""
        self._reception.put({"function": function, "arguments": arguments})

    def stop(self) -> None:
        """Stop main, and nobody else: signals that come meanwhile wait for it, and those of one kind become one."""
        main, table = self._parts.process_table.main, self._parts.process_table
        stops = platform.stop(main)
        while stops and any(p.pid == main and p.state in "RS" for p in table.tree()):  # the signal is still on its way
            time.sleep(decide.FIRST_PAUSE)

    def go_on(self) -> None:
        """Let main go on."""
        platform.go_on(self._parts.process_table.main)

    def interrupt(self) -> None:
        """Do to the program what Ctrl-C does."""
        self._parts.journal.note("interrupt")
        platform.interrupt(self._parts.process_table.main)

    def news(self) -> tuple[Event, ...]:
        """Return the events since the last call."""
        return tuple(self._parts.journal.news())

    def descriptors(self) -> list[Any]:
        """Return what becomes readable when there is something to `pump`."""
        return [*self._parts.inbox.descriptors(), *self._parts.process_table.watches()]

    def pump(self) -> None:
        """Take in what the subject reports."""
        self._drive.take_in()

    def advance(self, goal: wire.Goal) -> wire.Why:
        """Drive the run until the goal is met, or proven to be out of reach, and return which."""
        why = self._drive.towards(goal)
        if isinstance(goal, wire.Heard):
            self.network.note_heard(goal.clients)
        if isinstance(goal, wire.Reaped):
            left = {p.pid for p in self._parts.process_table.tree()} & set(goal.pids)
            self._parts.journal.note("census", {"left": sorted(left)})
        if isinstance(goal, decide.SEEN) or (isinstance(goal, decide.OF_CLIENTS) and why != "met"):
            self.look_at_connections()
        return why

    def look_at_connections(self) -> None:
        """Note which processes hold which connection, and who listens."""
        process_table = self._parts.process_table
        for pid in self.network.note_holders(process_table.tree()):
            process_table.meet(pid)

    # ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def close(self) -> tuple[Event, ...]:
        """End everything that still lives, and return the last events: what was left, and what was printed."""
        parts = self._parts
        self.pump()
        survivors = parts.process_table.alive()
        left = [
            {"pid": p.pid, "role": parts.process_table.role(p.pid), "state": p.state}
            for p in survivors
            if p.pid != parts.process_table.main
        ]
        # Helpers last: they give back the shared memory and semaphores of those that cannot do so any more.
        grace = time.monotonic() + _GRACE
        while survivors:
            workers = [p for p in survivors if parts.process_table.role(p.pid) != "helper"]
            if workers or time.monotonic() > grace:
                parts.host.kill(workers or survivors)
            else:
                self._drive.take_in(decide.FIRST_PAUSE)
            self._reception.collect()
            survivors = parts.process_table.alive()
        self._reception.collect()
        self.pump()
        self._program.returncode = 0  # collected by us: Popen must not look for it
        facts = {
            "why": self._reception.over or "",
            "left": left,
            "exit_code": self._reception.exit_code,
            "written": parts.place.written(),
            "output": {name: self._rest(name).replace(parts.place.prefix, "") for name in self._output},
            "ran_for": parts.clock.ran_for,
        }
        parts.journal.note("over", facts)
        parts.network.close()
        parts.inbox.close()
        parts.process_table.close()
        parts.clock.close()
        parts.place.remove()
        return self.news()

    def _rest(self, name: str) -> str:
        """Read what is left of an output stream, close it, and return all of it."""
        stream = getattr(self._program, name)
        output = self._output[name]
        try:
            while (part := stream.read(65536)) and output.size <= MOST_BYTES:
                output.add(part)
        except OSError:
            pass
        stream.close()
        return output.text()
