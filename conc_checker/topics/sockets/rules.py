"""What must hold between a learner's program and its clients: pure, and decided by the kernel's facts, as `rules`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story, is_error
from conc_checker.record.verdict import Diagnosis, Verdict, passed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.record.trace import Site, Trace


def goes_well(trace: Trace, rule: str) -> Verdict:
    """Nothing has gone wrong in main: no exception, no limit, no loop without end; and a server goes on serving."""
    story = Story(trace)
    spins = [e for e in trace.of("spinning") if e.get("how") != "waits again and again"]
    # A forked child that an exception has ended is as good as any other; one that has returned is main's double.
    failed = {e.pid for e in trace.of("raised")}
    bad = (
        story.raised is not None
        or bool(spins)
        or trace.first("cap", "limit", "deadline", "function-missing", "kill-refused") is not None
        or any(e.pid not in failed for e in trace.of("fell-through"))
        or (story.exit_of(story.main) is not None and story.ended is None)
        or any(e.get("shadows") for e in trace)
        or (story.ended is not None and trace.facts.get("about") == "server")
    )
    return explain(trace, rule, Diagnosis("crashed")) if bad else passed(rule)


def listens(trace: Trace) -> Verdict:
    """The server listens at the address that it was given, and nowhere else."""
    look = trace.last("holders")
    if look is not None and look.get("listeners") and not look.get("elsewhere"):
        return passed("listening")
    return explain(trace, "listening", Diagnosis("never-listens", Story(trace).waits_at))


def is_reachable(trace: Trace) -> Verdict:
    """The client that came last could connect."""
    event = trace.last("client-connect")
    if event is not None and event.get("state") == "open":
        return passed("connecting")
    return explain(trace, "connecting", Diagnosis("stops-listening", Story(trace).waits_at))


def has_heard(trace: Trace, client: int, size: int, digest: str) -> bool:
    """Whether all that a client has heard so far are the bytes of this size and SHA-256 digest."""
    return _heard(trace, client) == (size, digest)


def _heard(trace: Trace, client: int) -> tuple[int, str]:
    """Return the size and the digest of what a client has heard."""
    last = next((e for e in reversed(trace.events) if e.kind == "client-heard" and e.get("client") == client), None)
    return (int(last.get("total", 0)), str(last.get("digest"))) if last else (0, "")


def heard(trace: Trace, client: int, size: int, digest: str, data: bytes) -> Verdict:
    """All that a client has heard so far are the bytes of this size and SHA-256 digest; `data` were the last."""
    if has_heard(trace, client, size, digest):
        return passed("answer")
    total = _heard(trace, client)[0]
    wanted = data[:120].decode("latin-1")
    trace.facts["expected"] = {"client": client, "text": wanted, "size": len(data), "missing": size - total}
    what = "no-answer" if total < size else "wrong-answer"
    return explain(trace, "answer", Diagnosis(what, _place(Story(trace), client), {"missing": size - total}))


def goes_on(trace: Trace) -> Verdict:
    """The function has not come back."""
    story = Story(trace)
    if story.ended is None:
        return passed("going on")
    return explain(trace, "going on", Diagnosis("returns-too-early", story.at(_definition(story))))


def end_seen(trace: Trace, client: int) -> Verdict:
    """A client has seen the end of its connection, and nothing unexpected before it."""
    ends = [e for e in trace.of("client-end") if e.get("client") == client]
    if ends and ends[-1].get("how") == "ended":
        return passed("end")
    what = "no-end" if not ends else "broken-off"
    return explain(trace, "end", Diagnosis(what, Story(trace).waits_at))


def holders(trace: Trace) -> dict[int, list[int]]:
    """Return which processes held which client's connection when that was looked at last."""
    look = trace.last("holders")
    return {int(number): pids for number, pids in look.get("clients", {}).items()} if look else {}


def served_by(trace: Trace, clients: Sequence[int]) -> list[int]:
    """Return the processes, but for main, that held the connections of these clients at some look."""
    found: dict[int, None] = {}
    for look in trace.of("holders"):
        for number in clients:
            found |= dict.fromkeys(look.get("clients", {}).get(str(number), ()))
    return [pid for pid in found if pid != trace.main]


