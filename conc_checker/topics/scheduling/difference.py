"""Where two schedules part: the first tick at which they differ, and what is to be said of that tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.topics.scheduling import oracle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.scheduling import Job, Slice


def part(
    function: str, jobs: Sequence[Job], options: Sequence[Any], expected: Sequence[Slice], actual: Sequence[Slice]
) -> dict[str, Any] | None:
    """Return the first tick at which two schedules part, and how; None when they are the same.

    `how` is a key of the messages' words; the other entries are the facts that this word asks for:
    `should` and `does` are names of jobs, `since` the tick from which the one that should run has been waiting.
    """
    pairs = [*zip(expected, actual, strict=False)]
    same = next((n for n, (e, a) in enumerate(pairs) if e != a), len(pairs))
    should = expected[same] if same < len(expected) else None
    does = actual[same] if same < len(actual) else None
    if should is not None:
        facts = _due(jobs, expected[:same], should, does)
        if facts["how"] == "goes on":
            facts |= _why_over(function, jobs, options, expected[: same + 1])
        return facts
    return {"tick": does.start, "how": "all is done", "does": does.name} if does is not None else None


def _due(jobs: Sequence[Job], before: Sequence[Slice], should: Slice, does: Slice | None) -> dict[str, Any]:
    """Say how what comes next differs from the turn that should come next."""
    facts: dict[str, Any] = {"should": should.name, "since": waiting_since(jobs, before, should)}
    if does is None:
        return {"tick": should.start, "how": "nobody runs", **facts}
    facts["does"] = does.name
    tick = min(should.start, does.start)
    if should.start < does.start:
        how = "idle"
    elif does.start < should.start:
        how = "early"
    elif should.name != does.name:
        how = "another"
    elif does.end <= does.start:
        how = "empty turn"
    else:
        how, tick = ("goes on" if does.end > should.end else "ends too soon"), min(should.end, does.end)
    return {"tick": tick, "how": how, **facts}


def _why_over(function: str, jobs: Sequence[Job], options: Sequence[Any], slices: Sequence[Slice]) -> dict[str, Any]:
    """Say why the last of these turns of a right schedule is over: its job is done, or it had to make room."""
    last = slices[-1]
    needs = next(job.burst for job in jobs if job.name == last.name)
    if sum(s.end - s.start for s in slices if s.name == last.name) == needs:
        return {"how": "over: done"}
    boost = options[1] if function == "mlfq" and len(options) > 1 else None
    if boost and last.end % boost == 0:
        return {"how": "over: boost"}
    newcomers = [job for job in jobs if job.arrival == last.end]
    if function == "mlfq" and newcomers:
        # Would it have gone on without them?
        without = oracle.mlfq([job for job in jobs if job not in newcomers], *options)
        if not any(s.end == last.end for s in without):
            return {"how": "over: newcomer", "newcomer": newcomers[0].name}
    return {"how": "over: quantum"}


def waiting_since(jobs: Sequence[Job], before: Sequence[Slice], turn: Slice) -> int:
    """Return the tick from which a job had been waiting for a turn: the end of its last one, or its arrival."""
    ends = [s.end for s in before if s.name == turn.name]
    return max(ends, default=next(job.arrival for job in jobs if job.name == turn.name))
