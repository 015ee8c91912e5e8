"""What pytest and the supervisor say to each other: operations, goals and replies, each with one form as JSON.

A message is a class here, or it is an error at once, which says what was got and what is known. The codec is read off
the fields: `encode` and `decode` know each class of this module, and nothing is written for any of them alone.
"""

# No `from __future__ import annotations` here: `decode` reads the fields' types.

import dataclasses
import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from conc_checker.record.events import Kind
from conc_checker.record.trace import Event


class WireError(ValueError):
    """A message is none that is known: its text says what was got, and what would be known."""


# ── outcomes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# What a run may not have more of, or do; the run is over.
Limit = Literal["too-many-processes", "too-many-connections", "too-many-events", "endless-output", "forged"]

# Why a run is over: main has ended, its time was up, the machine was too busy to tell, or a limit was hit.
Over = Literal["ended", "deadline", "starved"] | Limit

# What comes of a goal: "met"; "stuck" (nothing can move any more); "spinning" (somebody asks or computes without end
# while all others wait); "interrupted" (by pytest); "over" (there is no run); or why the run is over.
Why = Literal["met", "stuck", "spinning", "interrupted", "over"] | Over


# ── goals ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Gathered:
    """So many tasks are inside at once."""

    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """So many threads are held at an event of this kind."""

    what: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Main is done, or proven to wait: what matters is which."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Main has ended, and so has all that it has left behind."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The last call has come back, and main waits for the next one."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing moves until we act: all that was to follow has followed."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Everybody waits, and a server's own time limit has passed, if it has a short one."""


@dataclass(frozen=True, slots=True)
class Connected:
    """There are so many clients."""

    count: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has taken a client, or is proven to leave it waiting."""

    client: int


@dataclass(frozen=True, slots=True)
class Caught:
    """Somebody is held at an event of this kind, or nobody will be."""

    what: Kind


@dataclass(frozen=True, slots=True)
class Listening:
    """Somebody listens at the run's address."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Each of these clients has heard so many bytes, or can hear no more."""

    clients: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class EndSeen:
    """A client can hear no more."""

    client: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Each of these clients' connections is held by a process of its own, and none by main."""

    clients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """These processes have ended."""

    pids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reaped:
    """Nothing is left of these processes, not even a zombie."""

    pids: tuple[int, ...]


Goal = (
    Gathered
    | Held
    | Settled
    | Ended
    | Answered
    | Rest
    | Alone
    | Connected
    | Accepted
    | Caught
    | Listening
    | Heard
    | EndSeen
    | Apart
    | Gone
    | Reaped
)


