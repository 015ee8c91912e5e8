"""Mistakes about messages over a stream: taken for the pieces in which they come."""

from __future__ import annotations

import ast
import re
import struct
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.code import last_name
from conc_checker.diagnosis.mistake import mistake
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.sockets.dialogue import BLANKS, LENGTH, Dialogue, Message, first, last, text

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site

_COMPARED = 100  # bytes of a message, of which a trace keeps no more than the begin
_PACKS = ("pack", "pack_into", "to_bytes")
_UNPACKS = ("unpack", "unpack_from", "from_bytes")


def _calls(story: Story, function: str) -> bool:
    return bool(story.trace.facts.function == function)


# ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("answer-with-more")
@mistake("delimiter-instead-of-a-length")
@mistake("empty-message-not-sent")
@mistake("length-as-text")
@mistake("length-counts-itself")
@mistake("length-little-endian")
@mistake("length-missing")
@mistake("length-of-another-size")
@mistake("payload-missing")
def sends_wrongly(story: Story, rule: str) -> Diagnosis | None:
    """What was sent is no message, and what it is tells why."""
    talk = Dialogue(story)
    heard, wanted = talk.heard_last, talk.wanted
    if not talk.is_compared or not _calls(story, "send_message") or heard == wanted:
        return None
    sends = story.at(last(talk.sends))
    if not heard:
        return _sends_nothing(story, talk)
    if heard.startswith(wanted):
        return Diagnosis("answer-with-more", sends)
    if heard == wanted[:LENGTH]:
        return Diagnosis("payload-missing", sends)
    kind = _wrong_length(heard, wanted)
    return Diagnosis(kind, _place_of_length(story, talk) or sends) if kind else None


def _sends_nothing(story: Story, talk: Dialogue) -> Diagnosis | None:
    if len(talk.wanted) > LENGTH or story.ended is None:
        return None
    ifs = [n for n in ast.walk(talk.function) if isinstance(n, ast.If)] if talk.function else []
    return Diagnosis("empty-message-not-sent", story.at(ifs[0].lineno if ifs else first(talk.sends)))


def _wrong_length(heard: bytes, wanted: bytes) -> str | None:
    """Return what is wrong with the length before a payload, from what should have been sent."""
    size = int.from_bytes(wanted[:LENGTH], "big")
    payload = wanted[LENGTH : LENGTH + size]
    begin, _, after = heard.partition(payload) if payload else (heard, b"", b"")
    if not begin:
        return "delimiter-instead-of-a-length" if after else "length-missing"
    if begin.strip(b" :\r\n").isdigit():
        return "length-as-text"
    if len(begin) != LENGTH:
        return "length-of-another-size"
    if begin == struct.pack("<I", size):
        return "length-little-endian"
    return "length-counts-itself" if begin == struct.pack(">I", size + LENGTH) else None


def _place_of_length(story: Story, talk: Dialogue) -> Site | None:
    return story.at(first(talk.lines(*_PACKS)) or first(talk.lines("encode")))


@mistake("waits-for-a-confirmation")
def waits_for_a_confirmation(story: Story, rule: str) -> Diagnosis | None:
    """A message was sent, and then something is read that nobody sends."""
    if not _calls(story, "send_message") or story.block is None or story.block.kind != "stuck":
        return None
    talk = Dialogue(story)
    if story.waits_at is None or talk.missing > 0 or story.waits_at.line not in talk.reads:
        return None
    return Diagnosis("waits-for-a-confirmation", story.waits_at)


# ── receiving ────────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("header-read-with-one-recv")
@mistake("payload-read-with-one-recv")
def reads_once(story: Story, rule: str) -> Diagnosis | None:
    """The function was done before all bytes of the message had come: it took what one recv() returned for all."""
    talk = Dialogue(story)
    count = talk.said_before_the_end
    if not _calls(story, "receive_message") or count is None or count == len(talk.said):
        return None
    if count < LENGTH:
        return Diagnosis("header-read-with-one-recv", story.at(first(talk.reads)))
    return Diagnosis("payload-read-with-one-recv", story.at(last(talk.reads)))


@mistake("reads-beyond-the-message")
def reads_a_length_again(story: Story, rule: str) -> Diagnosis | None:
    """A loop asks for the whole length in each round, and so gets the begin of the payload as well."""
    if not _calls(story, "receive_message") or story.raised is None or story.raised.get("type") != "error":
        return None
    line = _asks_for_the_whole(story)
    return Diagnosis("reads-beyond-the-message", story.at(line)) if line else None


