"""The proof, tried on made-up looks: what they mean, and what no sequence of them may ever lead to."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conc_checker.engine import wire
from conc_checker.engine.supervisor import busy_wait, decide
from conc_checker.engine.supervisor.busy_wait import BusyWaitDetector
from conc_checker.engine.supervisor.decide import (
    AskNetwork,
    End,
    Finding,
    JumpTo,
    Known,
    Listen,
    LookAround,
    MakeRoom,
    News,
    Rules,
    RunClock,
    Seen,
    Standing,
    State,
    StopClock,
    WakeDue,
)
from conc_checker.engine.supervisor.platform import Kind, Snapshot, Wait
from conc_checker.engine.supervisor.rounds import LONGEST_STRIDE, NO_PAUSE, Rounds, Waking, pause_of
from conc_checker.record.trace import Event, Site

pytestmark = pytest.mark.slow  # pure Python, and the same under every version

R, U, T, S = Kind.RUNNING, Kind.UNTIMED, Kind.TIMED, Kind.STOPPED
RULES = Rules(deadline=20.0)
SETTLED, REST, ALONE, HEARD = wire.Settled(), wire.Rest(), wire.Alone(), wire.Heard((1,), 5)
GATHERED = wire.Gathered(2)
GOALS: list[wire.Goal] = [
    *(SETTLED, REST, ALONE, HEARD, GATHERED),
    *(wire.Ended(), wire.Answered(), wire.Held("open", 1), wire.Listening(), wire.Apart((1,)), wire.Accepted(1)),
    *(wire.Caught("accepted"), wire.Connected(1), wire.EndSeen(1), wire.Gone((5,)), wire.Reaped((5,))),
]
FINAL, QUESTIONS = (End, Finding), (AskNetwork, Listen)


def sleep(state: int | None = 1, place: int = 1, pid: int = 10, **more: Any) -> Event:
    """Return the beginning of a pause of a tenth of a second."""
    about = {"seconds": 0.1, "place": place} | ({} if state is None else {"state": state}) | more
    return Event("sleep", pid, pid, data=about)


PAUSE = pause_of(sleep())


# ── a made-up world ──────────────────────────────────────────────────────────────────────────────────────────────────


def snapshot(*threads: tuple[Kind, int], cpu: float = 0.0, starved: float = 0.0) -> Snapshot:
    """Return a look: of each thread, how it stands, and how often it has been given a processor."""
    keys = [(10 + i, 10 + i) for i in range(len(threads))]
    return Snapshot(
        {key: Wait(kind, "futex") for key, (kind, _) in zip(keys, threads, strict=True)},
        {key: (count, 0, count) for key, (_, count) in zip(keys, threads, strict=True)},
        {10: cpu},
        {key: (0, cpu) for key, (kind, _) in zip(keys, threads, strict=True) if kind is R},
        starved,
    )


@dataclass(frozen=True)
class Step:
    """One round of the loop: what has been reported before the look, and what is to be found out after it."""

    snapshot: Snapshot
    passed: float = 0.001  # real seconds since the last one
    news: News = field(default_factory=News)
    late_news: News = field(default_factory=News)  # comes after the look
    moving: bool = False
    sleepers: tuple[float, ...] = ()
    forks_wait: bool = False
    met: bool = False
    standing: Standing = field(default_factory=Standing)


class World:
    """Plays steps, as the loop does it, and keeps what was done."""

    def __init__(
        self, goal: wire.Goal, rules: Rules = RULES, began: float = 100.0, *, is_quiescent: bool = False
    ) -> None:
        self.goal = goal
        self.rules = rules
        self.now = began
        self.state = replace(decide.begin(began), is_quiescent=is_quiescent)  # as the goal before may have left it
        self.acts: list[decide.Acts] = []  # of each step, without the questions

    @property
    def end(self) -> decide.Act | None:
        """What it came to."""
        last = self.acts[-1][-1:] if self.acts else ()
        return last[0] if last and isinstance(last[0], FINAL) else None

    def take(self, step: Step) -> decide.Act | None:
        """Play a step; return what it came to."""
        self.now += step.passed
        self.state = self.state.hear(step.news)
        if why := decide.reached(self.goal, step.standing):
            self.acts.append((End(why),))
            return self.end
        if step.news:
            self.state = self.state.begin_anew()
        pauses = tuple(Waking(moment, PAUSE) for moment in step.sleepers)
        seen = Seen(self.now, step.snapshot, step.standing, step.met, 0.0, pauses, step.forks_wait)
        done: list[decide.Act] = []
        for _ in range(3):
            before = self.state
            acts, self.state = decide.decide(self.goal, self.rules, self.state, seen)
            done += [act for act in acts if not isinstance(act, QUESTIONS)]
            match acts[-1:]:
                case (AskNetwork(),):
                    assert self.state == before
                    seen = replace(seen, is_moving=step.moving)
                case (Listen(),):
                    assert self.state == before
                    self.state = self.state.hear(step.late_news)
                    seen = replace(seen, has_news=bool(step.late_news))
                case _:
                    self.acts.append(tuple(done))
                    return self.end
        pytest.fail("it asks again and again")

    def play(self, *steps: Step) -> decide.Act | None:
        """Play steps up to an end; return it."""
        return next((end for step in steps if (end := self.take(step))), None)


def play(goal: wire.Goal, *steps: Step | Snapshot, rules: Rules = RULES) -> decide.Act | None:
    """Return what steps come to."""
    return World(goal, rules).play(*(Step(step) if isinstance(step, Snapshot) else step for step in steps))


def acts(goal: wire.Goal, *steps: Step) -> list[type]:
    """Return what is done in the last of some steps."""
    world = World(goal)
    world.play(*steps)
    return [type(act) for act in dict.fromkeys(world.acts[-1])]


STILL = snapshot((U, 3), (U, 5))
WORK = snapshot((R, 4), (U, 5))
TIMED = snapshot((T, 3), (U, 5))
SAID = News([Event("create", 10)])
MAIN_ENDS = Standing(is_at_end=True)


# ── what looks mean ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("goal", "steps", "end"),
    [
        (GATHERED, [STILL], None),
        (GATHERED, [STILL, STILL], Finding("stuck")),
        (GATHERED, [STILL, snapshot((U, 4), (U, 5))], None),
        (GATHERED, [STILL, snapshot((U, 4), (U, 5)), snapshot((U, 4), (U, 5))], Finding("stuck")),
        (GATHERED, [STILL, WORK, STILL], None),
        (GATHERED, [STILL, snapshot((U, 3))], None),
        (GATHERED, [STILL, Step(STILL, news=SAID)], None),
        (GATHERED, [STILL, Step(STILL, news=SAID), STILL], Finding("stuck")),
        (GATHERED, [STILL, Step(STILL, late_news=SAID)], None),
        (GATHERED, [STILL, Step(STILL, moving=True)], None),
        (GATHERED, [STILL, Step(STILL, forks_wait=True)], None),
        (GATHERED, [STILL, Step(STILL, sleepers=(0.5,))], None),
        (GATHERED, [TIMED] * 50, None),
        (GATHERED, [snapshot((S, 3), (U, 5))] * 2, Finding("stuck")),
        (GATHERED, [Step(WORK, met=True)], End("met")),
        (REST, [STILL, STILL], End("met")),
        (REST, [STILL, WORK] * 5, None),
        (REST, [TIMED], None),
        (REST, [TIMED, TIMED], End("met")),
        (REST, [TIMED, Step(TIMED, moving=True)], None),
        (REST, [TIMED, Step(TIMED, sleepers=(0.5,))], None),
        (SETTLED, [TIMED, TIMED], None),
        (ALONE, [TIMED, TIMED], None),
        (ALONE, [TIMED, TIMED, snapshot((T, 4), (U, 5)), snapshot((T, 4), (U, 5))], End("met")),
        (ALONE, [TIMED, Step(TIMED, passed=3.1)], End("met")),
        (HEARD, [TIMED, TIMED, snapshot((T, 4), (U, 5)), snapshot((T, 4), (U, 5))], None),
        (HEARD, [TIMED, TIMED, snapshot((T, 6), (U, 5)), snapshot((T, 6), (U, 5))], Finding("stuck")),
        (HEARD, [TIMED, TIMED, Step(snapshot((T, 6), (U, 5)), news=SAID), snapshot((T, 6), (U, 5))], None),
    ],
)
def test_what_looks_come_to(goal: wire.Goal, steps: list[Any], end: decide.Act | None) -> None:
    """Two looks between which nothing ran are final; with a limit, or something under way, they are not."""
    assert play(goal, *steps) == end


@pytest.mark.parametrize(
    ("goal", "steps", "done"),
    [
        (GATHERED, [Step(WORK)], [StopClock, WakeDue]),
        (GATHERED, [Step(STILL)], [WakeDue]),
        (GATHERED, [Step(STILL), Step(STILL)], [StopClock, Finding]),
        (GATHERED, [Step(STILL), Step(STILL, sleepers=(0.5,))], [StopClock, JumpTo, WakeDue]),
        (GATHERED, [Step(STILL), Step(STILL, forks_wait=True)], [StopClock, MakeRoom, WakeDue]),
        (GATHERED, [Step(STILL), Step(STILL, standing=MAIN_ENDS)], [StopClock, LookAround, WakeDue]),
        (GATHERED, [Step(TIMED)] * 2, [WakeDue]),
        (GATHERED, [Step(TIMED)] * 3, [RunClock, WakeDue]),
        (GATHERED, [Step(TIMED, standing=MAIN_ENDS)] * 3, [RunClock, LookAround, WakeDue]),
        (GATHERED, [Step(snapshot((R, 4), cpu=c)) for c in (1.0, 1.4)], [StopClock, WakeDue]),
        (GATHERED, [Step(snapshot((R, 4), cpu=c)) for c in (1.0, 1.6)], [RunClock, WakeDue]),
        (
            wire.Ended(),
            [Step(TIMED, standing=Standing("ended", is_alive=True))] * 3,
            [End],
        ),
    ],
)
def test_what_is_done(goal: wire.Goal, steps: list[Step], done: list[type]) -> None:
    """The clock stands while somebody works, runs for who computes long or waits with a limit, and jumps at rest."""
    assert acts(goal, *steps) == done


def test_the_clock_jumps_to_who_wakes_first() -> None:
    """Of several sleepers, the first counts."""
    world = World(GATHERED)
    world.play(Step(STILL), Step(STILL, sleepers=(0.7, 0.5, 0.9)))
    assert JumpTo(0.5) in world.acts[-1]


def jumps(world: World, step: Step, most: int = 1000) -> list[float]:
    """Take the same step again and again, with the pause that begins anew each time; return where the clock goes."""
    found: list[float] = []
    for _ in range(most):
        world.take(step)
        if world.end:
            break
        found += [act.moment for act in world.acts[-1] if isinstance(act, JumpTo)]
        if JumpTo in map(type, world.acts[-1]):
            world.state = world.state.hear(News([sleep()])).begin_anew()
    return found


AT_PAUSE = Step(STILL, sleepers=(0.1,))


def test_who_only_goes_round_is_found_out() -> None:
    """Two rounds in the same state; then the clock goes ahead of it in longer and longer strides, to no avail."""
    world = World(SETTLED)
    world.state = world.state.hear(News([sleep()]))
    found = jumps(world, AT_PAUSE)
    assert world.end == Finding("spinning")
    assert world.state.busy_wait.spins == busy_wait.WAITS
    assert found == [0.1, 0.1, *(2.0**n for n in range(LONGEST_STRIDE))]


def test_the_clock_goes_ahead_of_nobody_whose_time_is_taken() -> None:
    """Until all has ended, two hundred rounds in the same place come first."""
    world = World(wire.Ended())
    world.state = world.state.hear(News([sleep()]))
    found = jumps(world, AT_PAUSE)
    assert world.end == Finding("spinning")
    assert found == [0.1] * 200 + [2.0**n for n in range(LONGEST_STRIDE)]


@pytest.mark.parametrize(("goal", "end"), [(REST, End("met")), (HEARD, Finding("stuck")), (ALONE, End("met"))])
def test_a_server_that_only_looks_around_is_at_rest(goal: wire.Goal, end: decide.Act) -> None:
    """Two rounds in the same state have seen all that there is."""
    world = World(goal)
    world.state = world.state.hear(News([sleep()]))
    assert jumps(world, AT_PAUSE) == [0.1, 0.1]
    assert world.end == end


@pytest.mark.parametrize(
    ("goal", "moment", "end"),
    [
        (REST, 1.0, None),
        (REST, 1.01, End("met")),
        (wire.Reaped((5,)), 60.0, Finding("stuck")),
        (ALONE, 60.0, None),
        (ALONE, 4000.0, End("met")),
        (SETTLED, 4000.0, None),
    ],
)
def test_what_is_to_happen_at_once_is_given_a_second(goal: wire.Goal, moment: float, end: decide.Act | None) -> None:
    """A server's own sleep of a minute excuses nothing; only where it is left alone does time pass."""
    assert play(goal, Step(STILL), Step(STILL, sleepers=(moment,))) == end


