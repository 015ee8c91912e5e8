"""Mistakes about waiting: inside the loop, for the wrong one, with a limit, by asking again and again, not at all."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.mistake import mistake, not_for, only_for
from conc_checker.record.trace import Event, Site
from conc_checker.record.verdict import Diagnosis, Outcome

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story

_SUBMITS = ("map_async", "apply_async", "imap", "imap_unordered", "starmap_async", "submit")


def _condition(
    story: Story, site: Site | None, kinds: tuple[type[ast.AST], ...] = (ast.If, ast.While)
) -> ast.AST | None:
    """Return the innermost `if` or `while` whose test or body holds a line."""
    if site is None:
        return None
    found = None
    for node in story.code.nodes():
        if isinstance(node, kinds) and node.lineno <= site.line <= (node.end_lineno or 0):  # type: ignore[attr-defined]
            found = node
    return found


# ── nobody goes on ───────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("busy-waiting")
def busy_waiting(story: Story, rule: str) -> Diagnosis | None:
    """Main asks again and again, without a pause, and keeps a processor busy with it."""
    spin = story.trace.last("spinning")
    if spin is None or spin.get("how") == "waits again and again" or not story.workers:
        return None
    site = story.waits_at
    loop = _condition(story, site, (ast.While,))
    where = story.at(loop.lineno) if isinstance(loop, ast.While) else site
    polls = [e for e in story.trace.of("poll", "join") if e.pid == story.main and e.site]
    if where is None and polls:
        where = polls[-1].site
    return Diagnosis("busy-waiting", where)


@mistake("queue-not-drained", "waiting")
def queue_not_drained(story: Story, rule: str) -> Diagnosis | None:
    """Main joins a child that cannot end: its data are still in the way."""
    if story.block is None or story.inside:
        return None
    writing = [w for w in story.block.get("waits", ()) if w.get("call") == "write" and w.get("pid") != story.main]
    if writing and story.main_waits_in("join", "wait"):
        return Diagnosis("queue-not-drained", story.waits_at, {"waiting": len({w["pid"] for w in writing})})
    return None


@mistake("deadlocked")
@mistake("get-after-a-failed-task")
@only_for("overlap", "finish", "script")
def deadlocked(story: Story, rule: str) -> Diagnosis | None:
    """Nothing can move any more, though nobody is held."""
    if story.block is None or story.block.kind != "stuck" or story.inside:
        return None
    if any(e.get("hold") and e.kind in ("open", "begin") for e in story.trace) and rule != "finish":
        return None
    if story.trace.facts.failing and story.main_waits_in("get", "recv", "_recv"):
        return Diagnosis("get-after-a-failed-task", story.waits_at)
    site = story.waits_at
    if not story.tasks and story.main_waits_in("join"):
        for pid in story.workers:
            inner = next((Site(f[1], f[2], f[3]) for f in story.stack_of(pid) if not f[1].startswith("…")), None)
            if inner is not None:
                site = inner
                break
    return Diagnosis("deadlocked", site)


@mistake("never-ends", "seconds", outcome=Outcome.TIMED_OUT)
def endless(story: Story, rule: str) -> Diagnosis | None:
    """Main asks for something that will never come, though everybody else is done."""
    spin = story.trace.last("spinning")
    if spin is None or story.inside or story.ended:
        return None
    return Diagnosis("never-ends", story.waits_at, {"seconds": story.trace.facts.deadline})


# ── too few at the same time ─────────────────────────────────────────────────────────────────────────────────────────


def _is_pool(event: Event) -> bool:
    return str(event.get("module")) in ("multiprocessing.pool", "concurrent.futures.process")


@mistake("chunks-too-large", "inside", "started", "task")
@mistake("joined-inside-the-loop", "inside", "started", "task")
@mistake("one-process-for-all", "inside", "started", "task")
@mistake("pool-apply-is-serial", "inside", "started", "task")
@mistake("pool-too-small", "inside", "started", "task", "workers")
@mistake("started-one-after-another-by-a-lock", "inside", "started", "task")
@only_for("overlap")
def too_few_at_once(story: Story, rule: str) -> Diagnosis | None:
    """Main waits for one task before it starts the next, or there are too few workers."""
    if story.block is None or not story.inside:
        return None
    site, count = story.waits_at, (story.trace.facts.count or 0)
    live = [pid for pid in story.workers if story.exit_of(pid) is None]
    facts = {"inside": len(story.inside), "started": len(story.workers), "task": story.inside[0].index}
    pools = [e for e in story.created if _is_pool(e)]
    if story.main_waits_in("apply"):
        return Diagnosis("pool-apply-is-serial", site, facts)
    # Anywhere on main's stack: the wait may be in a helper that the loop calls.
    in_loop = any(
        story.code_of(file).loops_around(line)
        for _, file, line, _ in story.stack_of_main or _as_stack(site)
        if not file.startswith("…")
    )
    if in_loop and (_submits_in_same_loop(story, site) if pools else len(live) < count):
        return Diagnosis("joined-inside-the-loop", site, facts)
    if len(pools) >= count:
        return Diagnosis("chunks-too-large", site, facts)
    if pools:
        line = story.code.line_of_call("Pool", "ProcessPoolExecutor")
        return Diagnosis("pool-too-small", story.at(line) or site, {**facts, "workers": len(pools)})
    if len(live) >= count:
        return _kept_out(story, facts)
    if len(live) == 1:
        created = story.created[-1].site if story.created else story.start_site
        return Diagnosis("one-process-for-all", created, facts)
    return None


def _as_stack(site: Site | None) -> list[list[Any]]:
    return [[0, site.file, site.line, site.function]] if site else []


def _kept_out(story: Story, facts: dict[str, Any]) -> Diagnosis | None:
    """All processes live, but some wait in the learner's code before their task."""
    for pid in story.workers:
        if not any(t.pid == pid for t in story.tasks):
            inner = next((Site(*f[1:]) for f in story.stack_of(pid) if not f[1].startswith("…")), None)
            if inner is not None:
                return Diagnosis("started-one-after-another-by-a-lock", inner, facts)
    return None