def _asks_for_the_whole(story: Story) -> int | None:
    """Return the line of a recv() that asks in each round for as much as the loop wants in all."""
    for call in story.code.calls("recv"):
        for loop in story.code.loops_around(call.lineno) if call.args else ():
            bounds = loop.test.comparators if isinstance(loop, ast.While) and isinstance(loop.test, ast.Compare) else []
            if ast.unparse(call.args[0]) in [ast.unparse(bound) for bound in bounds]:
                return call.lineno
    return None


@mistake("empty-message-taken-for-the-end")
@mistake("end-returned-as-empty")
@mistake("half-a-message-returned")
@mistake("half-a-message-taken-for-the-end")
@mistake("header-returned-too")
@mistake("length-counts-itself")
@mistake("length-little-endian")
@mistake("messages-stuck-together")
@mistake("payload-read-with-one-recv")
@mistake("reads-beyond-the-message")
@mistake("text-returned")
@mistake("wrong-message")
def returns_wrongly(story: Story, rule: str) -> Diagnosis | None:
    """A call has returned something else than the next message, and what it is tells why."""
    if not _calls(story, "receive_message"):
        return None
    talk = Dialogue(story)
    if _passes_over_empty_ones(talk):
        return None
    for number, value in enumerate(talk.values):
        if number < len(talk.messages):
            found = _instead_of_a_message(story, talk, value, talk.messages[number])
        else:
            found = _instead_of_the_end(story, talk, value)
        if found is not None:
            return found
    return None


def _passes_over_empty_ones(talk: Dialogue) -> bool:
    """Whether there were empty messages, and the calls have returned only others."""
    others = [message for message in talk.messages if message.size]
    are_others = all(
        value.get("size") == message.size and text(value.get("text")).startswith(message.known[:_COMPARED])
        for value, message in zip(talk.values, others, strict=False)
    )
    return are_others and len(talk.values) <= len(others) < len(talk.messages)


def _instead_of_the_end(story: Story, talk: Dialogue, value: dict[str, Any]) -> Diagnosis | None:
    place = story.at(last([n.lineno for n in talk.returns]))
    if talk.rest and value.get("type") == "NoneType":
        nones = talk.returns_of(None)
        # The end is noticed where the length is read, or where the payload is.
        line = first(nones) if talk.rest < LENGTH else None
        return Diagnosis("half-a-message-taken-for-the-end", story.at(line) or place)
    if talk.rest:
        return Diagnosis("half-a-message-returned", place)
    if value.get("size") == 0:
        return Diagnosis("end-returned-as-empty", story.at(first(talk.returns_of(b""))) or place)
    return None


def _instead_of_a_message(story: Story, talk: Dialogue, value: dict[str, Any], message: Message) -> Diagnosis | None:
    place, reads = story.at(last([n.lineno for n in talk.returns])), story.at(last(talk.reads))
    kind, size, data = value.get("type"), value.get("size") or 0, text(value.get("text"))
    if kind == "str":
        return Diagnosis("text-returned", place)
    if kind == "NoneType" and not message.size:
        nones = talk.returns_of(None)
        return Diagnosis("empty-message-taken-for-the-end", story.at(nones[-1]) if nones[1:] else place)
    if kind not in ("bytes", "bytearray") or (size == message.size and message.known.startswith(data)):
        return None
    whole = message.size.to_bytes(LENGTH, "big") + message.known
    if data == whole:
        return Diagnosis("header-returned-too", place)
    if size > message.size and data.startswith((message.known, whole)):
        return _too_much(story, talk, value, message)
    if size < message.size == len(message.known) and data.strip(BLANKS) == message.known.strip(BLANKS):
        strips = story.at(first(talk.lines("strip", "rstrip", "lstrip", "splitlines", "split")))
        return Diagnosis("wrong-message", strips or place)
    if size == message.size - LENGTH:
        return Diagnosis("length-counts-itself", place)
    is_begin = message.known.startswith(data[: len(message.known)])
    return Diagnosis("payload-read-with-one-recv", reads) if 0 < size < message.size and is_begin else None


def _too_much(story: Story, talk: Dialogue, value: dict[str, Any], message: Message) -> Diagnosis | None:
    """More was returned than the message: because of what its length was taken for, or without a look at it."""
    reads = story.at(last(talk.reads))
    if not message.size:
        return None  # whatever it is, it does not begin with this message
    if line := _little(story):
        return Diagnosis("length-little-endian", story.at(line))
    if story.code.calls(*_UNPACKS):
        line = _asks_for_the_whole(story)
        return Diagnosis("reads-beyond-the-message", story.at(line) or reads)
    return Diagnosis("messages-stuck-together", reads)


