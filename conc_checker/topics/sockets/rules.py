"""What must hold between a learner's program and its clients: pure, and decided by the kernel's facts, as `rules`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.mistake import Mistake, rule
from conc_checker.diagnosis.story import is_error
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict, failed, passed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site


@rule("serving", Mistake("crashed", outcome=Outcome.CRASHED, placed=False))
@rule("alone")
def goes_well(story: Story, rule: str) -> Verdict:
    """Nothing has gone wrong in main: no exception, no limit, no loop without end; and a server goes on serving."""
    spins = [e for e in story.trace.of("spinning") if e.get("how") != "waits again and again"]
    # A forked child that an exception has ended is as good as any other; one that has returned is main's double.
    broken = {e.pid for e in story.trace.of("raised")}
    bad = (
        story.raised is not None
        or bool(spins)
        or story.trace.first("cap", "limit", "deadline", "function-missing", "kill-refused") is not None
        or any(e.pid not in broken for e in story.trace.of("fell-through"))
        or (story.exit_of(story.main) is not None and story.ended is None)
        or any(e.get("shadows") for e in story.trace)
        or (story.ended is not None and story.trace.facts.about == "server")
    )
    return failed(rule, Diagnosis("crashed")) if bad else passed(rule)


@rule("listening", Mistake("never-listens"))
def listens(story: Story) -> Verdict:
    """The server listens at the address that it was given, and nowhere else."""
    look = story.trace.last("holders")
    if look is not None and look.get("listeners") and not look.get("elsewhere"):
        return passed("listening")
    return failed("listening", Diagnosis("never-listens", story.waits_at))


@rule("connecting", Mistake("stops-listening"))
def is_reachable(story: Story) -> Verdict:
    """The client that came last could connect."""
    event = story.trace.last("client-connect")
    if event is not None and event.get("state") == "open":
        return passed("connecting")
    return failed("connecting", Diagnosis("stops-listening", story.waits_at))


_ENDS_BY = ("KeyboardInterrupt", "SystemExit")  # exceptions that may come out of a function that is interrupted


def has_heard(story: Story, client: int, size: int, digest: str) -> bool:
    """Whether all that a client has heard so far are the bytes of this size and SHA-256 digest."""
    return _heard(story, client) == (size, digest)


def _heard(story: Story, client: int) -> tuple[int, str]:
    """Return the size and the digest of what a client has heard."""
    last = next(
        (e for e in reversed(story.trace.events) if e.kind == "client-heard" and e.get("client") == client), None
    )
    return (int(last.get("total", 0)), str(last.get("digest"))) if last else (0, "")


@rule("answer", Mistake("no-answer", frozenset({"missing"})), Mistake("wrong-answer", frozenset({"missing"})))
def heard(story: Story, client: int, size: int, digest: str, data: bytes) -> Verdict:
    """All that a client has heard so far are the bytes of this size and SHA-256 digest; `data` were the last."""
    if has_heard(story, client, size, digest):
        return passed("answer")
    total = _heard(story, client)[0]
    wanted = data[:120].decode("latin-1")
    what = "no-answer" if total < size else "wrong-answer"
    diagnosis = Diagnosis(what, _place(story, client), {"missing": size - total})
    return failed("answer", diagnosis, client=client, text=wanted, size=len(data), missing=size - total)


@rule("going on", Mistake("returns-too-early"))
def goes_on(story: Story) -> Verdict:
    """The function has not come back."""
    if story.ended is None:
        return passed("going on")
    return failed("going on", Diagnosis("returns-too-early", story.at(_definition(story))))


@rule("end", Mistake("no-end"), Mistake("broken-off"))
def end_seen(story: Story, client: int) -> Verdict:
    """A client has seen the end of its connection, and nothing unexpected before it."""
    ends = [e for e in story.trace.of("client-end") if e.get("client") == client]
    if ends and ends[-1].get("how") == "ended":
        return passed("end")
    what = "no-end" if not ends else "broken-off"
    return failed("end", Diagnosis(what, story.waits_at))


def holders(story: Story) -> dict[int, list[int]]:
    """Return which processes held which client's connection when that was looked at last."""
    look = story.trace.last("holders")
    return {int(number): pids for number, pids in look.get("clients", {}).items()} if look else {}


def served_by(story: Story, clients: Sequence[int]) -> list[int]:
    """Return the processes, but for main, that held the connections of these clients at some look."""
    found: dict[int, None] = {}
    for look in story.trace.of("holders"):
        for number in clients:
            found |= dict.fromkeys(look.get("clients", {}).get(str(number), ()))
    return [pid for pid in found if pid != story.trace.main]