def _submits_in_same_loop(story: Story, site: Site | None) -> bool:
    if site is None:
        return False
    return any(story.code.shares_a_loop(site.line, call.lineno) for call in story.code.calls(*_SUBMITS))


# ── main came back too early ─────────────────────────────────────────────────────────────────────────────────────────


def _is_early(story: Story) -> bool:
    """Whether main was done before its tasks: or could be, because it ended its processes."""
    return story.end < len(story.trace) or story.exit_of(story.main) is not None or bool(_endings(story))


def _endings(story: Story) -> list[Event]:
    """The learner's terminate() and kill() of processes that had not ended."""
    return [e for e in story.of_main("end-by") if e.get("how") in ("terminate", "kill") and e.site]


def _end_of_pool(story: Story) -> Site | None:
    """Return the line that ends a pool; a with block ends it after the line that gives it its work."""
    lines = [c.lineno for c in story.code.calls("terminate")] or [c.lineno for c in story.code.calls(*_SUBMITS)]
    return story.at(lines[-1]) if lines else None


@mistake("expected-to-run-at-once")
@mistake("pool-ended-too-early")
@mistake("stopped-by-a-failing-task", "error")
@mistake("terminated-too-early")
def ended_its_processes(story: Story, rule: str) -> Diagnosis | None:
    """Processes were terminated instead of waited for."""
    endings = _endings(story)
    if not endings or rule in ("import", "timing", "numbers", "cleanup", "content"):
        return None
    site = endings[0].site
    if story.trace.facts.failing:
        return Diagnosis("stopped-by-a-failing-task", site, {"error": "ValueError"})
    if any(_is_pool(e) for e in story.created):
        return Diagnosis("pool-ended-too-early", _end_of_pool(story) or site)
    condition = _condition(story, site, (ast.If,))
    if isinstance(condition, ast.If):
        asked = ast.dump(condition.test)
        if not any(word in asked for word in ("is_alive", "exitcode", "sentinel")):
            return Diagnosis("expected-to-run-at-once", story.at(condition.lineno))
    return Diagnosis("terminated-too-early", site)


@mistake("queue-empty-polled")
def asked_an_empty_queue(story: Story, rule: str) -> Diagnosis | None:
    """An empty queue was taken for the end of the work."""
    line = story.code.line_of_call("empty")
    if line is None or not _is_early(story) or rule in ("import", "numbers", "cleanup"):
        return None
    return Diagnosis("queue-empty-polled", story.at(line))


@mistake("join-timeout-is-no-end")
@not_for("import", "timing", "numbers", "cleanup", "content")
def waited_with_a_limit(story: Story, rule: str) -> Diagnosis | None:
    """A wait came back because its time was up, and main went on as if the process had ended."""
    if not _is_early(story):
        return None
    given_up = [e for e in story.of_main("joined") if not e.get("ended") and e.site]
    if given_up:
        return Diagnosis("join-timeout-is-no-end", given_up[-1].site)
    for call in story.code.calls("wait", "wait_for"):
        if any(k.arg == "timeout" for k in call.keywords):
            return Diagnosis("join-timeout-is-no-end", story.at(call.lineno))
    return None


