"""What is said between pytest, the supervisor and the processes: one form each way, and nothing that is not known."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conc_checker.engine import wire
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.grading.collector import seal, unseal
from conc_checker.record import events, lines
from conc_checker.record.trace import Event, Site, Trace

WORDS = st.text(max_size=5)
PLAIN = st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS, max_size=2)
EVENTS = st.builds(
    Event,
    st.sampled_from(sorted(events.KINDS)),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9).map(float),
    st.integers(0, 9).map(float),
    st.none() | st.builds(Site, WORDS, st.integers(1, 99), WORDS),
    st.dictionaries(WORDS, PLAIN, max_size=3),
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return what a field of a type may hold."""
    inner = get_args(kind)
    if kind is wire.Goal:
        return st.one_of(*(messages(goal) for goal in inner))
    if kind is Event:
        return EVENTS
    if kind is Any:
        return PLAIN
    if choices := wire._choices(kind):
        return st.sampled_from(sorted(choices))
    if get_origin(kind) is tuple:
        return st.lists(values(inner[0]), max_size=3).map(tuple) if inner[-1] is ... else st.tuples(*map(values, inner))
    if get_origin(kind) is dict:
        return st.dictionaries(WORDS, PLAIN, max_size=3)
    if get_origin(kind) in (types.UnionType, typing.Union):
        return st.one_of(*map(values, inner))
    simple: dict[Any, st.SearchStrategy[Any]] = {int: st.integers(), str: WORDS, bool: st.booleans()}
    simple |= {bytes: st.binary(), float: st.integers().map(float), type(None): st.none()}
    return simple[kind]


def messages(kind: Any) -> st.SearchStrategy[Any]:
    """Return messages of a class."""
    return st.builds(kind, **{field.name: values(field.type) for field in dataclasses.fields(kind)})


# ── operations, goals and replies ────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=60)
@given(st.one_of(*map(messages, get_args(wire.Operation))))
def test_an_operation_arrives_as_it_was_sent(operation: wire.Operation) -> None:
    """Through JSON and back, whichever it is."""
    assert wire.decode_operation(json.loads(lines.encode(wire.encode(operation)))) == operation


@settings(max_examples=60)
@given(st.one_of(*map(messages, get_args(wire.Reply))))
def test_a_reply_arrives_as_it_was_sent(reply: wire.Reply) -> None:
    """Through JSON and back, with its events."""
    assert wire.decode_reply(json.loads(lines.encode(wire.encode(reply)))) == reply


@pytest.mark.parametrize(
    ("plain", "complaint"),
    [
        ({"is": "advanc"}, "there is no operation 'advanc': known are advance, all-leave"),
        ({}, "there is no operation None"),
        ([], r"got \[\] where a message is due"),
        ({"is": ["look"]}, r"there is no operation \['look'\]"),
        ({"is": "advance", "goal": {"is": "gatherd", "count": 1}}, "there is no goal 'gatherd': known are accepted"),
        ({"is": "advance", "goal": {"is": "gathered"}}, "gathered needs count"),
        ({"is": "advance", "goal": {"is": "rest", "count": 1}}, "rest has no count: known are no fields"),
        ({"is": "advance", "goal": {"is": "gathered", "count": True}}, "gathered.count cannot be True"),
        ({"is": "advance", "goal": {"is": "held", "what": "opn", "count": 1}}, "held.what cannot be 'opn'"),
        ({"is": "advance"}, "advance needs goal"),
        ({"is": "release", "numbers": ["1"]}, "release.numbers cannot be '1': it has to be int"),
        ({"is": "hold", "kinds": ["acepted"]}, "hold.kinds cannot be 'acepted': known are accepted"),
        ({"is": "look", "at": 1}, "look has no at"),
        ({"is": "say", "client": 1, "data": "x"}, "say.data cannot be 'x'"),
        ({"is": "leave", "client": 1, "how": "slowly"}, "leave.how cannot be 'slowly'"),
        ({"is": "read", "client": 1, "size": "1"}, "read.size cannot be '1'"),
        ({"is": "start", "mode": "run", "module": "m", "files": []}, "start.mode cannot be 'run'"),
        ({"is": "start", "mode": "call", "module": "m", "files": [["a"]]}, r"start.files cannot be \['a'\]"),
    ],
)
def test_what_is_not_known_is_an_error(plain: Any, complaint: str) -> None:
    """A misspelt goal was once proven to be out of reach; the error says what was got, and what is known."""
    with pytest.raises(wire.WireError, match=f"^{complaint}"):
        wire.decode_operation(plain)