@rule("apart", Mistake("not-apart", frozenset({"processes"})))
def apart(story: Story, clients: Sequence[int]) -> Verdict:
    """Each client's connection is held by one process that holds no other, and that is not main."""
    mine = [holders(story).get(number, []) for number in clients]
    alone = [pids[0] for pids in mine if len(pids) == 1]
    if len(set(alone)) == len(clients) and story.trace.main not in alone:
        return passed("apart")
    facts = {"processes": len({pid for pids in mine for pid in pids})}
    return failed("apart", Diagnosis("not-apart", story.start_site, facts))


@rule("gone", Mistake("process-outlives-client"))
def gone(story: Story, pids: Sequence[int]) -> Verdict:
    """These processes have ended."""
    if pids and all(story.exit_of(pid) is not None for pid in pids):
        return passed("gone")
    return failed("gone", Diagnosis("process-outlives-client", story.waits_at))


@rule("reaped", Mistake("children-never-reaped", frozenset({"left"})))
def reaped(story: Story, pids: Sequence[int]) -> Verdict:
    """These processes have ended, and their parent has taken note of it."""
    census = story.trace.last("census")
    if pids and census is not None and not set(census.get("left", ())) & set(pids):
        return passed("reaped")
    facts = {"left": len(census.get("left", ())) if census else 0}
    return failed("reaped", Diagnosis("children-never-reaped", story.start_site, facts))


@rule("port", Mistake("child-keeps-the-listener"))
def frees_its_port(story: Story) -> Verdict:
    """Once main has ended, nobody listens in its place, so that it can be started again."""
    look = story.trace.last("holders")
    if story.exit_of(story.main) is None or look is None or not look.get("listeners"):
        return passed("port")
    return failed("port", Diagnosis("child-keeps-the-listener", story.start_site))


@rule("ending", Mistake("left-running", frozenset({"left"})))
@rule("alone")
def ended(story: Story) -> Verdict:
    """After the interrupt main has come to its end, and none of its processes is left, not even a zombie of its own."""
    if story.raised is not None and not any(is_error(story.raised, error) for error in _ENDS_BY):
        return failed("alone", Diagnosis("crashed"))
    over = story.trace.last("over")
    # Who has held a client's connection is no helper, whatever it calls itself.
    served = {pid for look in story.trace.of("holders") for pids in look.get("clients", {}).values() for pid in pids}
    left = [r for r in over.get("left", ()) if r.get("role") != "helper" or r.get("pid") in served] if over else []
    if story.trace.facts.why == "ended" and not left:
        return passed("ending")
    return failed("ending", Diagnosis("left-running", story.start_site, {"left": len(left)}))


@rule("raised", Mistake("no-error-in-the-middle", frozenset({"error", "message"})))
def raised(story: Story, error: str) -> Verdict:
    """The function has raised an exception of this type."""
    if is_error(story.raised, error):
        return passed("raised")
    facts = {"error": error, "message": ""}
    return failed("raised", Diagnosis("no-error-in-the-middle", story.at(_definition(story)), facts), error=error)


@rule("unread", Mistake("reads-beyond-the-message"))
def left_unread(story: Story, size: int) -> Verdict:
    """So many bytes of what the client has said are still in the connection, for whoever reads next.

    Only Linux tells; elsewhere this is not judged.
    """
    look = story.trace.last("holders")
    unread = int(look.get("unread", {}).get("1", 0)) if look else 0
    if unread == size or story.trace.facts.proofs != "system calls":
        return passed("unread")
    diagnosis = Diagnosis("reads-beyond-the-message", story.at(_definition(story)))
    return failed("unread", diagnosis, unread=size, missing=size - unread)


@rule("returned", Mistake("wrong-message"))
def returned(story: Story, values: Sequence[bytes | None]) -> Verdict:
    """The calls returned these values."""
    found: list[dict[str, Any]] = story.ended.get("values", []) if story.ended else []
    if len(found) == len(values) and all(_is(f, v) for f, v in zip(found, values, strict=True)):
        return passed("returned")
    wrong = next((i for i, (f, v) in enumerate(zip(found, values, strict=False)) if not _is(f, v)), 0)
    value = values[wrong]
    text = value[:120].decode("latin-1") if value is not None else None
    diagnosis = Diagnosis("wrong-message", story.at(_definition(story)))
    return failed("returned", diagnosis, number=wrong, text=text, size=len(value) if value is not None else 0)


def _is(found: dict[str, Any], value: bytes | None) -> bool:
    if value is None:
        return found.get("type") == "NoneType"
    return found.get("type") in ("bytes", "bytearray") and found.get("digest") == hashlib.sha256(value).hexdigest()


def _place(story: Story, client: int) -> Site | None:
    """Return where the process waits that holds the client's connection, or main; else the function that was called."""
    held = [pid for pid in holders(story).get(client, []) if pid != story.main]
    return (story.waits_of(held[0]) if held else None) or story.waits_at or story.at(_definition(story))


def _definition(story: Story) -> int | None:
    return story.code.line_of_definition(story.trace.facts.function)
