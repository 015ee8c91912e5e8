"""The mistakes that are made here, as schedulers that make them: who returns what one of these returns has made it too.

They go from event to event, as learners' programs do. Without a mistake they agree with the oracle.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from conc_checker.scheduling import Job, Slice, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Scheduler = Callable[..., list[Slice]]


# ── one slice for each job ───────────────────────────────────────────────────────────────────────────────────────────


def one_by_one(
    jobs: Sequence[Job], rank: Callable[[Job], Any], *, sees_the_future: bool = False, waits: bool = True
) -> list[Slice]:
    """Let the job of the lowest rank run whenever the processor is free.

    With `sees_the_future` all jobs are there from the start; without `waits` the clock does not wait for them either.
    """
    left, slices, now = list(jobs), list[Slice](), 0
    while left:
        there = left if sees_the_future else [job for job in left if job.arrival <= now]
        if not there:
            first = min(job.arrival for job in left)
            there = [job for job in left if job.arrival == first]
        job = min(there, key=rank)
        left.remove(job)
        start = max(now, job.arrival) if waits else now
        now = start + job.burst
        slices.append(Slice(job.name, start, now))
    return slices


def _arrival(job: Job) -> int:
    return job.arrival


def _burst(job: Job) -> int:
    return job.burst


def _by_arrival(jobs: Sequence[Job]) -> list[Job]:
    return sorted(jobs, key=_arrival)


def _fcfs(jobs: Sequence[Job]) -> list[Slice]:
    return one_by_one(jobs, _arrival)


def _sjf(jobs: Sequence[Job], **mistakes: bool) -> list[Slice]:
    return one_by_one(_by_arrival(jobs), _burst, **mistakes)


def _in_list_order(jobs: Sequence[Job], **mistakes: bool) -> list[Slice]:
    return one_by_one(jobs, lambda _: 0, sees_the_future=True, **mistakes)


def _sorted_by_name(jobs: Sequence[Job]) -> list[Slice]:
    return _in_list_order(sorted(jobs))


def _idle_gap_skipped(jobs: Sequence[Job]) -> list[Slice]:
    """Shortest first of those that are there; when nobody is, the next one begins at once."""
    left, slices, now = _by_arrival(jobs), list[Slice](), 0
    while left:
        there = [job for job in left if job.arrival <= now] or left[:1]
        job = min(there, key=_burst)
        left.remove(job)
        slices.append(Slice(job.name, now, now + job.burst))
        now += job.burst
    return slices


def _shortest_remaining(jobs: Sequence[Job], *, only_at_arrivals: bool = False) -> list[Slice]:
    """Shortest remaining time first; `only_at_arrivals` starts a new slice at each of them."""
    left = {job.name: job.burst for job in _by_arrival(jobs)}
    arrival = {job.name: job.arrival for job in jobs}
    ticks: list[str | None] = []
    running = None
    while any(left.values()):
        there = [name for name in left if left[name] and arrival[name] <= len(ticks)]
        shortest = min(there, key=lambda name: left[name], default=None)
        # Among equals the one that runs goes on.
        if running not in there or (shortest and running and left[shortest] < left[running]):
            running = shortest
        ticks.append(running)
        if running:
            left[running] -= 1
    slices = _runs(ticks)
    if only_at_arrivals:
        slices = [part for s in slices for part in _cut(s, {job.arrival for job in jobs})]
    return slices


def _preempts_by_the_whole_burst(jobs: Sequence[Job]) -> list[Slice]:
    """A newcomer takes the processor whose whole burst is smaller than that of the running job, whatever is left."""
    coming, left = deque(_by_arrival(jobs)), {job.name: job.burst for job in jobs}
    ready, slices, now = list[Job](), list[Slice](), 0
    while coming or ready:
        if not ready:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ready.append(coming.popleft())
        job = min(ready, key=_burst)
        end = now + left[job.name]
        end = next((other.arrival for other in coming if other.arrival < end and other.burst < job.burst), end)
        slices.append(Slice(job.name, now, end))
        left[job.name] -= end - now
        now = end
        if not left[job.name]:
            ready.remove(job)
    return slices


def _runs(ticks: Iterable[str | None]) -> list[Slice]:
    """Return a slice for each run of ticks with the same job."""
    slices, now = [], 0
    for name, group in groupby(ticks):
        length = len(list(group))
        if name is not None:
            slices.append(Slice(name, now, now + length))
        now += length
    return slices


def _cut(whole: Slice, ticks: Iterable[int]) -> list[Slice]:
    marks = sorted({whole.start, whole.end, *(t for t in ticks if whole.start < t < whole.end)})
    return [Slice(whole.name, start, end) for start, end in pairwise(marks)]


# ── round-robin ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """Round-robin, with at most a few mistakes."""

    newcomers_last: str = ""  # "at the tick": only who arrives just then; "all": whoever came during the turn
    charges_in_full: bool = False  # the clock goes on by a whole quantum
    shows_in_full: bool = False  # and the slice ends there as well
    waits: bool = True
    goes_on: bool = False  # who was preempted is first in the queue
    skips_after_the_end: bool = False
    queues_in_list_order: bool = False  # those who are found at the same look
    idles_by_quanta: bool = False

    def __call__(self, jobs: Sequence[Job], quantum: int) -> list[Slice]:
        """Return the schedule."""
        coming = deque(_by_arrival(jobs))
        left = {job.name: job.burst for job in jobs}
        queue, slices, now = deque[str](), list[Slice](), 0

        def let_in(until: int) -> None:
            found = []
            while coming and coming[0].arrival <= until:
                found.append(coming.popleft())
            if self.queues_in_list_order:
                found.sort(key=jobs.index)
            queue.extend(job.name for job in found)

        while coming or queue:
            if not queue:
                gap = max(0, coming[0].arrival - now)
                if self.idles_by_quanta:
                    gap = -(-gap // quantum) * quantum
                if self.waits:
                    now += gap
                else:
                    queue.append(coming.popleft().name)
            let_in(now)
            name = queue.popleft()
            ran = min(quantum, left[name])
            shown = quantum if self.shows_in_full else ran
            slices.append(Slice(name, now, now + shown))
            left[name] -= ran
            now += quantum if self.charges_in_full or self.shows_in_full else ran
            if self.newcomers_last:
                if self.newcomers_last == "at the tick":
                    let_in(now - 1)
                if left[name]:
                    queue.append(name)
            let_in(now)
            if left[name] and not self.newcomers_last:
                (queue.appendleft if self.goes_on else queue.append)(name)
            elif self.skips_after_the_end and not left[name] and queue:
                queue.rotate(-1)
        return slices


def _rounds(jobs: Sequence[Job], quantum: int) -> list[Slice]:
    """Go round and round a list and remove from it while walking: the next in the list is passed over."""
    left = {job.name: job.burst for job in jobs}
    arrival = {job.name: job.arrival for job in jobs}
    ring, slices, now = [job.name for job in _by_arrival(jobs)], list[Slice](), 0
    while ring:
        place, moved = 0, False
        while place < len(ring):
            name = ring[place]
            place += 1
            if arrival[name] > now:
                continue
            moved = True
            ran = min(quantum, left[name])
            slices.append(Slice(name, now, now + ran))
            now, left[name] = now + ran, left[name] - ran
            if not left[name]:
                ring.remove(name)
        if not moved and ring:
            now = min(arrival[name] for name in ring)
    return slices


def _ring(jobs: Sequence[Job], quantum: int) -> list[Slice]:
    """Go on by one in a list that has just become shorter by one; newcomers go to its end."""
    coming, left = deque(_by_arrival(jobs)), {job.name: job.burst for job in jobs}
    ring, slices, now, place = list[str](), list[Slice](), 0, 0
    while coming or ring:
        if not ring:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ring.append(coming.popleft().name)
        place %= len(ring)
        name = ring[place]
        ran = min(quantum, left[name])
        slices.append(Slice(name, now, now + ran))
        now, left[name] = now + ran, left[name] - ran
        if not left[name]:
            ring.remove(name)
        place += 1
    return slices


def _newcomers_after_the_round(jobs: Sequence[Job], quantum: int) -> list[Slice]:
    """Let all who are there have a turn, and look only then who has arrived."""
    coming, left = deque(_by_arrival(jobs)), {job.name: job.burst for job in jobs}
    ring, slices, now = list[str](), list[Slice](), 0
    while coming or ring:
        if not ring:
            now = max(now, coming[0].arrival)
        while coming and coming[0].arrival <= now:
            ring.append(coming.popleft().name)
        for name in ring:
            ran = min(quantum, left[name])
            slices.append(Slice(name, now, now + ran))
            now, left[name] = now + ran, left[name] - ran
        ring = [name for name in ring if left[name]]
    return slices


def _run_to_the_end(jobs: Sequence[Job], quantum: int) -> list[Slice]:  # noqa: ARG001 (that is the mistake)
    return _fcfs(jobs)


# ── a multi-level feedback queue ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Feedback:
    """A multi-level feedback queue, with at most a few mistakes."""

    demotes: bool = True
    demotes_preempted: bool = False  # every turn costs a level, also one that was cut short
    boosts: bool = True
    boost_renews: bool = True
    boost_ends_the_slice: bool = True
    preempted_first: bool = True
    preempts: bool = True
    keeps_the_rest: bool = True
    own_quanta: bool = True
    last_level_has_turns: bool = True

    def __call__(self, jobs: Sequence[Job], quanta: Sequence[int], boost: int | None = None) -> list[Slice]:
        """Return the schedule."""
        coming, left = deque(_by_arrival(jobs)), {job.name: job.burst for job in jobs}
        levels, slices, now = [deque[str]() for _ in quanta], list[Slice](), 0
        lengths = [*quanta] if self.own_quanta else [quanta[0]] * len(quanta)
        if not self.last_level_has_turns:
            lengths[-1] = sum(left.values()) + 1
        level, rest = dict.fromkeys(left, 0), dict.fromkeys(left, lengths[0])
        every = boost if self.boosts else None
        due = every

        def let_in() -> None:
            while coming and coming[0].arrival <= now:
                levels[0].append(coming.popleft().name)

        while coming or any(levels):
            if not any(levels):
                now = max(now, coming[0].arrival)
            let_in()
            if every and due is not None and now >= due:
                due = (now // every + 1) * every
                levels = [deque(name for queue in levels for name in queue), *(deque[str]() for _ in quanta[1:])]
                level = dict.fromkeys(level, 0)
                if self.boost_renews:
                    rest = dict.fromkeys(rest, lengths[0])
            name = next(queue for queue in levels if queue).popleft()
            ends = [now + min(left[name], rest[name])]
            if self.preempts and level[name] and coming:
                ends.append(coming[0].arrival)
            if due is not None and self.boost_ends_the_slice:
                ends.append(due)
            end = min(ends)
            slices.append(Slice(name, now, end))
            left[name] -= end - now
            rest[name] -= end - now
            now = end
            let_in()
            if not left[name]:
                continue
            if rest[name] and not self.demotes_preempted:
                if not self.keeps_the_rest:
                    rest[name] = lengths[level[name]]
                (levels[level[name]].appendleft if self.preempted_first else levels[level[name]].append)(name)
            else:
                level[name] = min(level[name] + self.demotes, len(quanta) - 1)
                rest[name] = lengths[level[name]]
                levels[level[name]].append(name)
        return slices


# ── whatever the algorithm ───────────────────────────────────────────────────────────────────────────────────────────


def _merged(slices: Sequence[Slice]) -> list[Slice]:
    found: list[Slice] = []
    for turn in slices:
        if found and found[-1].name == turn.name and found[-1].end == turn.start:
            found[-1] = found[-1]._replace(end=turn.end)
        else:
            found.append(turn)
    return found


def _last_tick_as_end(slices: Sequence[Slice]) -> list[Slice]:
    return [turn._replace(end=turn.end - 1) for turn in slices]


def _length_as_end(slices: Sequence[Slice]) -> list[Slice]:
    return [turn._replace(end=turn.end - turn.start) for turn in slices]


def _after(change: Callable[[Sequence[Slice]], list[Slice]], scheduler: Scheduler) -> Scheduler:
    return lambda jobs, *options: change(scheduler(jobs, *options))


def _with_names_in_order(scheduler: Scheduler) -> Scheduler:
    return lambda jobs, *options: scheduler(sorted(jobs), *options)


def _all_at_once(scheduler: Scheduler) -> Scheduler:
    """As if all had arrived at tick 0, in the order of the list."""
    return lambda jobs, *options: scheduler([job._replace(arrival=0) for job in jobs], *options)


def _quantum_plus(scheduler: Scheduler, more: int) -> Scheduler:
    return lambda jobs, quantum: scheduler(jobs, max(1, quantum + more))


def _everywhere(scheduler: Scheduler) -> tuple[tuple[str, Scheduler], ...]:
    return (
        ("last-tick-as-end", _after(_last_tick_as_end, scheduler)),
        ("length-as-end", _after(_length_as_end, scheduler)),
        ("ties-by-name", _with_names_in_order(scheduler)),
        ("arrivals-ignored", _all_at_once(scheduler)),
    )


# Where two return the same, the first is named.
MUTANTS: dict[str, tuple[tuple[str, Scheduler], ...]] = {
    "fcfs": (
        ("taken-in-list-order", _in_list_order),
        ("sorted-by-name", _sorted_by_name),
        ("idle-gap-skipped", lambda jobs: one_by_one(_by_arrival(jobs), _arrival, sees_the_future=True, waits=False)),
        ("ties-by-burst", lambda jobs: one_by_one(jobs, lambda job: (job.arrival, job.burst))),
        ("shortest-first", lambda jobs: one_by_one(_by_arrival(jobs), _burst)),
        *_everywhere(_fcfs),
    ),
    "sjf": (
        ("running-job-preempted", _shortest_remaining),
        ("running-job-preempted", lambda jobs: _shortest_remaining(jobs, only_at_arrivals=True)),
        ("running-job-preempted", _preempts_by_the_whole_burst),
        ("future-job-chosen", lambda jobs: _sjf(jobs, sees_the_future=True)),
        ("future-job-chosen", lambda jobs: one_by_one(jobs, _burst, sees_the_future=True)),
        ("future-job-chosen", lambda jobs: _sjf(jobs, sees_the_future=True, waits=False)),
        ("idle-gap-skipped", _idle_gap_skipped),
        ("ties-by-list-order", lambda jobs: one_by_one(jobs, _burst)),
        ("bursts-ignored", _fcfs),
        ("longest-first", lambda jobs: one_by_one(_by_arrival(jobs), lambda job: -job.burst)),
        *_everywhere(_sjf),
        ("taken-in-list-order", _in_list_order),
        ("sorted-by-name", _sorted_by_name),
    ),
    "round_robin": (
        ("preempted-before-newcomers", RoundRobin(newcomers_last="all")),
        ("preempted-before-newcomers", RoundRobin(newcomers_last="at the tick")),
        ("last-turn-charged-in-full", RoundRobin(charges_in_full=True)),
        ("last-turn-charged-in-full", RoundRobin(shows_in_full=True)),
        ("idle-gap-skipped", RoundRobin(waits=False)),
        ("idle-gap-overshot", RoundRobin(idles_by_quanta=True)),
        ("index-drifts", _rounds),
        ("index-drifts", _ring),
        ("index-drifts", RoundRobin(skips_after_the_end=True)),
        ("newcomers-after-the-round", _newcomers_after_the_round),
        ("fifo-called-round-robin", _run_to_the_end),
        ("fifo-called-round-robin", RoundRobin(goes_on=True)),
        ("taken-in-list-order", RoundRobin(queues_in_list_order=True)),
        ("quantum-off-by-one", _quantum_plus(RoundRobin(), 1)),
        ("quantum-off-by-one", _quantum_plus(RoundRobin(), -1)),
        ("turns-merged", _after(_merged, RoundRobin())),
        *_everywhere(RoundRobin()),
    ),
    "mlfq": (
        ("never-demoted", Feedback(demotes=False)),
        ("demoted-too-early", Feedback(demotes_preempted=True)),
        ("boost-missing", Feedback(boosts=False)),
        ("boost-keeps-old-quanta", Feedback(boost_renews=False)),
        ("boost-comes-late", Feedback(boost_ends_the_slice=False)),
        ("preempted-to-the-tail", Feedback(preempted_first=False)),
        ("newcomer-has-to-wait", Feedback(preempts=False)),
        ("fresh-quantum-after-preemption", Feedback(keeps_the_rest=False)),
        ("one-quantum-for-all-levels", Feedback(own_quanta=False)),
        ("lowest-level-without-turns", Feedback(last_level_has_turns=False)),
        ("turns-merged", _after(_merged, Feedback())),
        *_everywhere(Feedback()),
    ),
}


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────

# What a mistake makes of the right times; `arrival` is that of the job.
TIMES: tuple[tuple[str, Callable[[Times, int], tuple[int, int, int]]], ...] = (
    ("waiting-and-response-mixed-up", lambda t, _: (t.response, t.waiting, t.turnaround)),
    ("waiting-and-response-mixed-up", lambda t, _: (t.response, t.response, t.turnaround)),
    ("waiting-and-response-mixed-up", lambda t, _: (t.waiting, t.waiting, t.turnaround)),
    ("waiting-and-turnaround-mixed-up", lambda t, _: (t.turnaround, t.response, t.waiting)),
    ("waiting-and-turnaround-mixed-up", lambda t, _: (t.turnaround, t.response, t.turnaround)),
    ("waiting-and-turnaround-mixed-up", lambda t, _: (t.waiting, t.response, t.waiting)),
    ("response-and-turnaround-mixed-up", lambda t, _: (t.waiting, t.turnaround, t.response)),
    ("response-and-turnaround-mixed-up", lambda t, _: (t.waiting, t.turnaround, t.turnaround)),
    ("response-and-turnaround-mixed-up", lambda t, _: (t.waiting, t.response, t.response)),
    ("times-in-another-order", lambda t, _: (t.turnaround, t.waiting, t.response)),
    ("times-in-another-order", lambda t, _: (t.response, t.turnaround, t.waiting)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting + a, t.response + a, t.turnaround + a)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting, t.response + a, t.turnaround + a)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting, t.response, t.turnaround + a)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting + a, t.response, t.turnaround + a)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting, t.response + a, t.turnaround)),
    ("arrival-not-subtracted", lambda t, a: (t.waiting + a, t.response, t.turnaround)),
)

NAMES = sorted({name for known in MUTANTS.values() for name, _ in known})
