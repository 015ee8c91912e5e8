"""A learner's server as a check sees it: started, visited by clients, looked at while they hold still, stopped.

server = lab.serve("serve")
silent, busy = server.connect(), server.connect()
busy.says(b"hello").hears(b"HELLO")
silent.says(b"still here").hears(b"STILL HERE")
server.ends_when_interrupted()
"""

from __future__ import annotations

from conc_checker.diagnosis.story import Story
from conc_checker.engine import wire
from conc_checker.lab.run import Run
from conc_checker.topics.sockets import rules
from conc_checker.topics.sockets.client import Client


class Server(Run):
    """A run whose function serves for ever."""

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        assert self.trace.facts.address is not None
        return self.trace.facts.address

    def begin(self, start: wire.Start) -> wire.Begun:
        """Start the server, and wait until it listens."""
        begun = super().begin(start)
        self.trace.facts.address = begun.address
        if self.advance(wire.Listening()):
            self.let_settle()
        self.judge(rules.listens)
        return begun

    def connect(self, *, slow: bool = False) -> Client:
        """Let a client connect; a slow one has little room for what it has not read, and reads when it is told to."""
        client = self._connect(slow=slow)
        self.advance(wire.Rest())
        return client

    def _connect(self, *, slow: bool = False) -> Client:
        number = self.ask(wire.Connect(slow=slow)).client
        if slow:
            self.ask(wire.Read(number, 0))
        # Until the server has taken it or turns out not to: a short queue must not make the next one wait.
        self.advance(wire.Accepted(number))
        self.judge(rules.is_reachable)
        return Client(self, number)

    def connect_and_reset(self) -> None:
        """Let a client connect that has broken off before main can do anything with the connection."""
        self.ask(wire.Hold(("accepted",)))
        number = self.ask(wire.Connect()).client
        self.advance(wire.Caught("accepted"))
        self.ask(wire.Leave(number, "reset"))
        self.ask(wire.Hold())
        self.advance(wire.Rest())

    def connect_many(self, count: int) -> list[Client]:
        """Let clients connect one right after the other."""
        clients = [self._connect() for _ in range(count)]
        self.advance(wire.Rest())
        return clients

    def leave_together(self, *clients: Client) -> None:
        """Let clients leave while main is stopped: what it is told of the ends of their processes, it is told at once.

        A signal that waits for a process already is not sent to it a second time.
        """
        pids = rules.served_by(Story(self.trace), [client.number for client in clients])
        self.ask(wire.Stop())
        for client in clients:
            self.ask(wire.Leave(client.number, "close"))
        self.advance(wire.Gone(tuple(pids)))
        self.ask(wire.Continue())
        self.advance(wire.Rest())

    def serves_each_in_a_process_of_its_own(self, *clients: Client) -> None:
        """The connections are held by as many processes, each by one and by no other, and none by main."""
        numbers = [client.number for client in clients]
        self.advance(wire.Apart(tuple(numbers)))
        self.judge(lambda story: rules.goes_well(story, "apart"))
        self.judge(rules.listens)
        self.judge(lambda story: rules.apart(story, numbers))

    def lets_go_of(self, *clients: Client) -> None:
        """The processes that served these clients, who have left, come to their end."""
        pids = rules.served_by(Story(self.trace), [client.number for client in clients])
        self.advance(wire.Gone(tuple(pids)))
        self.judge(lambda story: rules.goes_well(story, "gone"))
        self.judge(lambda story: rules.gone(story, pids))

    def has_reaped(self, *clients: Client) -> None:
        """Of the processes that served these clients nothing is left, not even a zombie."""
        pids = rules.served_by(Story(self.trace), [client.number for client in clients])
        self.advance(wire.Reaped(tuple(pids)))
        self.judge(lambda story: rules.goes_well(story, "reaped"))
        self.judge(lambda story: rules.reaped(story, pids))

    def goes_on(self) -> None:
        """Whatever has happened: when all that follows from it is done, main still serves."""
        self.advance(wire.Rest())
        self.judge(lambda story: rules.goes_well(story, "serving"))

    def let_settle(self) -> None:
        """Let happen all that follows from what has happened, and look who holds which connection then."""
        super().let_settle()
        self.ask(wire.Look())

    def ends_when_interrupted(self) -> None:
        """Interrupt it as Ctrl-C does, and let its clients leave: main ends, and nothing is left."""
        self.advance(wire.Rest())  # not in the middle of a fork
        self.drive(wire.Interrupt(wire.Ended()))
        self.ask(wire.Look())
        self.judge(rules.frees_its_port)
        self.ask(wire.AllLeave())
        self.advance(wire.Ended())
        self.close()
        self.judge(rules.ended)

    def is_killed(self) -> None:
        """Kill all its processes at once, as a crash or a power cut would, while its clients are connected."""
        self.close()

    def is_left_alone(self) -> None:
        """Nobody comes; where the server waits with a limit, let that limit pass."""
        self.advance(wire.Alone())
        self.judge(lambda story: rules.goes_well(story, "alone"))
