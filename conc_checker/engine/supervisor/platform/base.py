"""What the supervisor needs of an operating system: processes, what their threads wait for, and sockets, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

Address = tuple[str, int]

LISTEN, SYN_RECEIVED, FIN_WAIT1 = "LISTEN", "SYN_RECV", "FIN_WAIT1"


@dataclass(frozen=True, slots=True)
class Process:
    """One live or ended process of the subject, as the operating system lists it."""

    pid: int
    ppid: int
    state: str  # as in /proc: R, S, D, T, Z …
    started: float  # with the pid, tells a process from a later one of the same number

    @property
    def is_alive(self) -> bool:
        """Whether it can still do anything; a zombie cannot."""
        return self.state not in "ZX"


class Kind(StrEnum):
    """How a thread stands: only an `UNTIMED` wait ends by nothing but another thread's act."""

    RUNNING = "running"
    UNTIMED = "untimed"
    TIMED = "timed"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Wait:
    """A thread's wait: its kind, the system call's name, and the pid it is for where the call carries one."""

    kind: Kind
    call: str = ""
    pid: int | None = None


RUNNING = Wait(Kind.RUNNING)
STOPPED = Wait(Kind.STOPPED, "stopped")
ENDED = Wait(Kind.ENDED)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What every thread of the subject did at one moment, and how much CPU each process had used (seconds)."""

    threads: dict[tuple[int, int], Wait]
    marks: dict[tuple[int, int], tuple[int, ...]]
    cpu: dict[int, float] = field(default_factory=dict)
    # Of each running thread: how often it has given up its processor to wait, and the CPU it has used (seconds).
    running: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)
    starved: float = 0.0  # seconds that runnable threads have waited for a processor, summed
    looks: dict[int, int] = field(default_factory=dict)  # of threads that look for something: how often, in vain

    def any(self, kind: Kind) -> bool:
        """Whether some thread stands so."""
        return any(wait.kind is kind for wait in self.threads.values())

    def is_same(self, other: Snapshot) -> bool:
        """Whether nothing has run between two looks: the same threads, and none was given a processor."""
        return self.marks == other.marks and self.threads == other.threads and self.looks.keys() == other.looks.keys()

    def has_looked_since(self, other: Snapshot) -> bool:
        """Whether each thread that looks for something has begun, and ended in vain, a look since another look of ours.

        The first that has ended since then may have begun before.
        """
        return all(looks >= other.looks.get(thread, looks) + 2 for thread, looks in self.looks.items())


@dataclass(frozen=True, slots=True)
class Socket:
    """A TCP socket; `owners` are the processes asked about that hold it, `accepted` is False while nobody at all does.

    `unsent` counts bytes that the other side has not confirmed, `unread` those that the program has not taken; both are
    0 where the system does not tell.
    """

    local: Address
    remote: Address
    state: str
    owners: frozenset[int] = frozenset()
    unsent: int = 0
    unread: int = 0
    accepted: bool = True


class Host(Protocol):
    """What the supervisor needs of an operating system."""

    proof: str
    adopts: bool  # whether a process becomes our child when its parent has ended
    own: set[int]  # children that are ours, and not the subject's

    def tree(self, roots: set[int]) -> list[Process]:
        """Return the subject's processes, zombies included; `roots` are those known from connections."""

    def snapshot(self, processes: list[Process]) -> Snapshot:
        """Return what each thread does now."""

    def kill(self, processes: list[Process]) -> None:
        """End processes at once, whatever they ignore."""

    def reap(self) -> dict[int, int]:
        """Collect children that have ended: pid to exit code, negative for a signal."""

    def sockets(self, processes: list[Process], port: int | None = None, *, listening: bool = False) -> list[Socket]:
        """Return the TCP sockets of the machine, or at least of these processes, and which of them hold each.

        With `port`, those are enough that have that port on one of their sides; with `listening`, those that listen.
        """
