"""Drives a program towards a goal: gathers what can be seen, asks `decide` what it means, and acts."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from conc_checker.engine import wire
from conc_checker.engine.supervisor import decide, evidence
from conc_checker.engine.supervisor.decide import Known, News, Rules, Seen
from conc_checker.engine.supervisor.platform import Kind

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.parts import Parts
    from conc_checker.engine.supervisor.platform import Process, Snapshot
    from conc_checker.engine.supervisor.reception import Reception

_FEW, _LONGEST_COST = 100, 0.2  # processes that are looked at without a second thought; seconds


class Drive:
    """The loop around the decisions of one run, and the state that it keeps for them."""

    def __init__(self, parts: Parts, reception: Reception) -> None:
        self._parts = parts
        self._reception = reception
        self._state = decide.begin(time.monotonic(), parts.clock.now())
        self._cost = 0.0  # seconds that the last look has taken, when there was much to see
        self._spent = 0.0  # seconds that the goals so far have taken while the machine had time for the subject

    def stir(self) -> None:
        """Something is about to be done to the program: what was at rest may move."""
        self._state = replace(self._state, is_quiescent=False)

    def take_in(self, timeout: float = 0.0) -> bool:
        """Take in what the subject reports; return whether there was anything."""
        news = self._reception.take_in(timeout)
        self._state = self._state.hear(news)
        return bool(news)

    def towards(self, goal: wire.Goal) -> wire.Why:
        """Drive the run until the goal is met, or proven to be out of reach, and return which."""
        self._parts.inbox.is_interrupted = False
        self._state = decide.begin(time.monotonic(), self._parts.clock.now(), self._state)
        why = self._drive(goal)
        self._spent += self._state.unstarved
        return why

    def _drive(self, goal: wire.Goal) -> wire.Why:
        self.take_in()
        if end := decide.reached(goal, self._reception.standing(goal)):
            return end
        if isinstance(goal, wire.Rest) and self._state.is_quiescent:
            return "met"
        while True:
            # Looking at a thousand processes takes its time: as long as that, wait for news instead.
            news = self.take_in(max(self._state.pause, self._cost))
            if end := decide.reached(goal, self._reception.standing(goal)):
                return end
            now = time.monotonic()
            if news:
                self._state = self._state.begin_anew()
                if now - self._state.looked < decide.LONGEST_PAUSE:
                    continue
            elif now - self._state.looked < self._state.pause:  # somebody has only looked around
                continue
            tree = self._parts.process_table.tree()
            if self._has_too_many(tree):
                continue
            if end := self._look(goal, now, tree):
                return end

    def _look(self, goal: wire.Goal, now: float, tree: list[Process]) -> wire.Why | None:
        """Look at all processes, decide and act; return why the run is at its end, or None."""
        snapshot = self._correct(self._parts.host.snapshot(tree))
        self._cost = min(time.monotonic() - now, _LONGEST_COST) if len(tree) > _FEW else 0.0
        seen = self._stand(goal, Seen(now, snapshot, is_met=self._sees(goal, tree), clock=self._parts.clock.now()))
        rules = Rules(self._parts.start.deadline, self._spent)
        while True:
            acts, self._state = decide.decide(goal, rules, self._state, seen)
            for act in acts:
                match act:
                    case decide.AskNetwork():
                        seen = replace(seen, is_moving=self._parts.network.is_moving())
                        break
                    case decide.Listen():
                        seen = replace(seen, has_news=self.take_in())
                        seen = self._stand(goal, seen) if seen.has_news else seen
                        break
                    case decide.End(why):
                        return why
                    case decide.Finding(why):
                        self._find(why, snapshot, tree)
                        return why
                    case _:
                        self._act(act, tree)
            else:
                return None

    def _act(self, act: decide.Act, tree: list[Process]) -> None:
        match act:
            case decide.StopClock():
                self._parts.clock.stop()
            case decide.RunClock():
                self._parts.clock.run()
            case decide.JumpTo(moment):
                self._parts.clock.jump_to(moment)
            case decide.WakeDue():
                self._state = self._state.hear(News(self._reception.wake_due()))
            case decide.LookAround():
                self._reception.look_around(tree)
            case decide.MakeRoom():
                self._parts.process_table.drop_grants()

    def _find(self, why: wire.Why, snapshot: Snapshot, tree: list[Process]) -> None:
        if why in ("deadline", "starved"):
            self._reception.over = why
        evidence.note(self._parts, why, snapshot, tree, self._state.busy_wait.spins)

    # ── gathering ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _stand(self, goal: wire.Goal, seen: Seen) -> Seen:
        """Return what was seen with how all stands now."""
        barrier, process_table = self._parts.barrier, self._parts.process_table
        standing = self._reception.standing(goal)
        return replace(seen, standing=standing, pauses=barrier.pauses(), forks_wait=process_table.forks_wait)

    def _sees(self, goal: wire.Goal, tree: list[Process]) -> bool:
        """Whether the goal is met by what the operating system lists now."""
        if isinstance(goal, wire.Reaped):
            self._reception.collect()  # those whose parent has gone are ours to collect
            return not {p.pid for p in tree} & set(goal.pids)
        return self._parts.network.sees(goal, tree, self._parts.process_table.main)

    def _has_too_many(self, tree: list[Process]) -> bool:
        """Notice processes beyond the cap that were started behind the probe's back."""
        live, cap = sum(p.is_alive for p in tree), self._parts.process_table.cap
        if live > cap:
            self._parts.journal.note("cap", {"live": live, "cap": cap})
            self._reception.over = "too-many-processes"
        return live > cap

    def _correct(self, snapshot: Snapshot) -> Snapshot:
        barrier, process_table = self._parts.barrier, self._parts.process_table
        main = self._reception.waiting()
        if self._parts.host.proof == "system calls":
            threads = barrier.numbers().keys() | barrier.sleeping() | {event.thread for event in main}
            known = Known(True, threads, process_table.services, process_table.disturbed)
            return decide.correct(snapshot, replace(known, looking=barrier.looking(), leaving=barrier.leaving()))
        ours = barrier.pids() | {event.pid for event in main}
        timed = {pid for (pid, _), wait in snapshot.threads.items() if wait.kind is Kind.TIMED}
        waiting = {p for p in timed if p in ours or self._is_in_known_wait(p)}
        return decide.correct(snapshot, Known(False, waiting=waiting, looking=barrier.looking()))

    def _is_in_known_wait(self, pid: int) -> bool:
        """Without the kernel's word: whether it was last heard of on its way into an unlimited join, or only helps."""
        if self._parts.process_table.role(pid) == "helper":
            return True
        last = self._parts.journal.last_of(pid)
        return last is not None and last.kind == "join" and last.get("timeout") is None
