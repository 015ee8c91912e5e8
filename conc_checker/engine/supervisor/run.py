"""One run of a learner's program: started, observed, held, released, proven to wait, and ended.

`advance` drives it towards a goal. Between two messages it looks at the whole subject: while a thread runs there is
nothing to decide; when two looks show that none has run in between, nothing can move but by our act. Then the clock
jumps to the next wake-up, or, with nobody asleep, the goal is proven to be out of reach.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conc_checker.engine.supervisor import host as hosts
from conc_checker.engine.supervisor import restless, stacks
from conc_checker.engine.supervisor.clock import Clock
from conc_checker.engine.supervisor.gate import Gate
from conc_checker.engine.supervisor.host import Look
from conc_checker.engine.supervisor.inbox import MOST_BYTES, Inbox, Message
from conc_checker.engine.supervisor.journal import Journal
from conc_checker.engine.supervisor.launch import Workplace, launch
from conc_checker.engine.supervisor.network import Network, free_address
from conc_checker.engine.supervisor.output import Output
from conc_checker.engine.supervisor.roster import Roster
from conc_checker.engine.supervisor.waits import Kind, Wait

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.engine.supervisor.host import Host, Process

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0005, 0.02  # seconds between looks: short after news, long in a long computation
_TIMED_PAUSE = 0.005  # seconds between looks while time runs: a sleeper is woken at most so late
_TIMED_LOOKS = 3  # looks in a row that show a timed wait, before time runs for it
_PATIENCE = 6  # deadlines: in real time, before a starved run is given up; unstarved, for all goals together
_LONGEST_ALONE = 3.0  # seconds for which a server's own time limits are waited for; what is longer is not judged
# Sleeps on the same line with no news, after which a program that only looks around is at rest: the first may have
# begun before the news; a whole round has then seen all that there is, and another has shown that it changes nothing.
_WAITS_AT_REST = 4
_WAKES_IN_VAIN = 3  # times that each timed wait has ended and begun again with no news, before that is final
_FEW, _LONGEST_COST = 100, 0.2  # processes that are looked at without a second thought; seconds
_GRACE = 1.0  # seconds that multiprocessing's helpers have to clean up after everybody else has been killed
_ENDED_BY_ANY_SIGNAL = frozenset(("pause", "rt_sigsuspend"))  # pause(2), sigsuspend(2)
_MOST_STACKS = 4  # of processes, where the picture only wants to say who waits where
_LOOKS_AT_A_LOOP = 12  # at the stack of one that never ends
_JOB = ("mode", "module", "function", "args", "keywords", "times")
_ENDS = frozenset(("call-end", "call-raised", "script-end", "script-raised", "import-raised", "function-missing"))
# Goals of a server's clients, which do not end with main; and those for which it counts who holds which connection.
_SEEN = frozenset(("listening", "apart"))
_RESTING = frozenset(("rest", "alone", "accepted", "caught"))  # met also when all that is to follow has followed
_OF_CLIENTS = _SEEN | _RESTING | {"connected", "heard", "end-seen", "gone", "reaped"}
_OF_MAIN = _ENDS | {"ready", "import-begin", "imported", "call-begin", "script-begin"}  # each at most once, one end


@dataclass(slots=True)
class _Looks:
    """What the looks at the subject have shown while it is driven towards a goal."""

    began: float = field(default_factory=time.monotonic)
    pause: float = _FIRST_PAUSE  # seconds until the next look
    waiting: Look | None = None  # the last look, where it showed nothing but waits
    still: Look | None = None  # the last look, where it showed nothing but waits without a limit
    alone: Look | None = None  # the first look that showed a server at rest
    timed: int = 0  # looks in a row that showed waits with a limit
    looked: float = field(default_factory=time.monotonic)
    starved: float = 0.0
    burnt: float = 0.0
    unstarved: float = 0.0  # seconds in which the machine gave the subject what it wanted

    def begin_anew(self) -> None:
        """Something has happened: what the looks have shown counts no more."""
        self.pause, self.waiting, self.still, self.timed = _FIRST_PAUSE, None, None, 0
        self.alone = None

    def take(self, look: Look, now: float) -> None:
        """Note a look, and count the time since the last if the machine gave the subject what it wanted."""
        # Who waits for a processor only because the subject itself keeps them busy is not starved.
        burning, passed = sum(look.cpu.values()), now - self.looked
        had_enough = look.starved - self.starved <= 0.5 * passed or burning - self.burnt >= 0.5 * passed
        self.looked, self.starved, self.burnt = now, look.starved, burning
        self.unstarved += passed if had_enough else 0.0


class Run:
    """A subject and all that it starts.

    `request` is what `conc_checker.lab.lab` asks for; `outer` are descriptors that become readable when pytest wants
    something, or is gone.
    """

    def __init__(self, request: dict[str, Any], folder: Path, host: Host, outer: list[Any]) -> None:
        self._request = request
        self._host = host
        self._place = Workplace(folder, request["files"])
        self._clock = Clock(None if request.get("real_time") else self._place.clock)
        self._journal = Journal(self._clock.now)
        self._gate = Gate(self._clock, self._journal)
        self._roster = Roster(host, self._journal, int(request.get("cap", 64)))
        self._restless = restless.Restless()
        self._inbox = Inbox(str(folder), outer, self._roster.cap)
        self.network = Network(host, self._journal, self._inbox.watch, self._inbox.unwatch)
        self._inbox.on_new_line = self._roster.watch
        self._inbox.on_closed = lambda line: self._gate.forget(lambda other: other is line)
        self._holding = ""  # a kind of event at which processes are held for a while
        self._cost = 0.0  # seconds that the last look has taken, when there was much to see
        self._ended: set[int] = set()  # the processes whose end has been noted
        self._tasks = 0
        self._doers: dict[Any, int] = {}  # tasks that have not ended, and their processes
        self._told: set[str] = set()  # what main has said of itself
        self._at_end: Message | None = None  # main is done, and waits until we have looked around
        self._held_end: Message | None = None  # main is done, and waits until the test lets it go
        self._is_done = False  # main is done, and we have looked
        self._asking: Message | None = None  # main waits for the next call that a test wants of it
        self._over = ""  # why the run has come to its end
        self._unstarved = 0.0  # seconds that the goals so far have taken while the machine had time for the subject
        self._is_at_rest = False  # proven: nothing moves until we act, or the world outside does
        self._exit_code: int | None = None
        if request.get("serves"):
            self.network.address = tuple(request.get("address") or free_address())
            request["args"] = [*self.network.address]
        self._program = launch(request, self._place, self._inbox.address, host)
        self._roster.main = self._program.pid
        self._roster.watch(self._program.pid)
        self._output = {"stdout": Output(), "stderr": Output()}
        self._inbox.listen_to(self._program.stdout, self._output["stdout"])
        self._inbox.listen_to(self._program.stderr, self._output["stderr"])
        about = {"pid": self._program.pid, "start_method": request.get("start_method")}
        self._journal.note("run-begin", about)

    # ── what pytest asks for ─────────────────────────────────────────────────────────────────────────────────────────

    def stir(self) -> None:
        """Something is about to be done to the program: what was at rest may move."""
        self._is_at_rest = False

    def release(self, numbers: list[int]) -> None:
        """Let these held threads go on."""
        self._gate.release(numbers)

    def hold(self, kind: str) -> None:
        """From now on hold who reports this kind of event; with an empty one, let all of them go on."""
        self._holding = kind
        if not kind:
            self._gate.release([number for number in self._gate.numbers().values() if number < 0])

    def let_go(self) -> None:
        """Hold nobody any more, now or later, and let the main process go on to its end."""
        self._gate.open()
        if self._held_end is not None:
            self._held_end.line.reply()
            self._held_end = None
        self.put({})

    def put(self, call: dict[str, Any]) -> None:
        """Let main, which has asked for it, call a function of the learner's; an empty call is the last."""
        if self._asking is not None:
            message, self._asking = self._asking, None
            message.line.reply(**call)

    def interrupt(self) -> None:
        """Do to the program what Ctrl-C does."""
        self._journal.note("interrupt")
        hosts.interrupt(self._roster.main)

    def news(self) -> list[dict[str, Any]]:
        """Return the events since the last call."""
        return self._journal.news()

    def descriptors(self) -> list[Any]:
        """Return what becomes readable when there is something to `pump`."""
        return [*self._inbox.descriptors(), *self._roster.watches()]

    def pump(self, timeout: float = 0.0) -> bool:
        """Take in what the subject reports; return whether there was anything."""
        messages = self._inbox.receive(timeout)
        ended = self._roster.find_ended(messages)
        for message in messages:
            for pid in [p for p, moment in ended.items() if moment < message.real]:
                self._process_ended(pid, ended.pop(pid))
            self._take(message)
        for pid, moment in ended.items():
            self._process_ended(pid, moment)
        if not self._roster.grant_forks():
            self._over = self._over or "too-many-processes"
        limit = self._inbox.limit or (("too-many-events", len(self._journal.events)) if self._journal.is_full else None)
        if limit and self._over in ("", "ended"):
            self._over = limit[0]
            self._journal.note("limit", {"what": limit[0], "size": limit[1]})
        other, self._inbox.has_other_news = self._inbox.has_other_news, False
        if other:  # a client has heard something: whoever works on that has not been at it in vain
            self._restless.reset()
        has_news = bool(messages or ended or other)
        self._is_at_rest = self._is_at_rest and not has_news
        return has_news

    def advance(self, goal: dict[str, Any]) -> str:
        """Drive the run until the goal is met, or proven to be out of reach, and return which.

        Returns "met"; "stuck" (nothing can move any more); "spinning" (somebody asks or computes without end while
        all others wait); "ended"; "deadline"; "starved" (the deadline struck on a machine too busy to tell);
        "interrupted" (by pytest); or the name of a limit that was hit.
        """
        looks = _Looks()
        why = self._drive(goal, looks)
        self._unstarved += looks.unstarved
        if goal["kind"] == "heard":
            self.network.note_heard(goal["clients"])
        if goal["kind"] == "reaped":
            left = {p.pid for p in self._roster.tree()} & set(goal["pids"])
            self._journal.note("census", {"left": sorted(left)})
        if goal["kind"] in _SEEN or (goal["kind"] in _OF_CLIENTS and why != "met"):
            self.look_at_connections()
        return why

    def look_at_connections(self) -> None:
        """Note which processes hold which connection, and who listens."""
        for pid in self.network.note_holders(self._roster.tree()):
            self._roster.meet(pid)

    def _drive(self, goal: dict[str, Any], looks: _Looks) -> str:
        self._inbox.is_interrupted = False
        self._restless.reset()
        self.pump()
        if end := self._reached(goal):
            return end
        if goal["kind"] == "rest" and self._is_at_rest:
            return "met"
        while True:
            # Looking at a thousand processes takes its time: as long as that, wait for news instead.
            news = self.pump(max(looks.pause, self._cost))
            if end := self._reached(goal):
                return end
            now = time.monotonic()
            if news:
                looks.begin_anew()
                if now - looks.looked < _LONGEST_PAUSE:
                    continue
            tree = self._roster.tree()
            if self._has_too_many(tree):
                continue
            look = self._refine(self._host.look(tree))
            self._cost = min(time.monotonic() - now, _LONGEST_COST) if len(tree) > _FEW else 0.0
            looks.take(look, now)
            if end := "met" if self._sees(goal, tree) else self._deadline(look, looks, tree):
                return end
            if end := self._conclude(look, looks, tree, goal):
                return end
            self._gate.wake_due()
            if self._restless.spins and (end := self._spin(look, tree, goal)):
                return end

    def _conclude(self, look: Look, looks: _Looks, tree: list[Process], goal: dict[str, Any]) -> str:
        """Draw a conclusion from a look and those before it; return why the run is at its end, or nothing."""
        waiting, looks.waiting = looks.waiting, None
        still, looks.still = looks.still, None
        if look.any(Kind.RUNNING):
            looks.timed, looks.pause = 0, min(looks.pause * 1.5, _LONGEST_PAUSE)
            self._let_work(look, tree)
            return ""
        looks.waiting = look
        if look.any(Kind.TIMED):
            if waiting is not None and look.is_same(waiting) and (end := self._is_enough(look, looks, tree, goal)):
                return end
            looks.timed, looks.pause = looks.timed + 1, min(looks.pause * 1.2, _TIMED_PAUSE)
            return self._let_time_run(look, tree) if looks.timed >= _TIMED_LOOKS else ""
        looks.timed = 0
        if still is None or not look.is_same(still):
            looks.still, looks.pause = look, _FIRST_PAUSE
            return ""
        return self._stand_still(look, tree, goal)

    def _is_enough(self, look: Look, looks: _Looks, tree: list[Process], goal: dict[str, Any]) -> str:
        """Everybody waits, some with a limit: say whether that is the goal, or shows that it is out of reach.

        Of a server that wakes up from time to time nothing more is to be expected when it has done so again and again.
        """
        kind = goal["kind"]
        if kind not in _OF_CLIENTS or self._gate.next_moment() is not None or self.network.is_moving():
            return ""
        looks.alone = looks.alone or look
        timed = [key for key, wait in looks.alone.threads.items() if wait.kind is Kind.TIMED]
        wakes = min((look.marks[key][-1] - looks.alone.marks[key][-1] for key in timed if key in look.marks), default=0)
        if kind == "alone":
            return "met" if wakes or time.monotonic() - looks.began > _LONGEST_ALONE else ""
        if kind in _RESTING:
            return "met"
        return self._get_stuck(look, tree) if wakes >= _WAKES_IN_VAIN else ""

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self, message: Message) -> None:
        self._roster.hear(message)
        if self._is_forged(message):
            facts = {"what": "forged", "size": 1, "message": message.kind}
            self._journal.note("limit", facts, pid=message.pid, site=message.site)
            self._over = "forged"
            return
        if message.kind == "fork":
            self._roster.request_fork(message)
            return
        self._restless.hear(message, nobody_is_held=self._gate.is_open)
        if message.kind == "accepted":
            self.network.accepted.add(int(message.data.get("port", 0)))
        if message.kind == "task":
            self._tasks += 1
            message.data["task"] = self._tasks
            self._doers[self._tasks] = message.pid
        if message.kind in ("ready", "call-begin", "script-begin"):
            self._clock.stop()
        event = self._journal.note(
            message.kind,
            message.data,
            pid=message.pid,
            thread=message.thread,
            site=message.site,
            real=message.real,
        )
        if message.reply:
            self._answer(message, event)

    def _is_forged(self, message: Message) -> bool:
        """Whether a process tells what only another could: main's own story, or the end of another's task."""
        if message.kind == "task-end":
            return self._doers.pop(message.data.get("task"), 0) != message.pid
        if message.kind == "next":
            return message.pid != self._roster.main or self._asking is not None
        if message.kind not in _OF_MAIN:
            return False
        step = "end" if message.kind in _ENDS else message.kind
        is_new = step not in self._told
        self._told.add(step)
        return message.pid != self._roster.main or not is_new

    def _answer(self, message: Message, event: dict[str, Any]) -> None:
        """Reply at once, or let the thread wait: at the gate, asleep, or at main's end."""
        kind, data, is_main = message.kind, message.data, message.pid == self._roster.main
        if kind == "ready" and is_main:
            message.line.reply(**{key: self._request.get(key) for key in _JOB})
        elif kind == "task":
            if data.get("hold") and not self._gate.is_open:
                self._gate.hold(message, data["task"])
            else:
                message.line.reply(task=data["task"])
        elif self._is_to_be_held(message):
            event["data"]["hold"] = -len(self._journal.events)
            self._gate.hold(message, event["data"]["hold"])
        elif kind in ("sleep", "join-timed"):
            awaits = data.get("pid") if kind == "join-timed" else None
            sleeper = self._gate.put_to_sleep(message, float(data.get("seconds", 0.0)), awaits)
            if isinstance(awaits, int) and self._roster.has_ended(awaits):
                self._gate.wake(sleeper, ended=True)
        elif kind == "connect" and is_main:
            message.line.reply(address=self.network.offer())
        elif kind in _ENDS and is_main:
            self._at_end = message
        elif kind == "next" and is_main and not self._gate.is_open:
            self._asking = message
        else:
            message.line.reply()

    def _is_to_be_held(self, message: Message) -> bool:
        if message.kind == self._holding:
            return not self._gate.is_open
        if self._gate.is_open or message.kind not in self._request.get("hold", ()):
            return False
        return message.kind != "open" or message.data.get("path") == self._request.get("path")

    def _process_ended(self, pid: int, moment: float) -> None:
        code = None
        if pid == self._roster.main:
            code = self._reap()
            self._over = self._over or "ended"
        self._ended.add(pid)
        self._journal.note("exit", {"code": code}, pid=pid, real=moment if moment > 1 else 0.0)
        self._gate.process_ended(pid)

    def _reap(self) -> int | None:
        """Collect who has ended; return main's exit code as far as it is known."""
        self._exit_code = self._host.reap().get(self._roster.main, self._exit_code)
        self._program.returncode = 0  # collected here: Popen must not look for it
        return self._exit_code

    # ── deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _reached(self, goal: dict[str, Any]) -> str:
        """Return why there is nothing to drive any more; empty while there is."""
        kind = goal["kind"]
        if self._inbox.is_interrupted:
            return "interrupted"
        if self._asking is not None and kind == "answered":
            return "met"
        if kind in _OF_CLIENTS:
            if self.network.has_reached(goal):
                return "met"
            if kind == "caught" and self._gate.count(goal["what"]):
                return "met"
            if kind == "gone" and self._ended.issuperset(goal["pids"]):
                return "met"
        elif self._is_done and kind != "ended":
            return "met"
        if kind == "gathered" and self._gate.count("task") >= goal["count"]:
            return "met"
        if kind == "held" and self._gate.count(goal["what"]) >= goal["count"]:
            return "met"
        if self._over == "ended" and kind == "ended":
            return "" if self._roster.alive() else "ended"  # what main has left behind may still come to its end
        return self._over

    def _sees(self, goal: dict[str, Any], tree: list[Process]) -> bool:
        """Whether the goal is met by what the operating system lists now."""
        if goal["kind"] == "reaped":
            self._reap()  # those whose parent has gone are ours to collect
            return not {p.pid for p in tree} & set(goal["pids"])
        return self.network.sees(goal, tree, self._roster.main)

    def _has_too_many(self, tree: list[Process]) -> bool:
        """Notice processes beyond the cap that were started behind the probe's back."""
        live = sum(p.is_alive for p in tree)
        if live > self._roster.cap:
            self._journal.note("cap", {"live": live, "cap": self._roster.cap})
            self._over = "too-many-processes"
        return live > self._roster.cap

    def _deadline(self, look: Look, looks: _Looks, tree: list[Process]) -> str:
        """Give up on a goal that is out of sight for too long; a run that gets on from goal to goal may take longer."""
        deadline = float(self._request.get("deadline", 20.0))
        is_over = looks.unstarved > deadline or self._unstarved + looks.unstarved > _PATIENCE * deadline
        if not is_over and time.monotonic() - looks.began <= _PATIENCE * deadline:
            return ""
        self._over = "deadline" if is_over else "starved"
        facts = {"stacks": self._stacks(tree), "waits": self._describe(look)}
        self._journal.note("deadline", facts)
        return self._over

    def _let_work(self, look: Look, tree: list[Process]) -> None:
        """Somebody computes: time stands still, unless it has gone on for long."""
        if self._restless.see_running(look) > restless.BURN:
            self._clock.run()
            self._look_around(tree)
        else:
            self._clock.stop()

    def _let_time_run(self, look: Look, tree: list[Process]) -> str:
        """Everybody waits, and some with a time-out of their own: only real time will tell."""
        if self._over:
            return self._over
        self._clock.run()
        self._look_around(tree)
        self._restless.see_timed(look)
        return ""

    def _stand_still(self, look: Look, tree: list[Process], goal: dict[str, Any]) -> str:
        """No process moves: look around at main's end, let the clock jump, or say that this is final."""
        self._restless.see_rest()
        self._clock.stop()
        if self._over:  # main has ended, and what is left will stay
            return self._over
        if self._look_around(tree) or self._roster.drop_grants() or self.network.is_moving() or self.pump():
            return ""
        moment = self._gate.next_moment()
        self._is_at_rest = moment is None
        if moment is not None and not (goal["kind"] in _RESTING and self._restless.waits >= _WAITS_AT_REST):
            self._clock.jump_to(moment)
            return ""
        if goal["kind"] in _RESTING:
            return "met"
        return self._get_stuck(look, tree)

    def _get_stuck(self, look: Look, tree: list[Process]) -> str:
        """Note that this is final: who waits where, and for what."""
        # A pause ends with any signal, and so with the question: the program would go on by our act.
        paused = {pid for (pid, _), wait in look.threads.items() if wait.call in _ENDED_BY_ANY_SIGNAL}
        where = self._stacks([p for p in tree if p.pid not in paused], most=_MOST_STACKS)
        self._journal.note("stuck", {"waits": self._describe(look), "proof": self._host.proof, "stacks": where})
        return "stuck"

    def _spin(self, look: Look, tree: list[Process], goal: dict[str, Any]) -> str:
        if goal["kind"] in _RESTING and self._restless.spins == "waits again and again":
            return "met"
        self._look_around(tree)
        if self._over or self._is_done:
            return self._over
        where = self._stacks(tree, most=_MOST_STACKS)
        facts = {"how": self._restless.spins, "waits": self._describe(look), "stacks": where}
        if self._request["mode"] == "answer":
            # One look may find a round of a loop that ends; the loop that does not is around all of them.
            facts["looks"] = [self._stacks(tree, most=1) for _ in range(_LOOKS_AT_A_LOOP)]
        self._journal.note("spinning", facts)
        return "spinning"

    def _look_around(self, tree: list[Process]) -> bool:
        """While main's result is held back: note which processes and files are there, then let main go on."""
        if self._at_end is None:
            return False
        message, self._at_end = self._at_end, None
        left = [
            {"pid": p.pid, "ppid": p.ppid, "state": p.state, "role": self._roster.role(p.pid)}
            for p in tree
            if p.pid != self._roster.main
        ]
        self._journal.note("left", {"processes": left, "written": self._place.written()}, pid=message.pid)
        self._is_done = True
        if self._gate.is_open:
            message.line.reply()
        else:
            self._held_end = message
        return True

    # ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _refine(self, look: Look) -> Look:
        """Correct what the operating system sees by what we know: whom we hold, and whose waits an alarm may end."""
        threads = dict(look.threads)
        ours = set(self._gate.numbers()) | self._gate.sleeping()
        ours |= {end.thread for end in (self._at_end, self._held_end, self._asking) if end}
        certain = self._host.proof == "system calls"
        for (pid, thread), wait in look.threads.items():
            if certain and wait.kind is Kind.TIMED and pid in self._roster.services:
                threads[pid, thread] = Wait(Kind.UNTIMED, wait.call, wait.pid)
            elif certain and wait.kind is Kind.UNTIMED and pid in self._roster.disturbed and thread not in ours:
                threads[pid, thread] = Wait(Kind.TIMED, wait.call, wait.pid)
            elif not certain and wait.kind is Kind.TIMED and self._is_in_known_wait(pid):
                threads[pid, thread] = Wait(Kind.UNTIMED, "?")
        return Look(threads, look.marks, look.cpu, look.running, look.starved)

    def _is_in_known_wait(self, pid: int) -> bool:
        """Without the kernel's word: held, asleep on our clock, or last heard of on its way into an unlimited join."""
        ours = self._gate.pids() | {end.pid for end in (self._at_end, self._held_end, self._asking) if end}
        if pid in ours or self._roster.role(pid) == "helper":
            return True
        last = self._journal.last_of(pid)
        return last is not None and last["kind"] == "join" and last["data"].get("timeout") is None

    def _describe(self, look: Look) -> list[dict[str, Any]]:
        """Return what each thread waits for, as plain data."""
        numbers, asleep = self._gate.numbers(), self._gate.sleeping()
        rows: list[dict[str, Any]] = []
        for (pid, thread), wait in look.threads.items():
            row: dict[str, Any] = {"pid": pid, "thread": thread, "kind": str(wait.kind), "call": wait.call}
            if wait.pid is not None:
                row["for"] = wait.pid
            if thread in numbers:
                row["held"] = numbers[thread]
            if thread in asleep:
                row["asleep"] = True
            if self._roster.role(pid) == "helper":
                row["role"] = "helper"
            rows.append(row)
        return rows

    def _stacks(self, tree: list[Process], most: int = 0) -> dict[str, list[list[Any]]]:
        """Ask processes where their threads are: all of them, or a few, and then not those that we hold anyway."""
        ours = self._gate.pids() if most else set()
        found: dict[str, list[list[Any]]] = {}
        for process in tree:
            if process.is_alive and process.pid not in ours and self._roster.role(process.pid) == "worker":
                frames = stacks.ask(process, self._place.stacks)
                if frames:
                    found[str(process.pid)] = frames
            if most and len(found) >= most:
                break
        return found

    # ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def close(self) -> list[dict[str, Any]]:
        """End everything that still lives, and return the last events: what was left, and what was printed."""
        self.pump()
        survivors = self._roster.alive()
        left = [
            {"pid": p.pid, "role": self._roster.role(p.pid), "state": p.state}
            for p in survivors
            if p.pid != self._roster.main
        ]
        # Helpers last: they give back the shared memory and semaphores of those that cannot do so any more.
        grace = time.monotonic() + _GRACE
        while survivors:
            workers = [p for p in survivors if self._roster.role(p.pid) != "helper"]
            if workers or time.monotonic() > grace:
                self._host.kill(workers or survivors)
            else:
                self.pump(_FIRST_PAUSE)
            self._reap()
            survivors = self._roster.alive()
        self._reap()
        self.pump()
        facts = {
            "why": self._over,
            "left": left,
            "exit_code": self._exit_code,
            "written": self._place.written(),
            "output": {name: self._rest(name).replace(self._place.prefix, "") for name in self._output},
            "ran_for": self._clock.ran_for,
        }
        self._journal.note("over", facts)
        self.network.close()
        self._inbox.close()
        self._roster.close()
        self._clock.close()
        self._place.remove()
        return self.news()

    def _rest(self, name: str) -> str:
        """Read what is left of an output stream, close it, and return all of it."""
        stream = getattr(self._program, name)
        output = self._output[name]
        try:
            while (part := stream.read(65536)) and output.size <= MOST_BYTES:
                output.add(part)
        except OSError:
            pass
        stream.close()
        return output.text()
