"""The picture of programs that talk: the lives of the processes, a server's clients among them, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.report.lifelines import Row, State, Teller, tell
from conc_checker.report.timeline import timeline
from conc_checker.topics.sockets.transcript import transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.text import Text

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Event, Trace
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Canvas

_LEFT = {"half": "client has finished", "close": "client has left", "reset": "client broke off"}
_DOES = frozenset(("client-connect", "client-said", "client-heard", "client-leave", "client-end"))


def picture(story: Story, verdict: Verdict, canvas: Canvas) -> Iterable[list[Text]]:
    """Draw the processes, and write down what was said; where there was one process only, that says it all."""
    lines = tell(story, verdict, ServerTeller if story.trace.facts.about == "server" else None)
    talk = transcript(story.trace, verdict, lines, canvas)
    if not talk or len(lines.rows) > 1:
        yield timeline(lines, canvas)
    yield talk


class ClientRow(Row):
    """The row of a client: of a server, a learner wants to know in whose hands each connection was."""

    def name(self, canvas: Canvas) -> str:
        """Return the client's number, in words."""
        return canvas.messages.word("client of many", number=self.index)

    def told(self, canvas: Canvas, name: Callable[[Row], str]) -> str:
        """Return how the client fared, and who held its connection."""
        text, word = super().told(canvas, name), canvas.messages.word
        if self.state is State.ENDED:
            return text
        holders = [name(one) for one in self.facts.get("holders", ())]
        if holders:
            return text + word("held by", processes=word("and").join(holders))
        return text + word("let go" if self.facts.get("accepted") else "not accepted")


class ServerTeller(Teller):
    """Tells of the clients, too."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace)
        self._clients: dict[int, Row] = {}

    def take(self, event: Event) -> None:
        """Take in the next event."""
        if event.kind in _DOES:
            self._client_does(event)
        else:
            super().take(event)

    def _client_does(self, event: Event) -> None:
        number = int(event.get("client", 0))
        row = self._clients.get(number)
        if row is None:
            row = self._clients[number] = ClientRow("client", index=number, label="client silent")
            self.add_row(row)
        state = State.ALIVE
        if event.kind == "client-connect" and event.get("state") == "refused":
            row.label, state = "client refused", State.ENDED
        elif event.kind == "client-said":
            row.label, state = "client waits", State.WAITING
        elif event.kind == "client-heard":
            if not event.get("size"):
                return
            row.label = "client answered"
        elif event.kind == "client-leave":
            how = event.get("how")
            row.label, state = _LEFT[how], State.WAITING if how == "half" else State.ENDED
        elif event.kind == "client-end" and row.state is not State.ENDED:
            row.label, state = f"client {event.get('how')}", State.ENDED
        self.set(event, row, state)

    def settle_others(self, end: int) -> None:
        """Say of each client in whose hands its connection was, or whether it was ever in any."""
        holders, accepted = _holders(self.trace, end), _accepted(self.trace)
        for number, row in self._clients.items():
            pids = holders.get(str(number), [])
            held = [self.processes[pid].row for pid in pids if pid in self.processes]
            row.facts = {"holders": held, "accepted": number in accepted}

    def guests(self) -> list[Row]:
        """Return the clients."""
        return list(self._clients.values())


def _accepted(trace: Trace) -> set[Any]:
    """Return the clients whose connections a process has taken."""
    taken = {e.get("port") for e in trace.of("accepted")}
    return {e.get("client") for e in trace.of("client-connect") if e.get("port") in taken}


def _holders(trace: Trace, end: int) -> dict[str, list[int]]:
    """Return which processes held which client's connection at the decisive moment, or were seen to last."""
    after = next((e for e in trace.events[end : end + 3] if e.kind == "holders"), None)
    looks = [after] if after else [e for e in trace.events[:end] if e.kind == "holders"]
    return dict(looks[-1].get("clients") or {}) if looks else {}
