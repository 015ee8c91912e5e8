"""What looks at a program mean: a pure function from what was seen to what is to be done, or said of a goal.

No process, clock or socket is in here, and real time is a number that comes in. `decide` takes what one look showed
and the state that those before have left, and returns acts and the new state. While a thread runs there is nothing to
decide; when two looks show that none has run in between, nothing can move but by our act. Then the clock jumps to the
next wake-up, or, with nobody asleep, the goal is proven to be out of reach.

What costs something to find out is asked for only when it matters: `decide` then answers with a question, `AskNetwork`
or `Listen`, and is asked again about the same look when the answer is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from conc_checker.engine import wire
from conc_checker.engine.supervisor import busy_wait, rounds
from conc_checker.engine.supervisor.busy_wait import BusyWaitDetector
from conc_checker.engine.supervisor.platform.base import RUNNING, Kind, Snapshot, Wait
from conc_checker.engine.supervisor.rounds import Rounds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from conc_checker.engine.supervisor.rounds import Waking
    from conc_checker.record import events
    from conc_checker.record.trace import Event

FIRST_PAUSE, LONGEST_PAUSE = 0.0005, 0.02  # seconds between looks: short after news, long in a long computation
_TIMED_PAUSE = 0.005  # seconds between looks while time runs: a sleeper is woken at most so late
_TIMED_LOOKS = 3  # looks in a row that show a timed wait, before time runs for it
_PATIENCE = 6  # deadlines: in real time, before a starved run is given up; unstarved, for all goals together
_LONGEST_ALONE = 3.0  # seconds for which limits that only the kernel knows are waited for; longer ones are not judged
# Seconds of the subject's clock that a server's own pauses and limits may take: what it is to do at once, and what it
# is to go on doing however long nobody stirs.
_AT_ONCE, _FOR_LONG = 1.0, 3600.0
_WAKES_IN_VAIN = 3  # times that each timed wait has ended and begun again with no news, before that is final

# Goals that are met also when all that is to follow has followed.
MET_BY_QUIESCENCE = (wire.Rest, wire.Alone, wire.Accepted, wire.Caught)
# Goals of a server's clients, which do not end with main; and those of them for which it counts who holds what.
SEEN = (wire.Listening, wire.Apart)
OF_CLIENTS = (*SEEN, *MET_BY_QUIESCENCE, wire.Connected, wire.Heard, wire.EndSeen, wire.Gone, wire.Reaped)


# ── what is known without a look ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands, by what its processes and clients have reported."""

    over: wire.Over | None = None  # why the run has come to its end
    is_interrupted: bool = False  # pytest wants something, or is gone
    is_asking: bool = False  # main waits for its next call
    is_done: bool = False  # main is done, and we have looked around
    is_at_end: bool = False  # main is done, and waits until we have looked around
    is_met: bool = False  # the clients have got what the goal asks for
    is_alive: bool = False  # what main has left behind lives; only looked after when main has ended
    held: Mapping[events.Kind, int] = field(default_factory=dict)  # threads, by the event at which they are held
    ended: Collection[int] = ()  # processes


def reached(goal: wire.Goal, standing: Standing) -> wire.Why | None:
    """Return why there is nothing to drive any more; None while there is."""
    if standing.is_interrupted:
        return "interrupted"
    if _is_met(goal, standing):
        return "met"
    if standing.over == "ended" and isinstance(goal, wire.Ended) and standing.is_alive:
        return None  # what main has left behind may still come to its end
    return standing.over


def _is_met(goal: wire.Goal, standing: Standing) -> bool:
    match goal:
        case wire.Caught(what) if standing.held.get(what):
            return True
        case wire.Gone(pids) if set(pids).issubset(standing.ended):
            return True
        case wire.Gathered(count) if standing.held.get("task", 0) >= count:
            return True
        case wire.Held(what, count) if standing.held.get(what, 0) >= count:
            return True
        case wire.Answered() if standing.is_asking:
            return True
    if isinstance(goal, OF_CLIENTS):
        return standing.is_met
    return standing.is_done and not isinstance(goal, wire.Ended)


# ── what a look shows ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Known:
    """What we know of waits that the operating system does not."""

    is_certain: bool = True  # the system says which waits have a limit
    threads: Collection[int] = ()  # that wait for our answer
    services: Collection[int] = ()  # processes that look around from time to time and wait for nobody
    disturbed: Collection[int] = ()  # processes whose waits may end by an alarm, or by the world outside
    waiting: Collection[int] = ()  # processes that wait without a limit, by what they have said
    # Threads that wait for something with a limit that we keep, and how often each has looked for it in vain.
    looking: Mapping[int, int] = field(default_factory=dict)
    leaving: Collection[int] = ()  # threads that go on as soon as they hear that such a limit is over