def looks_at(count: int, others: int = 3) -> Snapshot:
    """Return a look at a thread that waits without a limit, and one that has looked for something so often."""
    seen = snapshot((U, others), (R, 50 + count))
    return decide.correct(seen, Known(looking={11: count}))


def test_who_looks_for_something_has_to_look_once_more() -> None:
    """The look that was under way may have missed it: only one that began after ours counts."""
    assert play(GATHERED, looks_at(1), looks_at(1), looks_at(2)) is None
    assert play(GATHERED, looks_at(1), looks_at(2), looks_at(3)) == Finding("stuck")
    assert play(GATHERED, looks_at(1), looks_at(2, others=4), looks_at(3, others=4)) is None


def test_whose_time_is_up_may_go_on_at_any_moment() -> None:
    """Until a thread has heard that its limit is over, nobody is at rest."""
    found = decide.correct(STILL, Known(leaving={10}))
    assert found.any(R)
    assert play(GATHERED, found, found, found) is None


@pytest.mark.parametrize(
    ("passed", "starved", "end"),
    [
        (19.0, 0.0, None),
        (21.0, 0.0, Finding("deadline")),
        (21.0, 20.0, None),
        (119.0, 100.0, None),
        (121.0, 120.0, Finding("starved")),
    ],
)
def test_a_deadline_counts_the_time_that_the_machine_had(passed: float, starved: float, end: decide.Act | None) -> None:
    """Without a processor, a program gets six times as long, and then it is not said to be too slow."""
    assert play(GATHERED, Step(snapshot((R, 4), starved=starved), passed)) == end


