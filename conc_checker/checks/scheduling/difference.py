"""Where two schedules part: the first tick at which they differ, and what is to be said of that tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.scheduling import Job, Slice


def part(jobs: Sequence[Job], expected: Sequence[Slice], actual: Sequence[Slice]) -> dict[str, Any] | None:
    """Return the first tick at which two schedules part, and how; None when they are the same.

    `how` is a key of the messages' words; the other entries are the facts that this word asks for:
    `should` and `does` are names of jobs, `since` the tick from which the one that should run has been waiting.
    """
    pairs = [*zip(expected, actual, strict=False)]
    same = next((n for n, (e, a) in enumerate(pairs) if e != a), len(pairs))
    should = expected[same] if same < len(expected) else None
    does = actual[same] if same < len(actual) else None
    if should is None and does is None:
        return None
    if should is None:
        assert does is not None
        return {"tick": does.start, "how": "all is done", "does": does.name}
    since = waiting_since(jobs, expected[:same], should)
    if does is None:
        return {"tick": should.start, "how": "nobody runs", "should": should.name, "since": since}
    facts: dict[str, Any] = {"should": should.name, "does": does.name, "since": since}
    if should.start < does.start:
        return {"tick": should.start, "how": "idle", **facts}
    if does.start < should.start:
        return {"tick": does.start, "how": "early", **facts}
    if should.name != does.name:
        return {"tick": should.start, "how": "another", **facts}
    tick = min(should.end, does.end)
    if does.end <= does.start:
        return {"tick": does.start, "how": "empty turn", **facts}
    return {"tick": tick, "how": "goes on" if does.end > should.end else "ends too soon", **facts}


def waiting_since(jobs: Sequence[Job], before: Sequence[Slice], turn: Slice) -> int:
    """Return the tick from which a job had been waiting for a turn: the end of its last one, or its arrival."""
    ends = [s.end for s in before if s.name == turn.name]
    return max(ends, default=next(job.arrival for job in jobs if job.name == turn.name))