# ── replies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Noted:
    """It is done; `events` are those since the last reply, in this as in all others."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A program has been started; `proof` says how waiting is proven, `address` where a server is to listen."""

    events: tuple[Event, ...]
    proof: str
    address: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Driven:
    """What came of a goal."""

    events: tuple[Event, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Dialled:
    """A client has the number `client`."""

    events: tuple[Event, ...]
    client: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The operation was not understood, or cannot be done; nothing has happened."""

    error: str


Reply = Noted | Begun | Driven | Dialled | Refused


# ── operations ───────────────────────────────────────────────────────────────────────────────────────────────────────

R = TypeVar("R", Noted, Begun, Driven, Dialled)


class Asks(Generic[R]):
    """An operation, with the type of the reply to it."""

    __slots__ = ()


Mode = Literal["call", "script", "import", "answer"]


@dataclass(frozen=True, slots=True)
class Start(Asks[Begun]):
    """Start a program, and end the one before. `files` are pairs of a path and the name of its copy."""

    mode: Mode
    module: str
    files: tuple[tuple[str, str], ...]
    function: str = ""
    args: tuple[Any, ...] = ()
    keywords: dict[str, Any] = dataclasses.field(default_factory=dict)
    times: int = 1
    hold: tuple[Kind, ...] = ()  # the kinds of events at which processes are held
    path: str = ""  # of the events "open" only those of this file
    serves: bool = False  # the arguments are a host and a port at which the function serves
    address: tuple[str, int] | None = None  # those; without one, at which nobody listens
    start_method: str | None = None
    real_time: bool = False
    deadline: float = 20.0  # seconds
    cap: int = 64  # live processes
    small_buffers: bool = False
    short_writes: bool = False
    short_reads: bool = False
    starting: float = 0.0  # seconds of the program's clock that each start of a process takes


@dataclass(frozen=True, slots=True)
class Advance(Asks[Driven]):
    """Drive the program until the goal is met, or proven to be out of reach."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class LetGo(Asks[Driven]):
    """Hold nobody any more, now or later; then drive the program."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class Interrupt(Asks[Driven]):
    """Do to the program what Ctrl-C does, and hold nobody any more; then drive it."""

    goal: Goal


@dataclass(frozen=True, slots=True)
class Call(Asks[Driven]):
    """Let main, which has asked for it, call a function of the learner's; then drive the program.

    Once for each of these lists of arguments, one call after the other.
    """

    function: str
    arguments: tuple[Any, ...]
    goal: Goal


@dataclass(frozen=True, slots=True)
class Release(Asks[Noted]):
    """Let these held threads go on."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hold(Asks[Noted]):
    """From now on hold who reports an event of these kinds; with none, let all go on that are held in this way."""

    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop(Asks[Noted]):
    """Stop main, and nobody else, where it stands: what happens to it meanwhile, it learns of when it goes on."""


@dataclass(frozen=True, slots=True)
class Continue(Asks[Noted]):
    """Let main go on that was stopped."""


@dataclass(frozen=True, slots=True)
class Look(Asks[Noted]):
    """Note which processes hold which connection, and who listens."""


@dataclass(frozen=True, slots=True)
class Connect(Asks[Dialled]):
    """Let a new client connect; a slow one has little room for what it has not read."""

    slow: bool = False


@dataclass(frozen=True, slots=True)
class Say(Asks[Noted]):
    """Let a client send bytes."""

    client: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Leave(Asks[Noted]):
    """Let a client end its connection, or only its sending side, or break it off."""

    client: int
    how: Literal["close", "half", "reset"]


@dataclass(frozen=True, slots=True)
class Read(Asks[Noted]):
    """Let a client read so many bytes and then no more; None lets it read all from now on."""

    client: int
    size: int | None


@dataclass(frozen=True, slots=True)
class AllLeave(Asks[Noted]):
    """Let all clients leave."""


@dataclass(frozen=True, slots=True)
class Close(Asks[Noted]):
    """End the run and everything that still lives."""


OfClient = Connect | Say | Leave | Read | AllLeave
Operation = Start | Advance | LetGo | Interrupt | Call | Release | Hold | Stop | Continue | Look | OfClient | Close


# ── the codec ────────────────────────────────────────────────────────────────────────────────────────────────────────

_TAG = "is"  # the entry that says which class a message is


def _name(kind: type) -> str:
    """Return the name of a class on the wire: `LetGo` is "let-go"."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("-")


_OPERATIONS = {_name(kind): kind for kind in get_args(Operation)}
_GOALS = {_name(kind): kind for kind in get_args(Goal)}
_REPLIES = {_name(kind): kind for kind in get_args(Reply)}


def encode(message: Asks[Any] | Goal | Reply) -> dict[str, Any]:
    """Return a message as plain JSON types."""
    assert is_dataclass(message)
    return {_TAG: _name(type(message))} | {f.name: _to_plain(getattr(message, f.name)) for f in fields(message)}


def decode_operation(plain: Any) -> Operation:
    """Read an operation; raises WireError when it is none."""
    found: Operation = _decode("operation", _OPERATIONS, plain)
    return found


def decode_reply(plain: Any) -> Reply:
    """Read a reply; raises WireError when it is none."""
    found: Reply = _decode("reply", _REPLIES, plain)
    return found


def _to_plain(value: Any) -> Any:
    if isinstance(value, Event):
        return value.to_json()
    if is_dataclass(value):
        return encode(typing.cast("Goal", value))
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    return value


def _decode(what: str, known: dict[str, type], plain: Any) -> Any:
    """Read a message of a family: its class by its name, and each field by its type."""
    if not isinstance(plain, dict):
        raise WireError(f"got {_shown(plain)} where a message is due")
    entries = dict(plain)
    name = entries.pop(_TAG, None)
    kind = known.get(name) if isinstance(name, str) else None
    if kind is None:
        raise WireError(f"there is no {what} {_shown(name)}: known are {', '.join(sorted(known))}")
    return _made(name, kind, entries)


def _made(name: str, kind: Any, entries: dict[str, Any]) -> Any:
    known = {f.name: f for f in fields(kind)}
    if odd := entries.keys() - known.keys():
        raise WireError(
            f"{name} has no {', '.join(sorted(map(str, odd)))}: known are {', '.join(known) or 'no fields'}"
        )
    required = {n for n, f in known.items() if f.default is f.default_factory is dataclasses.MISSING}
    if missing := required - entries.keys():
        raise WireError(f"{name} needs {', '.join(sorted(missing))}")
    return kind(**{n: _from_plain(f"{name}.{n}", known[n].type, value) for n, value in entries.items()})


def _from_plain(where: str, kind: Any, plain: Any) -> Any:
    """Read the value of a field."""
    if kind is Any:
        return plain
    if kind is Goal:
        return _decode("goal", _GOALS, plain)
    if choices := _choices(kind):
        if isinstance(plain, str) and plain in choices:
            return plain
        raise WireError(f"{where} cannot be {_shown(plain)}: known are {', '.join(sorted(choices))}")
    if type(None) in get_args(kind):  # a type or None
        return None if plain is None else _from_plain(where, get_args(kind)[0], plain)
    found = _of_type(where, kind, plain)
    if found is None:
        raise WireError(f"{where} cannot be {_shown(plain)}: it has to be {_shown_type(kind)}")
    return found


def _of_type(where: str, kind: Any, plain: Any) -> Any:
    """Read a value of a type; None for what is none of it."""
    inner = get_args(kind)
    found: Any = None
    if kind is Event:
        found = _event(where, plain)
    elif get_origin(kind) is tuple and isinstance(plain, list | tuple):
        kinds = [inner[0]] * len(plain) if inner[-1] is ... else inner
        if len(kinds) == len(plain):
            found = tuple(_from_plain(where, k, item) for k, item in zip(kinds, plain, strict=True))
    elif get_origin(kind) is dict and isinstance(plain, dict):
        found = dict(plain)
    elif kind is bytes and isinstance(plain, str):
        found = _bytes(plain)
    elif kind is float and type(plain) in (int, float):
        found = float(plain)
    elif type(plain) is kind:
        found = plain
    return found


def _choices(kind: Any) -> frozenset[str]:
    """Return the names among which a type lets choose: a Literal, several of them, or a set that stands for one."""
    if isinstance(kind, frozenset):  # see events.py
        return kind
    if get_origin(kind) is Literal:
        return frozenset(get_args(kind))
    parts = [_choices(part) for part in get_args(kind)] if get_origin(kind) in (typing.Union, types.UnionType) else []
    return frozenset().union(*parts) if all(parts) else frozenset()


def _event(where: str, plain: Any) -> Event:
    try:
        return Event.from_json(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WireError(f"{where} has {_shown(plain)}, which is no event: {error}") from None


def _bytes(plain: str) -> bytes | None:
    try:
        return bytes.fromhex(plain)
    except ValueError:
        return None


def _shown_type(kind: Any) -> str:
    if kind is bytes:
        return "bytes in hexadecimal"
    return kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