def correct(snapshot: Snapshot, known: Known) -> Snapshot:
    """Return a look with what we know: whom we hold, and whose waits an alarm may end."""
    threads, marks = dict(snapshot.threads), dict(snapshot.marks)
    for (pid, thread), wait in snapshot.threads.items():
        if thread in known.leaving:
            threads[pid, thread] = RUNNING
            continue
        if thread in known.looking and wait.kind not in (Kind.STOPPED, Kind.ENDED):
            # Whether it looks just now or waits for its next look: it has nothing to do before it has found something.
            threads[pid, thread], marks[pid, thread] = Wait(Kind.UNTIMED, "timed wait"), ()
            continue
        is_timed, is_untimed = wait.kind is Kind.TIMED, wait.kind is Kind.UNTIMED
        if known.is_certain and is_timed and pid in known.services:
            threads[pid, thread] = replace(wait, kind=Kind.UNTIMED)
        elif known.is_certain and is_untimed and pid in known.disturbed and thread not in known.threads:
            threads[pid, thread] = replace(wait, kind=Kind.TIMED)
        elif not known.is_certain and is_timed and pid in known.waiting:
            threads[pid, thread] = Wait(Kind.UNTIMED, "?")
    running = {key: mark for key, mark in snapshot.running.items() if threads[key].kind is Kind.RUNNING}
    return replace(snapshot, threads=threads, marks=marks, running=running, looks=dict(known.looking))


@dataclass(frozen=True, slots=True)
class Seen:
    """One look, and how all stood when it was taken; None is what has not been asked yet."""

    now: float  # real time, seconds
    snapshot: Snapshot
    standing: Standing = field(default_factory=Standing)
    is_met: bool = False  # the operating system lists what the goal asks for
    clock: float = 0.0  # what the subject's clock shows
    pauses: Collection[Waking] = ()  # when somebody wakes
    forks_wait: bool = False  # some wait for room that others were given who have not shown themselves
    is_moving: bool | None = None  # bytes are under way
    has_news: bool | None = None  # somebody has reported something since the look


@dataclass(frozen=True, slots=True)
class Rules:
    """How long a goal may take (seconds), and how much has gone already to those before."""

    deadline: float
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class News:
    """What has been reported since the last time; false when that was nothing at all."""

    events: Collection[Event] = ()  # what processes have said
    of_clients: bool = False
    of_others: bool = False  # somebody has ended, or wants to fork

    def __bool__(self) -> bool:
        return bool(self.events) or self.of_clients or self.of_others


@dataclass(frozen=True, slots=True)
class State:
    """What the looks have shown while the program is driven towards a goal; `now` is when that began."""

    began: float
    looked: float
    pause: float = FIRST_PAUSE  # seconds until the next look
    waiting: Snapshot | None = None  # the last look, where it showed nothing but waits
    still: Snapshot | None = None  # the last look, where it showed nothing but waits without a limit
    alone: Snapshot | None = None  # the first look that showed a server at rest
    timed: int = 0  # looks in a row that showed waits with a limit
    starved: float = 0.0
    burnt: float = 0.0
    unstarved: float = 0.0  # seconds in which the machine gave the subject what it wanted
    is_quiescent: bool = False  # proven: nothing moves until we act, or the world outside does
    busy_wait: BusyWaitDetector = field(default_factory=BusyWaitDetector)
    rounds: Rounds = field(default_factory=Rounds)
    clock: float = 0.0  # what the subject's clock showed when the goal began
    strides: int = 0  # by which the clock has gone ahead of a program that only goes round

    def hear(self, news: News) -> State:
        """Take in what has been reported."""
        busy, round_after_round = self.busy_wait, self.rounds
        for event in news.events:
            busy, round_after_round = busy.hear(event), round_after_round.hear(event)
        if news.of_clients:  # whoever works on what a client has heard has not been at it in vain
            busy = BusyWaitDetector()
        if news.of_clients or news.of_others:
            round_after_round = Rounds()
        has_begun_anew = not self.rounds.begun.keys() <= round_after_round.begun.keys()
        return replace(
            self,
            busy_wait=busy,
            rounds=round_after_round,
            strides=0 if has_begun_anew else self.strides,
            is_quiescent=self.is_quiescent and not news,
        )

    def begin_anew(self) -> State:
        """Something has happened: what the looks have shown counts no more."""
        return replace(self, pause=FIRST_PAUSE, waiting=None, still=None, alone=None, timed=0)

    def take(self, snapshot: Snapshot, now: float) -> State:
        """Count the time since the last look if the machine gave the subject what it wanted."""
        # Who waits for a processor only because the subject itself keeps them busy is not starved.
        burning, passed = sum(snapshot.cpu.values()), now - self.looked
        had_enough = snapshot.starved - self.starved <= 0.5 * passed or burning - self.burnt >= 0.5 * passed
        unstarved = self.unstarved + (passed if had_enough else 0.0)
        return replace(self, looked=now, starved=snapshot.starved, burnt=burning, unstarved=unstarved)