def test_who_keeps_the_processors_busy_itself_is_not_starved() -> None:
    """A program whose own processes wait for each other has had the machine."""
    assert play(GATHERED, Step(snapshot((R, 4), starved=20.0, cpu=15.0), 21.0)) == Finding("deadline")


def test_goals_share_six_deadlines() -> None:
    """Each goal has its own deadline, and a run that gets on for ever still ends."""
    assert play(GATHERED, Step(WORK, 10.0), rules=Rules(20.0, spent=100.0)) is None
    assert play(GATHERED, Step(WORK, 10.0), rules=Rules(20.0, spent=111.0)) == Finding("deadline")


# ── what is known without a look ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("goal", "standing", "why"),
    [
        (GATHERED, Standing(), None),
        (GATHERED, Standing(held={"task": 1}), None),
        (GATHERED, Standing(held={"task": 2}), "met"),
        (GATHERED, Standing(held={"open": 2}), None),
        (GATHERED, Standing(is_done=True), "met"),
        (GATHERED, Standing("ended"), "ended"),
        (GATHERED, Standing("starved"), "starved"),
        (GATHERED, Standing(held={"task": 2}, is_interrupted=True), "interrupted"),
        (wire.Held("open", 1), Standing(held={"open": 1}), "met"),
        (wire.Caught("accepted"), Standing(held={"accepted": 1}), "met"),
        (wire.Caught("accepted"), Standing(is_done=True), None),
        (wire.Gone((5, 6)), Standing(ended={5}), None),
        (wire.Gone((5, 6)), Standing(ended={5, 6, 7}), "met"),
        (wire.Answered(), Standing(is_asking=True), "met"),
        (SETTLED, Standing(is_asking=True), None),
        (wire.Ended(), Standing(is_done=True), None),
        (wire.Ended(), Standing("ended", is_alive=True), None),
        (wire.Ended(), Standing("ended"), "ended"),
        (wire.Ended(), Standing("deadline", is_alive=True), "deadline"),
        (HEARD, Standing(is_done=True), None),
        (HEARD, Standing(is_met=True), "met"),
        (HEARD, Standing("ended", is_met=True), "met"),
        (HEARD, Standing("ended"), "ended"),
    ],
)
def test_what_needs_no_look(goal: wire.Goal, standing: Standing, why: str | None) -> None:
    """What has been reported may be all that a goal asks for, or say that there is nothing to drive."""
    assert decide.reached(goal, standing) == why


