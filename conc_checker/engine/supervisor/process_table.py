"""The processes of a run: who they are, when they end, and how many may live."""

from __future__ import annotations

import os
import selectors
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conc_checker.engine.supervisor import platform

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.inbox import Message
    from conc_checker.engine.supervisor.journal import Journal


class ProcessTable:
    """Knows each process that has shown itself; `cap` is how many may live at once."""

    def __init__(self, host: platform.Host, journal: Journal, cap: int) -> None:
        self._host = host
        self._journal = journal
        self.cap = cap
        self.main = 0
        self.known: set[int] = set()
        self._watches: dict[int, int] = {}
        self._watched = selectors.DefaultSelector()  # all of them, so that one question is enough
        self._introduced: set[int] = set()
        self._forked: set[int] = set()
        self._helpers: set[int] = set()
        self.services: set[int] = set()  # look around from time to time and wait for nobody
        self.disturbed: set[int] = set()  # their waits may end by an alarm, or by the world outside
        self._requests: list[Message] = []  # forks that wait for room under the cap
        self._granted: dict[int, int] = {}  # number → thread of forks that were allowed and not yet seen
        self._grants = 0
        self._room = 0  # forks that may be allowed before the living have to be counted again

    def tree(self) -> list[platform.Process]:
        """Return all processes of the run, zombies included."""
        return self._host.tree(self.known)

    def alive(self) -> list[platform.Process]:
        """Return those that live."""
        return [p for p in self.tree() if p.is_alive]

    def watch(self, pid: int) -> None:
        """Learn of a process when it first shows itself."""
        if pid not in self.known:
            self.known.add(pid)
            watch = platform.exit_watch(pid)
            if watch is not None:
                self._watches[pid] = watch
                self._watched.register(watch, selectors.EVENT_READ, pid)

    def watches(self) -> list[Any]:
        """Return what becomes readable when a process ends."""
        return [self._watched] if hasattr(self._watched, "fileno") else list(self._watches.values())

    def hear(self, message: Message) -> None:
        """Learn from a message what kind of process sent it."""
        event = message.event
        pid = event.pid
        if event.kind == "forked" and pid not in self._introduced:
            self._forked.add(pid)  # it has its parent's command line, and be it the fork server's
        self._introduce(pid)
        # A thread that reports again has its child by now, and so has a child that reports: they are in the tree.
        self._granted = {n: thread for n, thread in self._granted.items() if thread != event.thread}
        if event.kind == "forked":
            self._granted.pop(event.get("grant", 0), None)
        elif event.kind == "outside" or (event.kind == "timer" and "seconds" not in event.data):
            self.disturbed.add(pid)
        if event.get("service") and pid != self.main:
            self.services.add(pid)

    def _introduce(self, pid: int) -> None:
        if pid not in self._introduced:
            self._introduced.add(pid)
            if pid != self.main:
                self._journal.note("process", {"pid": pid, "role": self.role(pid)})

    def meet(self, pid: int) -> None:
        """Learn of a process that has said nothing yet; it may carry no probe, but it was seen to be one of ours."""
        self.watch(pid)
        self._introduce(pid)

    def role(self, pid: int) -> str:
        """Return "helper" for what multiprocessing adds; it stays one when its command line is gone."""
        if pid not in self._helpers and pid not in self._forked and platform.role(pid) == "helper":
            self._helpers.add(pid)
        return "helper" if pid in self._helpers else "worker"

    def has_ended(self, pid: int) -> bool:
        """Whether a process has ended."""
        if pid not in self._watches:
            # The number is a process's word: nobody becomes one of ours by it, to be killed at the end.
            if all(p.pid != pid for p in self.alive()):
                return True
            self.watch(pid)
        return pid in self._watches and platform.has_ended(self._watches[pid])

    def find_ended(self, messages: list[Message]) -> dict[int, float]:
        """Return who has just ended, and when: just after its own last message, and so before its parent's next."""
        ended: dict[int, float] = {}
        for key, _ in self._watched.select(0) if self._watches else ():
            pid = key.data
            ended[pid] = max((m.event.real for m in messages if m.event.pid == pid), default=0.0) + 1e-7
            self._watched.unregister(key.fileobj)
            os.close(self._watches.pop(pid))
        return ended

    # ── forks ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def request_fork(self, message: Message) -> None:
        """Let a process wait for its turn to start another."""
        self._requests.append(message)

    def grant_forks(self) -> bool:
        """Allow forks as long as those that live and those that are about to stay within the cap.

        Returns False when the cap is full and one more is wanted: the run is over.
        """
        while self._requests:
            message = self._requests[0]
            live = 0
            if not self._room:
                live = len(self.alive())
                self._room = max(0, self.cap - live - len(self._granted))
            if self._room:
                self._room -= 1
                del self._requests[0]
                self._grants += 1
                self._granted[self._grants] = message.event.thread
                self._journal.add(message.event)
                message.line.reply(grant=self._grants)
            elif live >= self.cap:
                self._journal.add(replace(message.event, kind="cap", data={"live": live, "cap": self.cap}))
                return False
            else:  # some that were allowed have not shown yet
                return True
        return True

    @property
    def forks_wait(self) -> bool:
        """Whether somebody waits for room that others were given who have not shown themselves."""
        return bool(self._granted and self._requests)

    def drop_grants(self) -> None:
        """Nobody moves: whoever was allowed to fork has done so.

        A program that carries no probe does not report, and its parent waits for it in silence.
        """
        self._granted = {}

    def close(self) -> None:
        """Give the descriptors back."""
        self._watched.close()
        for watch in self._watches.values():
            os.close(watch)
        self._watches = {}
