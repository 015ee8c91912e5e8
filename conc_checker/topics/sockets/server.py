"""A learner's server as a check sees it: started, visited by clients, looked at while they hold still, stopped.

server = lab.serve("serve")
silent, busy = server.connect(), server.connect()
busy.says(b"hello").hears(b"HELLO")
silent.says(b"still here").hears(b"STILL HERE")
server.ends_when_interrupted()
"""

from __future__ import annotations

from typing import Any

from conc_checker.diagnosis.story import Story
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

    def begin(self, request: dict[str, Any]) -> dict[str, Any]:
        """Start the server, and wait until it listens."""
        reply = super().begin(request)
        host, port = reply["address"]
        self.trace.facts.address = (host, port)
        if self.advance({"kind": "listening"}):
            self.let_settle()
        self.judge(rules.listens)
        return reply

    def connect(self, *, slow: bool = False) -> Client:
        """Let a client connect; a slow one has little room for what it has not read, and reads when it is told to."""
        client = self._connect(slow=slow)
        self.advance({"kind": "rest"})
        return client

    def _connect(self, *, slow: bool = False) -> Client:
        number = self.ask({"op": "client", "what": "connect", "slow": slow})["client"]
        if slow:
            self.ask({"op": "client", "what": "read", "client": number, "size": 0})
        # Until the server has taken it or turns out not to: a short queue must not make the next one wait.
        self.advance({"kind": "accepted", "client": number})
        self.judge(rules.is_reachable)
        return Client(self, number)

    def connect_and_reset(self) -> None:
        """Let a client connect that has broken off before main can do anything with the connection."""
        self.ask({"op": "hold", "what": "accepted"})
        number = self.ask({"op": "client", "what": "connect"})["client"]
        self.advance({"kind": "caught", "what": "accepted"})
        self.ask({"op": "client", "what": "leave", "client": number, "how": "reset"})
        self.ask({"op": "hold", "what": ""})
        self.advance({"kind": "rest"})

    def connect_many(self, count: int) -> list[Client]:
        """Let clients connect one right after the other."""
        clients = [self._connect() for _ in range(count)]
        self.advance({"kind": "rest"})
        return clients

    def serves_each_in_a_process_of_its_own(self, *clients: Client) -> None:
        """The connections are held by as many processes, each by one and by no other, and none by main."""
        numbers = [client.number for client in clients]
        self.advance({"kind": "apart", "clients": numbers})
        self.judge(lambda story: rules.goes_well(story, "apart"))
        self.judge(rules.listens)
        self.judge(lambda story: rules.apart(story, numbers))

    def lets_go_of(self, *clients: Client) -> None:
        """The processes that served these clients, who have left, come to their end."""
        pids = rules.served_by(Story(self.trace), [client.number for client in clients])
        self.advance({"kind": "gone", "pids": pids})
        self.judge(lambda story: rules.goes_well(story, "gone"))
        self.judge(lambda story: rules.gone(story, pids))

    def has_reaped(self, *clients: Client) -> None:
        """Of the processes that served these clients nothing is left, not even a zombie."""
        pids = rules.served_by(Story(self.trace), [client.number for client in clients])
        self.advance({"kind": "reaped", "pids": pids})
        self.judge(lambda story: rules.goes_well(story, "reaped"))
        self.judge(lambda story: rules.reaped(story, pids))

    def goes_on(self) -> None:
        """Whatever has happened: when all that follows from it is done, main still serves."""
        self.advance({"kind": "rest"})
        self.judge(lambda story: rules.goes_well(story, "serving"))

    def let_settle(self) -> None:
        """Let happen all that follows from what has happened, and look who holds which connection then."""
        super().let_settle()
        self.ask({"op": "look"})

    def ends_when_interrupted(self) -> None:
        """Interrupt it as Ctrl-C does, and let its clients leave: main ends, and nothing is left."""
        goal = {"kind": "ended"}
        self.advance({"kind": "rest"})  # not in the middle of a fork
        self.advance(goal, op="interrupt")
        self.ask({"op": "look"})
        self.judge(rules.frees_its_port)
        self.ask({"op": "client", "what": "all-leave"})
        self.advance(goal)
        self.close()
        self.judge(rules.ended)

    def is_killed(self) -> None:
        """Kill all its processes at once, as a crash or a power cut would, while its clients are connected."""
        self.close()

    def is_left_alone(self) -> None:
        """Nobody comes; where the server waits with a limit, let that limit pass."""
        self.advance({"kind": "alone"})
        self.judge(lambda story: rules.goes_well(story, "alone"))