CERTAIN = Known(threads={10}, services={11}, disturbed={10, 12})


@pytest.mark.parametrize(
    ("known", "kinds", "corrected"),
    [
        (CERTAIN, [U, U, U, U], [U, U, T, U]),
        (CERTAIN, [T, T, T, T], [T, U, T, T]),
        (CERTAIN, [R, R, R, S], [R, R, R, S]),
        (Known(is_certain=False, waiting={10}), [T, T, R, S], [U, T, R, S]),
        (Known(is_certain=False, services={11}, disturbed={10}), [U, T, R, S], [U, T, R, S]),
    ],
)
def test_a_look_is_corrected(known: Known, kinds: list[Kind], corrected: list[Kind]) -> None:
    """An alarm may end a wait, but not one for us; who only looks around waits for nobody."""
    found = decide.correct(snapshot(*((kind, 1) for kind in kinds)), known)
    assert [wait.kind for wait in found.threads.values()] == corrected


# ── who never comes to rest ──────────────────────────────────────────────────────────────────────────────────────────


def rounds(*events: Event) -> Rounds:
    """Return what is left of events."""
    found = Rounds()
    for event in events:
        found = found.hear(event)
    return found


def waking(*events: Event) -> list[Waking]:
    """Return the pauses that begin with events."""
    return [Waking(0.1, pause_of(event)) for event in events]


