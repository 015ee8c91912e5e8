"""A run whose function talks on one connection, with a client of ours at the other end."""

from __future__ import annotations

from conc_checker.engine import wire
from conc_checker.lab.run import Run
from conc_checker.topics.sockets import rules
from conc_checker.topics.sockets.client import Client


class Talk(Run):
    """One run of the program, told in the order in which things happen."""

    def client(self) -> Client:
        """Return the client at the other end of the connection that the program was given."""
        self.advance(wire.Connected(1))
        self.judge(rules.is_reachable)
        return Client(self, 1)

    def goes_on(self) -> None:
        """The function has done what there was to do, and has not come back: it waits for more."""
        self.advance(wire.Rest())
        self.judge(lambda story: rules.goes_well(story, "going on"))
        self.judge(rules.goes_on)

    def has_left_unread(self, data: bytes) -> None:
        """The calls have come back, and these bytes, the last that the client has said, are still to be read."""
        self.advance(wire.Rest())
        self.ask(wire.Look())
        self.judge(lambda story: rules.goes_well(story, "unread"))
        self.judge(lambda story: rules.left_unread(story, len(data)))

    def returned(self, *values: bytes | None) -> None:
        """The calls have returned these values, one after the other."""
        self.judge(lambda story: rules.returned(story, values))

    def raises(self, error: str) -> None:
        """The function ends with an exception of this type."""
        self.let_go()
        self.judge(lambda story: rules.raised(story, error))
