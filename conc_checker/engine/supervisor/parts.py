"""What one run consists of, put together once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conc_checker.engine.supervisor.barrier import Barrier
from conc_checker.engine.supervisor.clock import Clock
from conc_checker.engine.supervisor.inbox import Inbox
from conc_checker.engine.supervisor.journal import Journal
from conc_checker.engine.supervisor.launch import Workplace
from conc_checker.engine.supervisor.network import Network, free_address
from conc_checker.engine.supervisor.process_table import ProcessTable

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.engine.supervisor.platform import Host
    from conc_checker.engine.wire import Start


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a run, each with its own task; `start` is what pytest has asked for."""

    start: Start
    host: Host
    place: Workplace
    clock: Clock
    journal: Journal
    barrier: Barrier
    process_table: ProcessTable
    inbox: Inbox
    network: Network


def assemble(start: Start, folder: Path, host: Host, outer: list[Any]) -> Parts:
    """Make the parts of a run; `outer` are descriptors that become readable when pytest wants something, or is gone."""
    place = Workplace(folder, list(start.files))
    clock = Clock(None if start.real_time else place.clock)
    journal = Journal(clock.now)
    barrier = Barrier(clock, journal)
    process_table = ProcessTable(host, journal, start.cap)
    inbox = Inbox(str(folder), outer, start.cap)
    network = Network(host, journal, inbox.watch, inbox.unwatch)
    inbox.on_new_line = process_table.watch
    inbox.on_closed = lambda line: barrier.forget(lambda other: other is line)
    if start.serves:
        network.address = start.address or free_address()
        start = replace(start, args=network.address)
    return Parts(start, host, place, clock, journal, barrier, process_table, inbox, network)