POLL, MANY_POLLS = Event("poll", 10, data={"count": 100}), Event("poll", 10, data={"count": 1000})
SLEEP, OTHER_SLEEP = sleep(), sleep(place=2)
OPENED = Event("open", 10, site=Site("a.py", 3), data={"path": "a.txt"})


@pytest.mark.parametrize(
    ("events", "under_way", "is_same"),
    [
        ([sleep()] * 3, [sleep()], True),
        ([sleep()] * 2, [sleep()], False),
        ([sleep()] * 3, [sleep(state=2)], False),
        ([sleep()] * 6, [sleep(), sleep()], True),
        ([sleep()] * 5, [sleep(), sleep()], False),  # ten naps side by side are no rounds
        ([sleep()] * 3, [sleep(), sleep(place=2)], False),
        ([sleep()] * 3 + [sleep(place=2)] * 3, [sleep(), sleep(place=2)], True),
        ([sleep()] * 3 + [Event("started", 11)], [sleep()], False),
        ([sleep(), Event("thread", 10), sleep(), Event("poll", 10), sleep()], [sleep()], True),
        ([OPENED, sleep(), OPENED, sleep(), sleep(), OPENED], [sleep()], True),
        ([sleep(), sleep(), sleep(), OPENED], [sleep()], False),
        ([*[sleep()] * 3, Event("timed-wait-over", 10, data={"ended": True})], [sleep()], False),
        ([*[sleep()] * 3, Event("timed-wait-over", 10, data={"ended": False})], [sleep()], True),
        ([sleep(in_for=True)] * 20, [sleep(in_for=True)], False),
        ([sleep(in_for=True)] * 21, [sleep(in_for=True)], True),
        ([sleep(state=n) for n in range(200)], [sleep(state=199)], False),
        ([sleep(state=n) for n in range(201)], [sleep(state=200)], True),
        ([sleep(None)] * 201, [sleep(None)], True),
        ([Event("sleep", 10, 12, data={"place": 3})] * 41, [Event("sleep", 10, 12, data={"place": 3})], True),
        ([], [], True),
    ],
)
def test_rounds_that_are_the_same(events: list[Event], under_way: list[Event], is_same: bool) -> None:
    """Each pause under way has ended and begun again in its state, with no news; or very often, whatever the state."""
    assert rounds(*events).are_the_same(waking(*under_way)) == is_same


def test_a_pause_of_which_nothing_is_known_is_never_for_ever() -> None:
    """Such as that of a program which says nothing of itself."""
    assert not rounds(*[sleep()] * 300).are_the_same([Waking(0.1, NO_PAUSE)])


def test_a_spinning_thread_is_alone_and_long_at_it() -> None:
    """Two seconds of CPU without waiting, in three looks that show nobody else at work."""
    busy = [Step(snapshot((R, 4 + i), (U, 5), cpu=c)) for i, c in enumerate((0.0, 1.0, 1.9, 2.1))]
    assert play(GATHERED, *busy[:3]) is None
    assert play(GATHERED, *busy) == Finding("spinning")
    others = [Step(snapshot((R, 4 + i), (U, 5 + i), cpu=c)) for i, c in enumerate((0.0, 1.0, 1.9, 2.1))]
    assert play(GATHERED, *others) is None
    two = [Step(snapshot((R, 4 + i), (R, 5 + i), cpu=c)) for i, c in enumerate((0.0, 1.0, 1.9, 2.1))]
    assert play(GATHERED, *two) is None