def apart(trace: Trace, clients: Sequence[int]) -> Verdict:
    """Each client's connection is held by one process that holds no other, and that is not main."""
    mine = [holders(trace).get(number, []) for number in clients]
    alone = [pids[0] for pids in mine if len(pids) == 1]
    if len(set(alone)) == len(clients) and trace.main not in alone:
        return passed("apart")
    facts = {"processes": len({pid for pids in mine for pid in pids})}
    return explain(trace, "apart", Diagnosis("not-apart", Story(trace).start_site, facts))


def gone(trace: Trace, pids: Sequence[int]) -> Verdict:
    """These processes have ended."""
    story = Story(trace)
    if pids and all(story.exit_of(pid) is not None for pid in pids):
        return passed("gone")
    return explain(trace, "gone", Diagnosis("process-outlives-client", story.waits_at))


def reaped(trace: Trace, pids: Sequence[int]) -> Verdict:
    """These processes have ended, and their parent has taken note of it."""
    census = trace.last("census")
    if pids and census is not None and not set(census.get("left", ())) & set(pids):
        return passed("reaped")
    facts = {"left": len(census.get("left", ())) if census else 0}
    return explain(trace, "reaped", Diagnosis("children-never-reaped", Story(trace).start_site, facts))


def frees_its_port(trace: Trace) -> Verdict:
    """Once main has ended, nobody listens in its place, so that it can be started again."""
    story = Story(trace)
    look = trace.last("holders")
    if story.exit_of(story.main) is None or look is None or not look.get("listeners"):
        return passed("port")
    return explain(trace, "port", Diagnosis("child-keeps-the-listener", story.start_site))


def ended(trace: Trace) -> Verdict:
    """After the interrupt main has come to its end, and none of its processes is left, not even a zombie of its own."""
    story = Story(trace)
    over = trace.last("over")
    # Who has held a client's connection is no helper, whatever it calls itself.
    served = {pid for look in trace.of("holders") for pids in look.get("clients", {}).values() for pid in pids}
    left = [r for r in over.get("left", ()) if r.get("role") != "helper" or r.get("pid") in served] if over else []
    if trace.facts.get("why") == "ended" and not left:
        return passed("ending")
    return explain(trace, "ending", Diagnosis("left-running", story.start_site, {"left": len(left)}))


def raised(trace: Trace, error: str) -> Verdict:
    """The function has raised an exception of this type."""
    story = Story(trace)
    if is_error(story.raised, error):
        return passed("raised")
    trace.facts["expected"] = {"error": error}
    facts = {"error": error, "message": ""}
    return explain(trace, "raised", Diagnosis("no-error-in-the-middle", story.at(_definition(story)), facts))


def left_unread(trace: Trace, size: int) -> Verdict:
    """So many bytes of what the client has said are still in the connection, for whoever reads next.

    Only Linux tells; elsewhere this is not judged.
    """
    look = trace.last("holders")
    unread = int(look.get("unread", {}).get("1", 0)) if look else 0
    if unread == size or trace.facts.get("proofs") != "system calls":
        return passed("unread")
    trace.facts["expected"] = {"unread": size, "missing": size - unread}
    story = Story(trace)
    return explain(trace, "unread", Diagnosis("reads-beyond-the-message", story.at(_definition(story))))


def returned(trace: Trace, values: Sequence[bytes | None]) -> Verdict:
    """The calls returned these values."""
    story = Story(trace)
    found: list[dict[str, Any]] = story.ended.get("values", []) if story.ended else []
    if len(found) == len(values) and all(_is(f, v) for f, v in zip(found, values, strict=True)):
        return passed("returned")
    wrong = next((i for i, (f, v) in enumerate(zip(found, values, strict=False)) if not _is(f, v)), 0)
    value = values[wrong]
    trace.facts["expected"] = {
        "number": wrong,
        "text": value[:120].decode("latin-1") if value is not None else None,
        "size": len(value) if value is not None else 0,
    }
    return explain(trace, "returned", Diagnosis("wrong-message", story.at(_definition(story))))


def _is(found: dict[str, Any], value: bytes | None) -> bool:
    if value is None:
        return found.get("type") == "NoneType"
    return found.get("type") in ("bytes", "bytearray") and found.get("digest") == hashlib.sha256(value).hexdigest()


def _place(story: Story, client: int) -> Site | None:
    """Return where the process waits that holds the client's connection, or main; else the function that was called."""
    held = [pid for pid in holders(story.trace).get(client, []) if pid != story.main]
    return (story.waits_of(held[0]) if held else None) or story.waits_at or story.at(_definition(story))


def _definition(story: Story) -> int | None:
    return story.code.line_of_definition(str(story.trace.facts.get("function", "")))