@mistake("slept-instead-of-joining", "seconds")
def slept(story: Story, rule: str) -> Diagnosis | None:
    """Main slept for a while instead of waiting for the end."""
    sleeps = [e for e in story.of_main("sleep") if e.site]
    if (
        not sleeps
        or story.of_main("join")
        or not _is_early(story)
        or rule in ("import", "timing", "numbers", "cleanup")
    ):
        return None
    return Diagnosis("slept-instead-of-joining", sleeps[-1].site, {"seconds": sleeps[-1].get("seconds")})


@mistake("daemon-work-lost")
@not_for("import", "timing", "numbers", "cleanup")
def daemons(story: Story, rule: str) -> Diagnosis | None:
    """The processes are daemons and were not waited for: they end with main."""
    if not _is_early(story) or story.joined:
        return None
    if not any(e.get("daemon") for e in story.trace.of("start", "started")):
        return None
    if any(_is_pool(e) for e in story.created):
        return None
    return Diagnosis("daemon-work-lost", story.at(story.code.line_of_daemon()) or story.start_site)


@mistake("joined-only-the-first", "task")
@mistake("joined-only-the-last", "task")
@only_for("waiting")
def joined_only_some(story: Story, rule: str) -> Diagnosis | None:
    """Main waited for one of its processes, and came back while another was still at work."""
    if story.end == len(story.trace) or len(story.tasks) < 2:
        return None
    begun = max(t.begin for t in story.tasks)
    released = {(e.pid, e.thread) for i, e in enumerate(story.trace) if e.kind == "released" and begun < i < story.end}
    # Those that were let go may have been on their way when main came back: they say nothing of whom it waited for.
    held = [t for t in story.tasks if not story.ended_before_main(t) and (t.pid, t.thread) not in released]
    if not released or not held:
        return None
    indices = sorted((t.index for t in story.tasks), key=repr)
    only_last = held[0].index == indices[0]
    site = story.join_sites[-1] if story.join_sites else story.at(story.code.line_of_call("wait", "waitpid"))
    if not only_last and site is not None:
        line = site.line
        returns = [n.lineno for n in story.code.nodes() if isinstance(n, ast.Return)]
        early = [r for r in returns if story.code.shares_a_loop(r, line)]
        site = story.at(early[-1]) if early else site
    name = "joined-only-the-last" if only_last else "joined-only-the-first"
    return Diagnosis(name, site, {"task": held[0].index})


@mistake("not-joined")
@mistake("pool-ended-too-early")
@only_for("waiting", "finish", "slow", "overlap", "script")
def not_joined(story: Story, rule: str) -> Diagnosis | None:
    """Main came back without waiting."""
    if story.ended is None:
        return None
    missing = rule == "overlap" and len(story.tasks) < (story.trace.facts.count or 0)
    held = rule != "finish" and any(e.get("hold") for e in story.trace)
    if all(story.ended_before_main(t) for t in story.tasks) and not held and not missing:
        return None
    for call in story.code.calls("shutdown"):
        if any(k.arg == "wait" for k in call.keywords):
            return Diagnosis("not-joined", story.at(call.lineno))
    if any(_is_pool(e) for e in story.created):  # its workers had ended before they could be terminated
        return Diagnosis("pool-ended-too-early", _end_of_pool(story) or story.start_site)
    return Diagnosis("not-joined", story.at(story.code.line_of_bare("join")) or story.start_site)


@mistake("zombie-left", "left")
def zombie(story: Story, rule: str) -> Diagnosis | None:
    """The ended processes were never collected: the wait went by another way than join."""
    event = story.trace.first("left")
    if rule != "cleanup" or event is None:
        return None
    zombies = [r for r in event.get("processes", ()) if r.get("state") == "Z"]
    if not zombies:
        return None
    waits = story.code.calls("wait", "acquire", "get", "read", "recv")
    line = waits[-1].lineno if waits else None
    return Diagnosis("zombie-left", story.at(line) or story.start_site, {"left": len(zombies)})


RECOGNISERS = (
    busy_waiting,
    queue_not_drained,
    ended_its_processes,
    too_few_at_once,
    deadlocked,
    endless,
    asked_an_empty_queue,
    daemons,
    waited_with_a_limit,
    slept,
    joined_only_some,
    not_joined,
    zombie,
)