def test_who_asks_without_end_polls() -> None:
    """A thousand questions from one line, and nobody else at work."""
    busy = [Step(snapshot((R, 4 + i), (U, 5))) for i in range(4)]
    world = World(GATHERED)
    world.state = world.state.hear(News([POLL]))
    assert world.play(*busy) is None
    world = World(GATHERED)
    world.state = world.state.hear(News([MANY_POLLS]))
    assert world.play(*busy) == Finding("spinning")
    assert world.state.busy_wait.spins == "polls"


def test_timed_waits_that_end_again_and_again_are_polling() -> None:
    """A hundred ends of each timed wait; while one of them goes on, it may be what all wait for."""
    both = [snapshot((T, 3 + 50 * i), (T, 5 + 50 * i)) for i in range(6)]
    assert play(GATHERED, *both) == Finding("spinning")
    one = [snapshot((T, 3 + 50 * i), (T, 5)) for i in range(6)]
    assert play(GATHERED, *one) is None
    assert play(REST, *both) == End("met")


def test_what_a_client_hears_is_news() -> None:
    """Whoever works on that has not been at it in vain, and nobody is at rest any more."""
    polls = BusyWaitDetector(polls=True)
    state = replace(decide.begin(0.0), busy_wait=polls, rounds=rounds(*[SLEEP] * 3), strides=2, is_quiescent=True)
    assert state.hear(News()) == state
    anew = replace(state, is_quiescent=False, rounds=Rounds(), strides=0)
    assert state.hear(News(of_others=True)) == anew
    assert state.hear(News(of_clients=True)) == replace(anew, busy_wait=BusyWaitDetector())


# ── what must never be ───────────────────────────────────────────────────────────────────────────────────────────────

kinds = st.sampled_from([R, U, U, U, T, S])
turns = st.sampled_from([(kind, count) for kind in (R, U, U, U, T, S) for count in (0, 1, 1, 60)])
LIMITS: list[wire.Over] = ["deadline", "starved", "forged", "too-many-events", "endless-output"]
REPORTS = [
    *(News([SLEEP]), News([OTHER_SLEEP, SLEEP]), News([SLEEP] * 250), News([MANY_POLLS]), News([POLL], True)),
    *(SAID, News(of_clients=True), News(of_others=True), News([SLEEP] * 3)),
]
# What may be odd about a step, most of which only look.
ODD: list[dict[str, Any]] = [
    *[{}] * 12,
    *({"news": report} for report in REPORTS),
    *({"late_news": report} for report in REPORTS),
    *({"sleepers": moments} for moments in [(0.5,), (0.7, 0.5), (0.0,), (0.5, 0.5, 1e6), (5.0,)] * 2),
    *({"sleepers": (0.7, 0.5), "late_news": report} for report in REPORTS),
    *({"standing": Standing(over)} for over in LIMITS),
    *({"standing": Standing("ended", is_alive=True)}, {"standing": Standing(is_done=True)}),
    *({"standing": MAIN_ENDS}, {"standing": MAIN_ENDS, "sleepers": (0.5,)}, {"standing": MAIN_ENDS, "moving": True}),
    *({"moving": True}, {"moving": True}, {"moving": True, "sleepers": (0.5,)}),
    *({"forks_wait": True}, {"forks_wait": True, "sleepers": (0.5,)}),
    {"met": True},
]
times = st.sampled_from([0.001, 0.001, 0.02, 0.02, 0.3, 4.0, 25.0])
burns = st.sampled_from([(cpu, starved) for cpu in (0.0, 0.1, 0.6, 2.5) for starved in (0.0, 0.0, 1.0, 30.0)])


@st.composite
def looks(draw: st.DrawFn) -> list[Snapshot]:
    """Return looks in a row at a few threads: in between, some were given a processor, and some stand otherwise."""
    stand = [(draw(kinds), 3) for _ in range(draw(st.integers(1, 3)))]
    cpu = starved = 0.0
    found: list[Snapshot] = []
    for changes in draw(st.lists(st.booleans(), min_size=1, max_size=12)):  # half of them are as the one before
        if changes:
            stand = [(kind, count + more) for (_, count) in stand for kind, more in [draw(turns)]]
            burnt, waited = draw(burns)
            cpu, starved = cpu + burnt, starved + waited
        found.append(snapshot(*stand, cpu=cpu, starved=starved))
    return found