@mistake("number-and-bytes-mixed")
@mistake("unpack-returns-a-tuple")
def mixes_numbers_and_bytes(story: Story, rule: str) -> Diagnosis | None:
    """A number where bytes belong, bytes where a number belongs, or what unpack() returns as it is."""
    if story.raised is None or story.raised.get("type") != "TypeError":
        return None
    message = str(story.raised.get("message"))
    if "'tuple'" in message and story.code.calls("unpack", "unpack_from"):
        return Diagnosis("unpack-returns-a-tuple", story.raised.site)
    wants_bytes = "bytes-like object is required, not 'int'" in message
    wants_a_number = re.search(r"'(bytes|bytearray)' object cannot be interpreted as an integer", message)
    if wants_bytes or wants_a_number:
        return Diagnosis("number-and-bytes-mixed", story.raised.site)
    return None


@mistake("another-error-raised", "error")
@mistake("empty-message-taken-for-the-end")
@mistake("end-raises", "error")
@mistake("length-as-text")
def raises_wrongly(story: Story, rule: str) -> Diagnosis | None:
    """A call has raised an error where there was a message, the end, or another error to be raised."""
    if not _calls(story, "receive_message") or story.raised is None:
        return None
    talk, site = Dialogue(story), story.raised.site
    number = len(talk.values)
    if "invalid literal for int()" in str(story.raised.get("message")):
        return Diagnosis("length-as-text", site)
    if number >= len(talk.messages) and talk.has_left:
        error = story.raised.get("type")
        facts = {"error": "struct.error" if error == "error" else error}
        return Diagnosis("another-error-raised" if talk.rest else "end-raises", site, facts)
    if number < len(talk.messages) and talk.messages[number].size == 0:
        return Diagnosis("empty-message-taken-for-the-end", site)
    return None


@mistake("length-little-endian")
@mistake("makefile-reads-ahead")
@mistake("reads-beyond-the-message")
def reads_too_much(story: Story, rule: str) -> Diagnosis | None:
    """The message was returned, and of the next one less is left than there was."""
    talk = Dialogue(story)
    if rule != "unread" or talk.missing <= 0 or (story.ended is None and not talk.values):
        return None
    if talk.line_of_buffer is not None:
        return Diagnosis("makefile-reads-ahead", story.at(talk.line_of_buffer))
    if line := _little(story):
        return Diagnosis("length-little-endian", story.at(line))
    return Diagnosis("reads-beyond-the-message", story.at(last(talk.reads)))


@mistake("length-little-endian")
@mistake("makefile-reads-ahead")
@mistake("reads-beyond-the-message")
@mistake("waits-beyond-the-message")
def waits_in_vain(story: Story, rule: str) -> Diagnosis | None:
    """The client has sent whole messages, and the program waits for more than there is."""
    if not _calls(story, "receive_message") or story.block is None or story.block.kind != "stuck":
        return None
    talk = Dialogue(story)
    if len(talk.values) >= len(talk.messages):
        return None
    if talk.line_of_buffer is not None:
        return Diagnosis("makefile-reads-ahead", story.at(talk.line_of_buffer))
    if _passes_over_empty_ones(talk):
        lines = [line for _, file, line, name in story.stack_of_main if name == story.trace.facts.function]
        return Diagnosis("waits-beyond-the-message", story.at(first(lines)) or story.waits_at)
    if talk.values:
        return Diagnosis("reads-beyond-the-message", story.at(last(talk.reads)))
    line = _little(story)
    if line is not None:
        return Diagnosis("length-little-endian", story.at(line))
    return Diagnosis("waits-beyond-the-message", story.waits_at)


def _little(story: Story) -> int | None:
    """Return the line that reads a number with its lowest byte first."""
    for call in story.code.calls(*_UNPACKS, "Struct"):
        words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if any(word == "little" or (last_name(call.func) != "from_bytes" and word[:1] not in ">!") for word in words):
            return call.lineno
    return None


RECOGNISERS = (
    sends_wrongly,
    waits_for_a_confirmation,
    mixes_numbers_and_bytes,
    reads_once,
    reads_a_length_again,
    returns_wrongly,
    raises_wrongly,
    reads_too_much,
    waits_in_vain,
)
