"""What was said on a connection, in the words that the recognisers of mistakes use.

Of long data a trace keeps the begin and the size, so bytes here are compared only as far as they are known.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.code import last_name

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.events import Kind
    from conc_checker.record.trace import Event

_READS = ("recv", "recv_into", "recvfrom", "recvmsg", "read", "read1", "readinto", "readline", "readlines")
SENDS = ("send", "sendall", "sendmsg", "sendfile", "sendto", "write", "writelines", "push")


BLANKS = b" \t\r\n\v\f\0"
LENGTH = 4  # bytes before the payload of a message


@dataclass(frozen=True, slots=True)
class Message:
    """A payload: its size, and as much of it as the trace has kept."""

    size: int
    known: bytes


class Dialogue:
    """The talk between the program and the client that the check spoke of last."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.expected: dict[str, Any] = story.asked
        self.client = self.expected.get("client", 1)
        self.rest = 0  # bytes that the client has sent of a further message

    # ── the client ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_client(self, kind: Kind) -> list[Event]:
        return [e for e in self.story.trace.of(kind) if e.get("client") == self.client]

    @cached_property
    def said(self) -> list[Event]:
        """The events in which the client has said something."""
        return self._of_client("client-said")

    @cached_property
    def has_left(self) -> str:
        """How the client has left ("close", "half", "reset"); empty while it is there."""
        left = self._of_client("client-leave")
        return str(left[0].get("how")) if left else ""

    @cached_property
    def was_closed(self) -> bool:
        """Whether the program has closed the connection, and the client had not left."""
        return bool(self._of_client("client-end")) and not self.has_left

    @cached_property
    def was_broken_off(self) -> bool:
        """Whether the program's side has broken the connection off."""
        return any(e.get("how") == "reset" for e in self._of_client("client-end"))

    @cached_property
    def _last_word(self) -> int:
        return self.story.position(self.said[-1]) if self.said else -1

    @cached_property
    def heard_last(self) -> bytes:
        """What the client has heard since it said something last."""
        return self._heard(self._last_word, len(self.story.trace))

    @cached_property
    def heard_before(self) -> bytes:
        """What the client had heard before that."""
        return self._heard(0, self._last_word)

    def _heard(self, first: int, last: int) -> bytes:
        events = [e for e in self.story.trace.events[max(0, first) : max(0, last)] if e.kind == "client-heard"]
        return b"".join(text(e.get("text")) for e in events if e.get("client") == self.client)

    @property
    def is_compared(self) -> bool:
        """Whether it was said what the client should have heard: what the program did went well so far."""
        return "text" in self.expected

    @cached_property
    def wanted(self) -> bytes:
        """What the client should have heard last."""
        return text(self.expected.get("text"))

    @cached_property
    def missing(self) -> int:
        """How many bytes the client has not heard that it should have; below zero where it has heard too many."""
        return int(self.expected.get("missing", 0))

    # ── the messages that the client has sent ────────────────────────────────────────────────────────────────────────

    @cached_property
    def messages(self) -> list[Message]:
        """All messages that the client has sent whole, up to one whose length the trace has not kept."""
        stream, gaps = bytearray(), list[range]()  # what the trace has not kept of what was said at once
        for event in self.said:
            kept = text(event.get("text"))
            stream += kept + bytes(event.get("size", 0) - len(kept))
            gaps.append(range(len(stream) - event.get("size", 0) + len(kept), len(stream)))
        found, begin = list[Message](), 0
        while (first := begin + LENGTH) <= len(stream) and not any(begin in gap or first - 1 in gap for gap in gaps):
            end = first + int.from_bytes(stream[begin:first], "big")
            if end > len(stream):
                break
            known = min([end, *(gap.start for gap in gaps if gap and gap.start >= first)])
            found.append(Message(end - first, bytes(stream[first:known])))
            begin = end
        self.rest = len(stream) - begin
        return found

    @cached_property
    def values(self) -> list[dict[str, Any]]:
        """What the calls that have come back returned, as plain data."""
        if self.story.ended is not None:
            return list(self.story.ended.get("values", ()))
        return [e.get("value") for e in self.story.trace.of("returned", pid=self.story.main)]

    @cached_property
    def said_before_the_end(self) -> int | None:
        """How many single bytes the client had said when the function was done; None if it spoke otherwise."""
        if any(e.get("size") != 1 for e in self.said) or len(self.said) < 2 or self.story.end == len(self.story.trace):
            return None
        return sum(self.story.position(e) < self.story.end for e in self.said)

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def function(self) -> ast.AST | None:
        """The definition of the function that was called."""
        name = self.story.trace.facts.function
        found = [n for n in self.story.code.nodes() if isinstance(n, ast.FunctionDef) and n.name == name]
        return found[0] if found else None

    def lines(self, *names: str) -> list[int]:
        """Return the lines of such calls: in the function that was called, or without any there, in the module."""
        within = ast.walk(self.function) if self.function else ()
        found = [n.lineno for n in within if isinstance(n, ast.Call) and last_name(n.func) in names]
        return sorted(found) or [c.lineno for c in self.story.code.calls(*names)]

    @cached_property
    def reads(self) -> list[int]:
        """The lines that read from the connection."""
        return self.lines(*_READS)

    @cached_property
    def sends(self) -> list[int]:
        """The lines that send."""
        return self.lines(*SENDS) or self.lines("print")

    @cached_property
    def returns(self) -> list[ast.Return]:
        """The `return` statements of the function that was called, by their lines."""
        within = ast.walk(self.function) if self.function else ()
        return sorted((n for n in within if isinstance(n, ast.Return)), key=lambda n: n.lineno)

    def returns_of(self, constant: object) -> list[int]:
        """Return the lines of the function's `return` statements of this constant."""
        values = [(n.lineno, n.value or ast.Constant(None)) for n in self.returns]
        return [n for n, v in values if isinstance(v, ast.Constant) and v.value == constant]

    @cached_property
    def line_of_buffer(self) -> int | None:
        """The line of a makefile() whose file has a buffer."""
        for call in self.story.code.calls("makefile"):
            sizes = [k.value for k in call.keywords if k.arg == "buffering"] + call.args[1:2]
            if not any(isinstance(s, ast.Constant) and s.value == 0 for s in sizes):
                return call.lineno
        return None


def text(latin: str | None) -> bytes:
    """Return bytes from how a trace keeps them: each as one character."""
    return (latin or "").encode("latin-1", "replace")


def first(lines: list[int]) -> int | None:
    """Return the first of some lines, if there is one."""
    return lines[0] if lines else None


def last(lines: list[int]) -> int | None:
    """Return the last of some lines, if there is one."""
    return lines[-1] if lines else None