@st.composite
def histories(draw: st.DrawFn, quiet: bool = False) -> list[Step]:
    """Return steps; quiet ones only look."""
    if quiet:
        return [Step(one) for one in draw(looks())]
    return [Step(one, draw(times), **draw(st.sampled_from(ODD))) for one in draw(looks())]


goals = st.sampled_from(GOALS)
many = settings(deadline=None, max_examples=200)


def _could_run(step: Step) -> bool:
    return step.snapshot.any(R)


@many
@given(goals, histories())
def test_nothing_is_out_of_reach_while_a_thread_could_run(goal: wire.Goal, steps: list[Step]) -> None:
    """Stuck is who was seen twice in the same waits, with nothing under way, no news and nobody asleep."""
    world = World(goal)
    if world.play(*steps) != Finding("stuck"):
        return
    at = len(world.acts) - 1
    last, before = steps[at], steps[at - 1]
    assert at >= 1
    assert not _could_run(last)
    assert not _could_run(before)
    assert last.snapshot.is_same(before.snapshot)
    assert not any((last.news, last.moving, last.met))
    if last.sleepers:  # what a server will do by itself comes too late, or is what it has done before
        assert isinstance(goal, decide.OF_CLIENTS)
    if last.snapshot.any(T):  # some wait may end by itself: of a server it has done so again and again
        assert isinstance(goal, decide.OF_CLIENTS)
        timed = [k for k, wait in last.snapshot.threads.items() if wait.kind is T]
        ends = {k: last.snapshot.marks[k][-1] - 3 for k in timed}
        first = next(s for s in steps if all(s.snapshot.marks[k][-1] <= end for k, end in ends.items()))
        assert steps.index(first) < at
    else:
        assert not any((last.late_news, last.forks_wait, last.standing.is_at_end, last.standing.over))


@many
@given(goals, histories())
def test_nothing_is_met_but_by_what_was_seen_or_by_rest(goal: wire.Goal, steps: list[Step]) -> None:
    """A goal that has to be seen is never met by waiting; one that asks for rest, only when nobody could run."""
    world = World(goal)
    if world.play(*steps) != End("met"):
        return
    at = len(world.acts) - 1
    last = steps[at]
    if last.met or decide.reached(goal, last.standing):
        return
    assert isinstance(goal, decide.MET_BY_QUIESCENCE)
    if world.state.busy_wait.spins != busy_wait.WAITS:
        assert at >= 1
        assert not _could_run(last)
        assert not last.moving
        assert last.snapshot.is_same(steps[at - 1].snapshot)


@many
@given(goals, histories(), st.sampled_from(["deadline", "starved", "forged", "too-many-processes", "endless-output"]))
def test_no_pass_comes_from_what_is_inconclusive(goal: wire.Goal, steps: list[Step], over: Any) -> None:
    """When the time is up, or a limit was hit, that is what is said, then and whenever it is asked again."""
    world = World(goal)
    end = world.play(*steps)
    if isinstance(end, Finding) and end.why in ("deadline", "starved"):
        over = end.why
    again = World(goal)
    assert again.play(
        *(replace(step, standing=Standing(over, is_at_end=step.standing.is_at_end)) for step in steps)
    ) == End(over)


@many
@given(goals, histories(), st.booleans())
def test_time_that_is_up_is_never_overlooked(goal: wire.Goal, steps: list[Step], is_quiescent: bool) -> None:
    """A run ends at the first look after six deadlines, whatever it shows; and at that look nothing else is said."""
    world = World(goal, Rules(2.0), is_quiescent=is_quiescent)
    world.play(*steps)
    passed = 0.0
    for done, step in zip(world.acts, steps, strict=False):
        passed += step.passed
        is_decided = decide.reached(goal, step.standing) or step.met
        if passed > 12.0 + 1e-6 and not is_decided:
            assert done in ((Finding("deadline"),), (Finding("starved"),))


@many
@given(goals, st.lists(st.tuples(st.sampled_from([0.1, 1.0, 5.0]), kinds), max_size=30))
def test_a_starved_program_is_never_too_slow(goal: wire.Goal, rounds: list[tuple[float, Kind]]) -> None:
    """Where the machine has given nothing of what was wanted, no deadline strikes."""
    world, starved = World(goal), 0.0
    for number, (passed, kind) in enumerate(rounds):
        starved += passed
        world.take(Step(snapshot((kind, number), (R, number), starved=starved), passed))
        assert world.end in (None, Finding("starved"))
        if world.end:
            assert world.now - 100.0 > 6 * RULES.deadline
            return