def begin(now: float, clock: float = 0.0, before: State | None = None) -> State:
    """Return the state at the beginning of a goal; `clock` is what the subject's clock shows then."""
    return State(now, now, is_quiescent=before is not None and before.is_quiescent, clock=clock)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StopClock:
    """Let the subject's clock stand still."""


@dataclass(frozen=True, slots=True)
class RunClock:
    """Let the subject's clock run for real."""


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Let the subject's clock jump ahead."""

    moment: float


@dataclass(frozen=True, slots=True)
class WakeDue:
    """Wake those whose moment has come."""


@dataclass(frozen=True, slots=True)
class LookAround:
    """Main is done: note what is there, and let it go on."""


@dataclass(frozen=True, slots=True)
class MakeRoom:
    """Nobody moves, so whoever was allowed to fork has done so: forget who was, and let others."""


@dataclass(frozen=True, slots=True)
class AskNetwork:
    """Find out whether bytes are under way, and ask again."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Take in what has been reported meanwhile, and ask again."""


@dataclass(frozen=True, slots=True)
class End:
    """There is nothing to drive any more."""

    why: wire.Why


@dataclass(frozen=True, slots=True)
class Finding:
    """The goal is given up, with evidence: what each thread waits for, and where."""

    why: Literal["stuck", "spinning", "deadline", "starved"]


Act = StopClock | RunClock | JumpTo | WakeDue | LookAround | MakeRoom | AskNetwork | Listen | End | Finding
Acts = tuple[Act, ...]  # a final one, or a question, is the last


def decide(goal: wire.Goal, rules: Rules, state: State, seen: Seen) -> tuple[Acts, State]:
    """Return what is to be done after a look, and the state that it leaves; a question leaves the state as it was."""
    before, state = state, state.take(seen.snapshot, seen.now)
    if seen.is_met:
        return (End("met"),), state
    if late := _lateness(rules, state):
        return (late,), state
    acts, state = _conclude(goal, state, seen)
    match acts[-1:]:
        case (AskNetwork() | Listen(),):
            return acts, before
        case (End() | Finding(),):
            return acts, state
    return (*acts, WakeDue(), *_spin(goal, state, seen, has_looked=LookAround() in acts)), state


def _lateness(rules: Rules, state: State) -> Finding | None:
    """Give up on a goal that is out of sight for too long; a run that gets on from goal to goal may take longer."""
    if state.unstarved > rules.deadline or rules.spent + state.unstarved > _PATIENCE * rules.deadline:
        return Finding("deadline")
    return Finding("starved") if state.looked - state.began > _PATIENCE * rules.deadline else None


def _conclude(goal: wire.Goal, state: State, seen: Seen) -> tuple[Acts, State]:
    """Draw a conclusion from a look and those before it."""
    snapshot, waiting, still = seen.snapshot, state.waiting, state.still
    state = replace(state, waiting=None, still=None)
    if snapshot.any(Kind.RUNNING):
        return _let_work(state, seen)
    state = replace(state, waiting=snapshot)
    if snapshot.any(Kind.TIMED):
        if waiting is not None and snapshot.is_same(waiting):
            acts, state = _is_enough(goal, state, seen)
            if acts:
                return acts, state
        return _let_time_run(state, seen)
    state = replace(state, timed=0)
    if still is None or not snapshot.is_same(still):
        return (), replace(state, still=snapshot, pause=FIRST_PAUSE)
    if not snapshot.has_looked_since(still):
        return (), replace(state, still=still, pause=min(state.pause * 1.2, _TIMED_PAUSE))
    return _stand_still(goal, replace(state, busy_wait=state.busy_wait.see_rest()), seen)


def _let_work(state: State, seen: Seen) -> tuple[Acts, State]:
    """Somebody computes: time stands still, unless it has gone on for long."""
    longest, heard = state.busy_wait.see_running(seen.snapshot)
    state = replace(state, timed=0, pause=min(state.pause * 1.5, LONGEST_PAUSE), busy_wait=heard)
    return (RunClock(), *_look_around(seen)) if longest > busy_wait.BURN else (StopClock(),), state


