"""The kinds of events, and who may report which: a misspelt one is an error to mypy, and to who reads it.

Loaded into each process of a learner's, so it imports nothing at all. Each group is written once: for mypy it is a
type, and where the program runs, the set of its names.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from typing import Literal, TypeGuard
else:

    class Literal:
        """Stands in for typing's: `Literal["a", "b"]` is the set of both, and `|` joins two of them."""

        def __class_getitem__(cls, names):
            """Return the names as a set."""
            return frozenset(names)


# What says nothing new of a process that asks or waits again and again; all else is news.
Routine = Literal["sleep", "woke", "join-timed", "timed-wait", "looked", "poll", "join", "joined", "thread", "alarm"]

# How main ends.
End = Literal["call-end", "call-raised", "script-end", "script-raised", "import-raised", "function-missing"]

# Main's own story, which no other process can tell: each at most once, and one end.
OfMain = End | Literal["ready", "import-begin", "imported", "call-begin", "script-begin"]

OfProcesses = Literal[
    "accepted",
    "begin",
    "bind",
    "changed-in-child",
    "connect",
    "create",
    "debugger",
    "end-by",
    "fell-through",
    "fork",
    "forked",
    "getppid",
    "kill",
    "kill-refused",
    "next",
    "open",
    "outside",
    "raised",
    "return",
    "returned",
    "sent-in-part",
    "start",
    "started",
    "task",
    "task-end",
    "task-misused",
    "timed-wait-over",
    "timer",
]

# What only the supervisor itself finds out; a process that reports such a thing is making it up.
OfSupervisor = Literal[
    "run-begin",
    "process",
    "exit",
    "left",
    "stuck",
    "spinning",
    "deadline",
    "cap",
    "limit",
    "over",
    "released",
    "interrupt",
    "holders",
    "census",
    "client-connect",
    "client-said",
    "client-heard",
    "client-leave",
    "client-end",
]

Kind = Routine | OfMain | OfProcesses | OfSupervisor


def _names(group: object) -> frozenset[str]:
    assert isinstance(group, frozenset)
    return group


ROUTINE = _names(Routine)
ENDS = _names(End)
OF_MAIN = _names(OfMain)
OF_PROCESSES = _names(Routine | OfMain | OfProcesses)
OF_SUPERVISOR = _names(OfSupervisor)
KINDS = _names(Kind)


def is_kind(name: str) -> TypeGuard[Kind]:
    """Whether there is such a kind of event."""
    return name in KINDS