@many
@given(goals, histories())
def test_the_clock_never_jumps_past_a_sleeper(goal: wire.Goal, steps: list[Step]) -> None:
    """It jumps to who wakes first, and only when two looks have shown that nobody else can move."""
    world = World(goal)
    world.play(*steps)
    for at, (done, step) in enumerate(zip(world.acts, steps, strict=False)):
        for act in done:
            if isinstance(act, JumpTo):
                goes_ahead = world.state.strides and act.moment > min(step.sleepers)
                assert act.moment == min(step.sleepers) or goes_ahead
                assert not any((step.snapshot.any(R), step.snapshot.any(T), step.moving, step.news, step.late_news))
                assert step.snapshot.is_same(steps[at - 1].snapshot)
                assert at >= 1


@many
@given(goals, histories())
def test_the_clock_runs_only_where_it_must(goal: wire.Goal, steps: list[Step]) -> None:
    """For a wait of their own with a limit that three looks in a row have shown, or for half a second of CPU."""
    world = World(goal)
    world.play(*steps)
    for at, (done, step) in enumerate(zip(world.acts, steps, strict=False)):
        if RunClock() in done and not step.snapshot.any(R):
            assert at >= 2
            assert all(s.snapshot.any(T) and not s.snapshot.any(R) for s in steps[at - 2 : at + 1])
        elif RunClock() in done:
            assert sum(step.snapshot.cpu.values()) > busy_wait.BURN


@many
@given(goals, histories())
def test_a_look_more_never_turns_a_proof_round(goal: wire.Goal, steps: list[Step]) -> None:
    """What was proven is proven again, by whoever looks again at the same, from the beginning or going on."""
    world = World(goal)
    end = world.play(*steps)
    last = replace(steps[len(world.acts) - 1], news=News(), passed=0.001)
    if end not in (Finding("stuck"), End("met")) or last.snapshot.any(T) or last.snapshot.any(R):
        return
    if world.state.busy_wait.spins or last.sleepers:
        return
    assert World(goal).play(last, last) == end
    world.acts.clear()
    assert world.play(last, last) == end


@many
@given(goals, histories(quiet=True), st.data())
def test_a_look_more_on_the_way_never_turns_a_proof_round(goal: wire.Goal, steps: list[Step], data: Any) -> None:
    """To have looked twice at a moment on the way leads to the same proof, at most earlier."""
    steps = [step for step in steps if not _could_run(step)]
    end = World(goal).play(*steps)
    at = data.draw(st.integers(0, max(0, len(steps) - 1)))
    again = World(goal).play(*steps[: at + 1], *steps[at:])
    if end is not None and end != Finding("spinning"):
        assert again == end


@many
@given(goals, histories())
def test_deciding_changes_nothing(goal: wire.Goal, steps: list[Step]) -> None:
    """The same comes of the same, and what went in is as it was."""
    before = copy.deepcopy(steps)
    one, other = World(goal), World(goal)
    one.play(*steps)
    assert steps == before
    other.play(*before)
    assert (one.acts, one.state) == (other.acts, other.state)


@many
@given(goals, histories())
def test_a_pause_stays_within_its_bounds(goal: wire.Goal, steps: list[Step]) -> None:
    """However long it goes on, the next look comes soon; and what is final stands at the end."""
    world = World(goal)
    for step in steps:
        end = world.take(step)
        assert decide.FIRST_PAUSE <= world.state.pause <= decide.LONGEST_PAUSE
        assert not any(isinstance(act, FINAL) for act in world.acts[-1][:-1])
        if end:
            return


@many
@given(goals, histories())
def test_rest_is_proven_or_not_known(goal: wire.Goal, steps: list[Step]) -> None:
    """A run counts as at rest only right after a look at everybody waiting without a limit, and news end it."""
    world = World(goal)
    for step in steps:
        was_at_rest = world.state.is_quiescent
        world.take(step)
        if world.state.is_quiescent and not was_at_rest:
            assert not any((step.snapshot.any(R), step.snapshot.any(T), step.sleepers, step.moving, step.late_news))
        if world.end:
            return
    assert not world.state.hear(SAID).is_quiescent
    assert not decide.begin(0.0).is_quiescent
    assert decide.begin(0.0, before=State(0, 0, is_quiescent=True)).is_quiescent