def _let_time_run(state: State, seen: Seen) -> tuple[Acts, State]:
    """Everybody waits, and some with a time-out of their own: only real time will tell."""
    state = replace(state, timed=state.timed + 1, pause=min(state.pause * 1.2, _TIMED_PAUSE))
    if state.timed < _TIMED_LOOKS:
        return (), state
    if seen.standing.over:
        return (End(seen.standing.over),), state
    return (RunClock(), *_look_around(seen)), replace(state, busy_wait=state.busy_wait.see_timed(seen.snapshot))


def _is_enough(goal: wire.Goal, state: State, seen: Seen) -> tuple[Acts, State]:
    """Everybody waits, some with a limit: say whether that is the goal, or shows that it is out of reach.

    Of a server that wakes up from time to time nothing more is to be expected when it has done so again and again.
    """
    if not isinstance(goal, OF_CLIENTS) or seen.pauses or seen.is_moving:
        return (), state
    if seen.is_moving is None:
        return (AskNetwork(),), state
    snapshot, alone = seen.snapshot, state.alone or seen.snapshot
    state = replace(state, alone=alone)
    timed = [key for key, wait in alone.threads.items() if wait.kind is Kind.TIMED]
    wakes = min((snapshot.marks[key][-1] - alone.marks[key][-1] for key in timed if key in snapshot.marks), default=0)
    if isinstance(goal, wire.Alone):
        return (End("met"),) if wakes or seen.now - state.began > _LONGEST_ALONE else (), state
    if isinstance(goal, MET_BY_QUIESCENCE):
        return (End("met"),), state
    return (Finding("stuck"),) if wakes >= _WAKES_IN_VAIN else (), state


def _stand_still(goal: wire.Goal, state: State, seen: Seen) -> tuple[Acts, State]:
    """No process moves: look around at main's end, let the clock jump, or say that this is final."""
    acts, state = _settle(goal, state, seen)
    return (StopClock(), *acts), state


def _settle(goal: wire.Goal, state: State, seen: Seen) -> tuple[Acts, State]:
    if seen.has_news or seen.is_moving:
        return (), state
    if seen.standing.over:  # main has ended, and what is left will stay
        return (End(seen.standing.over),), state
    if seen.standing.is_at_end:
        return (LookAround(),), state
    if seen.forks_wait:
        return (MakeRoom(),), state
    if seen.is_moving is None:
        return (AskNetwork(),), state
    if seen.has_news is None:
        return (Listen(),), state
    state = replace(state, is_quiescent=not seen.pauses)
    return _let_time_pass(goal, state, seen) if seen.pauses else ((_final(goal),), state)


def _let_time_pass(goal: wire.Goal, state: State, seen: Seen) -> tuple[Acts, State]:
    """Nobody moves before somebody's pause is over: go there, or say that nothing will come of it."""
    moment = min(waking.moment for waking in seen.pauses)
    if isinstance(goal, OF_CLIENTS):
        latest = state.clock + (_FOR_LONG if isinstance(goal, wire.Alone) else _AT_ONCE)
        is_final = moment > latest or state.rounds.are_the_same(seen.pauses)
        return ((_final(goal),) if is_final else (JumpTo(moment),)), state
    # Where it is measured how long all of it takes, the clock goes ahead of nobody who may be about to look at it.
    goes_round = state.rounds.are_many if isinstance(goal, wire.Ended) else state.rounds.are_the_same
    if not goes_round(seen.pauses):
        return (JumpTo(moment),), state
    if state.strides < rounds.LONGEST_STRIDE:  # a sleep may always take longer than was asked for
        stride = JumpTo(max(moment, seen.clock + 2.0**state.strides))
        return (stride,), replace(state, strides=state.strides + 1)
    return (), replace(state, busy_wait=replace(state.busy_wait, spins=state.busy_wait.spins or busy_wait.WAITS))


def _final(goal: wire.Goal) -> Act:
    return End("met") if isinstance(goal, MET_BY_QUIESCENCE) else Finding("stuck")


def _spin(goal: wire.Goal, state: State, seen: Seen, *, has_looked: bool) -> Acts:
    """Somebody may ask or compute without end, while all others wait."""
    spins, standing = state.busy_wait.spins, seen.standing
    if not spins:
        return ()
    if isinstance(goal, MET_BY_QUIESCENCE) and spins == busy_wait.WAITS:
        return (End("met"),)
    acts = () if has_looked else _look_around(seen)
    if standing.over:
        return (*acts, End(standing.over))
    if standing.is_done or standing.is_at_end:
        return acts
    return (Finding("spinning"),)


def _look_around(seen: Seen) -> Acts:
    return (LookAround(),) if seen.standing.is_at_end else ()
