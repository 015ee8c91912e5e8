"""A client of a learner's program, at the other end of a connection: it does only what a check says.

client.says(b"hello").hears(b"HELLO")
client.stops_talking().sees_the_end()

What it waits for has come when a method returns, and all that follows from it has followed: what it does next meets the
program at rest, and not at a moment that depends on the machine.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

from conc_checker.diagnosis.story import Story
from conc_checker.engine import wire
from conc_checker.topics.sockets import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.lab.run import Run


class Client:
    """The client's side of one connection."""

    def __init__(self, run: Run, number: int) -> None:
        self._run = run
        self.number = number
        self._expected = hashlib.sha256()
        self._size = 0
        self._wanted = b""  # what was to be heard last

    def says(self, data: bytes, *, bytewise: bool = False) -> Client:
        """Send bytes; `bytewise` sends each alone, when the program has done what it does after the one before."""
        parts = [data[i : i + 1] for i in range(len(data))] if bytewise else [data]
        for part in parts:
            self._run.ask(wire.Say(self.number, part))
            if bytewise:
                self._run.advance(wire.Rest())
        return self

    def hears(self, data: bytes) -> Client:
        """Exactly these bytes come, after those that have been heard before."""
        self._expected.update(data)
        self._size += len(data)
        self._wanted = data or self._wanted
        size, digest, wanted = self._size, self._expected.hexdigest(), self._wanted
        goal = wire.Heard((self.number,), size)
        if self._run.advance(goal):
            # What comes after is heard, too: what is said of it must not depend on the moment.
            if rules.has_heard(Story(self._run.trace), self.number, size, digest):
                self._run.advance(wire.Rest())
            else:
                self._run.let_settle()
            self._run.advance(goal)
        self._run.judge(lambda story: rules.goes_well(story, "answer"))
        self._run.judge(lambda story: rules.heard(story, self.number, size, digest, wanted))
        return self

    def exchanges(self, pieces: Iterable[bytes], answer: Callable[[bytes], bytes]) -> Client:
        """Say pieces, each when the answer to the one before has come; `answer` makes of each what is to be heard."""
        for piece in pieces:
            self.says(piece)
            heard, size = self._expected.copy(), self._size
            heard.update(answer(piece))
            size += len(answer(piece))
            self._run.advance(wire.Heard((self.number,), size))
            if not rules.has_heard(Story(self._run.trace), self.number, size, heard.hexdigest()):
                return self.hears(answer(piece))
            self._expected, self._size = heard, size
        return self.hears_nothing_more()

    def hears_nothing_more(self) -> Client:
        """Nothing comes that has not been heard before, though everybody has done all that there is to do."""
        self._run.advance(wire.Rest())
        return self.hears(b"")

    def stays_silent(self) -> Client:
        """Say nothing for as long as the program's own time limits take, if it has any that are short."""
        self._run.advance(wire.Alone())
        return self

    def reads(self, size: int) -> Client:
        """Read so many bytes, and then no more."""
        self._run.ask(wire.Read(self.number, size))
        self._run.advance(wire.Rest())
        return self

    def hears_all(self, data: bytes) -> Client:
        """Read on without a pause; exactly these bytes have come in the end."""
        self._run.ask(wire.Read(self.number, None))
        return self.hears(data)

    def stops_talking(self) -> Client:
        """Close the sending side: the other reads the end of the stream, and may still answer."""
        return self._leave("half")

    def leaves(self) -> Client:
        """Close the connection, when all that was to be said is on its way; wait until nothing follows from it."""
        self._leave("close")
        self._run.advance(wire.Rest())
        return self

    def resets(self) -> Client:
        """Break the connection off, as a machine does that has crashed; wait until nothing follows from it any more."""
        self._leave("reset")
        self._run.advance(wire.Rest())
        return self

    def sees_the_end(self) -> Client:
        """The other side closes the connection, and has said nothing before that has not been heard."""
        if self._run.advance(wire.EndSeen(self.number)):
            self._run.advance(wire.Rest())
        self._run.judge(lambda story: rules.end_seen(story, self.number))
        return self

    def _leave(self, how: Literal["close", "half", "reset"]) -> Client:
        self._run.ask(wire.Leave(self.number, how))
        return self