@pytest.mark.parametrize("plain", [None, [], "look", 5, {"is": "met"}, {"is": "noted", "events": [{"kind": "stat"}]}])
def test_nonsense_is_no_reply(plain: Any) -> None:
    """Nor is one with an event that there is not."""
    with pytest.raises(wire.WireError):
        wire.decode_reply(plain)


@pytest.fixture
def remote() -> Iterator[Remote]:
    """A supervisor."""
    found = Remote()
    yield found
    found.close()


def test_a_supervisor_refuses_what_it_does_not_know_and_goes_on(remote: Remote) -> None:
    """Nothing has happened then, and the next operation is done."""
    plain: Any
    for plain in ({"is": "advanc"}, {"op": "look"}, [], {"is": "advance", "goal": {"is": "gatherd"}}):
        assert isinstance(remote._ask(plain), wire.Refused)
    with pytest.raises(wire.WireError, match="there is no program for a client"):
        remote.ask(wire.Connect())
    assert remote.ask(wire.Advance(wire.Rest())) == wire.Driven((), "over")
    assert remote.ask(wire.Look()) == wire.Noted(())


# ── events ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_kind_has_one_teller() -> None:
    """What only the supervisor finds out, no process may say; what is main's or routine, is said by processes."""
    assert events.OF_PROCESSES | events.OF_SUPERVISOR == events.KINDS
    assert not events.OF_PROCESSES & events.OF_SUPERVISOR
    assert events.ENDS < events.OF_MAIN < events.OF_PROCESSES
    assert events.ROUTINE < events.OF_PROCESSES
    assert not events.ROUTINE & events.OF_MAIN


def test_an_event_of_an_unknown_kind_is_an_error() -> None:
    """Wherever it is read, in a message or in a trace."""
    with pytest.raises(ValueError, match="there is no event 'stat'"):
        Event.from_json({"kind": "stat"})
    with pytest.raises(ValueError, match="there is no event 'stat'"):
        Trace.from_json('{"version": 2, "events": [{"kind": "stat"}]}')


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(PLAIN, max_size=5), st.lists(st.integers(1, 40)), st.binary().filter(lambda b: b"\n" not in b))
def test_lines_come_out_as_they_went_in(said: list[Any], cuts: list[int], rest: bytes) -> None:
    """In whatever parts a stream arrives, and what is not whole stays."""
    stream = b"".join(lines.encode(message) for message in said) + rest
    buffer, found = lines.Buffer(), []
    for size in [*cuts, len(stream)]:
        part, stream = stream[:size], stream[size:]
        buffer.add(part)
        found += [json.loads(line) for line in buffer.lines()]
    assert found == said
    assert len(buffer) == len(rest)


def test_what_json_does_not_know_is_made_plain() -> None:
    """By whoever sends it."""
    assert lines.encode({"a": {1}}, default=lambda value: type(value).__name__) == b'{"a": "set"}\n'


def test_a_signed_line_is_believed_with_its_key_only() -> None:
    """Whoever writes into the pipe of a grading says nothing."""
    line = seal(b"key", {"kind": "end", "status": 0})
    assert unseal(b"key", line) == {"kind": "end", "status": 0}
    for wrong in (line.replace(b"0}", b"1}"), line[1:], b"", b"\n", b"\xff \xff\n", line.partition(b" ")[2]):
        assert unseal(b"key", wrong) is None
    assert unseal(b"other", line) is None
