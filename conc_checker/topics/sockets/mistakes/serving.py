"""Mistakes of a server: who serves whom, who holds which connection, and what is left of it."""

from __future__ import annotations

import ast
import errno
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.code import last_name
from conc_checker.diagnosis.mistake import mistake, only_for, passes_on
from conc_checker.diagnosis.story import Story
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.sockets.mistakes import talking

if TYPE_CHECKING:
    from conc_checker.record.trace import Event, Site

_BROKEN = ("ConnectionResetError", "BrokenPipeError", "ConnectionAbortedError")
_BROKEN_NUMBERS = (errno.ENOTCONN, errno.ECONNRESET, errno.EPIPE)
_JOINING = ("join", "wait", "waitpid", "poll", "wait4", "communicate")
_WATCHING = ("epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll", "select", "pselect6")


# ── what the trace says ──────────────────────────────────────────────────────────────────────────────────────────────


def _accepted(story: Story) -> list[Event]:
    """Return the clients that main has taken, in order."""
    return [e for e in story.trace.of("accepted") if e.pid == story.main]


def _accept_site(story: Story) -> Site | None:
    """Return the line on which main takes its clients."""
    sites = [e.site for e in _accepted(story) if e.site]
    return sites[-1] if sites else story.at(story.code.line_of_call("accept"))


def _time_outs(story: Story) -> list[Event]:
    """Return the reports of waits for a client, or for what it says, that have come to their limit."""
    return [e for e in story.trace.of("poll") if e.get("what") == "TimeoutError"]


def _call_of_main(story: Story) -> str:
    """Return the system call in which main's first thread stood at the standstill."""
    waits: list[dict[str, Any]] = story.block.get("waits", []) if story.block else []
    # One that sleeps on our clock waits for our reply, which looks like any other recv().
    mine = [w for w in waits if w.get("pid") == w.get("thread") == story.main and not w.get("asleep")]
    return str(mine[0].get("call")) if mine else ""


def _holders(story: Story) -> dict[str, list[int]]:
    look = story.trace.last("holders")
    found: dict[str, list[int]] = look.get("clients", {}) if look else {}
    return found


def _number(event: Event) -> int:
    """Return the errno of an OSError."""
    found = re.match(r"\[Errno (\d+)\]", str(event.get("message")))
    return int(found[1]) if found else 0


# ── the address ──────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("created-before-accept", "live")
def created_before_accept(story: Story, rule: str) -> Diagnosis | None:
    """Processes are started without end, because nothing in main's loop waits for a client."""
    cap = story.trace.first("cap")
    if cap is None or _accepted(story):
        return None
    return Diagnosis("created-before-accept", cap.site or story.start_site, {"live": cap.get("live")})


@mistake("listens-elsewhere", "address")
def listens_elsewhere(story: Story, rule: str) -> Diagnosis | None:
    """The server listens at another address than it was given."""
    look = story.trace.last("holders")
    elsewhere = look.get("elsewhere", []) if look else []
    if rule != "listening" or not elsewhere:
        return None
    host, port, _ = elsewhere[0]
    given = story.trace.facts.address
    binds = [e for e in story.trace.of("bind") if (e.get("host"), e.get("port")) != given]
    site = binds[-1].site if binds else story.at(story.code.line_of_call("bind", "create_server"))
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return Diagnosis("listens-elsewhere", site, {"address": shown})


@mistake("never-listens")
def never_listens(story: Story, rule: str) -> Diagnosis | None:
    """The port was bound, and listen() was never called: there is nothing to accept from."""
    if rule == "listening" and story.raised is not None and _number(story.raised) == errno.EINVAL:
        return Diagnosis("never-listens", story.raised.site)
    return None


@mistake("reuse-address-missing")
@mistake("reuse-address-too-late")
def port_still_taken(story: Story, rule: str) -> Diagnosis | None:
    """The port of the server before could not be bound again."""
    if story.raised is None or _number(story.raised) != errno.EADDRINUSE:
        return None
    bind = story.trace.last("bind")
    site = bind.site if bind else story.raised.site
    options = [c for c in story.code.calls("setsockopt") if "SO_REUSEADDR" in ast.unparse(c)]
    if site is not None and options and options[0].lineno > site.line:
        return Diagnosis("reuse-address-too-late", story.at(options[0].lineno))
    return Diagnosis("reuse-address-missing", site)


# ── main has left its loop ───────────────────────────────────────────────────────────────────────────────────────────


@mistake("listener-time-out-ends-the-server")
def time_out_ends_the_server(story: Story, rule: str) -> Diagnosis | None:
    """Nobody came for a while, and that was the end of the server."""
    taken = [story.position(e) for e in _accepted(story)]
    limits = [e for e in _time_outs(story) if e.pid == story.main]
    has_waited = rule == "alone" or (limits and story.position(limits[-1]) > max(taken, default=0))
    if not has_waited or (story.raised is None and story.ended is None):
        return None
    if story.raised is not None and story.raised.get("type") != "TimeoutError":
        return None
    site = story.raised.site if story.raised else _accept_site(story)
    return Diagnosis("listener-time-out-ends-the-server", site)


@mistake("reset-ends-the-server", "error")
def reset_ends_the_server(story: Story, rule: str) -> Diagnosis | None:
    """A client had broken its connection off, and an exception over it came out of main."""
    broken = any(e.get("how") == "reset" for e in story.trace.of("client-leave"))
    if story.raised is None or not broken:
        return None
    if story.raised.get("type") not in _BROKEN and _number(story.raised) not in _BROKEN_NUMBERS:
        return None
    return Diagnosis("reset-ends-the-server", story.raised.site, {"error": story.raised.get("type")})


@mistake("closed-before-start")
@mistake("listener-closed-in-main")
def closed_in_the_wrong_place(story: Story, rule: str) -> Diagnosis | None:
    """Something was used that had been closed: the connection by its process, the listener by main."""
    failed = next((e for e in (story.raised, *story.failures) if e is not None and _is_closed(e)), None)
    if failed is None:
        return None
    site = failed.site
    accept = _accept_site(story)
    if story.raised is failed and site is not None and accept is not None and site.line == accept.line:
        return Diagnosis("listener-closed-in-main", _closing(story, before=None, not_after=accept.line))
    if not _accepted(story):
        return None
    start = story.code.line_of_call("start", "fork", "Popen", "submit")
    return Diagnosis("closed-before-start", _closing(story, before=start, not_after=None))


def _is_closed(event: Event) -> bool:
    frames = event.get("frames") or []
    in_transfer = bool(frames) and frames[-1][0].endswith(
        ("reduction.py", "popen_spawn_posix.py", "util.py", "forkserver.py")
    )
    message = str(event.get("message"))
    return _number(event) == errno.EBADF or (in_transfer and ("fd" in message or "negative" in message))


def _closing(story: Story, *, before: int | None, not_after: int | None) -> Site | None:
    """Return the line that closes: a close() before the start or, of the listener, its close() or its with block."""
    accept = _accept_site(story)
    first = accept.line if accept else 0
    if before is not None:
        lines = [c.lineno for c in story.code.calls("close") if first < c.lineno < before]
        blocks = [
            n.lineno
            for n in story.code.nodes()
            if isinstance(n, ast.With) and first < n.lineno and (n.end_lineno or 0) < before
        ]
        return story.at((lines or blocks or [0])[-1])
    closes = [c.lineno for c in story.code.calls("close") if c.lineno > (not_after or 0)]
    withs = [
        n.lineno
        for n in story.code.nodes()
        if isinstance(n, ast.With) and (n.end_lineno or 0) < (not_after or 0) and "recv" not in ast.unparse(n)
    ]
    return story.at((withs or closes or [0])[-1])


@mistake("closed-before-start")
@mistake("closed-too-early")
def closed_in_silence(story: Story, rule: str) -> Diagnosis | None:
    """As before, and the process that got a closed connection has kept the error to itself."""
    # Bytes that nobody has read make a reset of the end.
    ends = [e for e in story.trace.of("client-end") if e.get("how") in ("ended", "reset")]
    start = story.code.line_of_call("start", "fork", "Popen", "submit")
    if rule != "answer" or not ends or start is None or any(e.get("total") for e in story.trace.of("client-heard")):
        return None
    site = _closing(story, before=start, not_after=None)
    if site is not None:
        return Diagnosis("closed-before-start", site)
    # close() ends main's copy only; shutdown() ends the connection, whoever else holds it.
    line, accept = story.code.line_of_call("shutdown"), _accept_site(story)
    if line is None or accept is None or not story.code.shares_a_loop(line, accept.line):
        return None
    return Diagnosis("closed-too-early", story.at(line))


@mistake("forking-server-has-a-limit", "processes")
@only_for("answer", "connecting", "apart")
def limit_of_the_forking_server(story: Story, rule: str) -> Diagnosis | None:
    """ForkingMixIn waits for a child to end when it has max_children of them."""
    if not story.main_waits_in("collect_children"):
        return None
    held = {pid for pids in _holders(story).values() for pid in pids}
    return Diagnosis("forking-server-has-a-limit", story.waits_at, {"processes": len(held - {story.main})})


@mistake("accepts-only-a-few", "accepted")
@mistake("accepts-only-once")
@mistake("serve-returns")
def leaves_the_loop(story: Story, rule: str) -> Diagnosis | None:
    """Main takes no client any more: after the first, after a few, or it has never waited for one."""
    accept = _accept_site(story)
    count = len(_accepted(story))
    if count and accept is not None:
        loops = story.code.loops_around(accept.line)
        limited = next((n for n in loops if isinstance(n, ast.For) and "count(" not in ast.unparse(n.iter)), None)
        waits = story.waits_at
        is_back = waits is not None and waits.line == accept.line
        is_once = not loops and any(c.lineno == accept.line for c in story.code.calls("accept"))
        if is_once and not is_back and rule in ("answer", "connecting") and not _is_a_generator(story, accept):
            return Diagnosis("accepts-only-once", accept)
        if limited is not None and not is_back and "range" in ast.unparse(limited.iter):
            return Diagnosis("accepts-only-a-few", story.at(limited.lineno), {"accepted": count})
    if story.ended is not None:
        starts = [e.site for e in story.trace.of("start", "fork", "thread") if e.site and e.pid == story.main]
        return Diagnosis("serve-returns", starts[0] if starts else _accept_site(story))
    return None


def _is_a_generator(story: Story, site: Site) -> bool:
    """Whether the line stands in a function that is called in a loop, from elsewhere."""
    around = [
        n
        for n in story.code.nodes()
        if isinstance(n, ast.FunctionDef) and n.lineno <= site.line <= (n.end_lineno or 0) and n.name != "serve"
    ]
    return any(story.code.loops_around(c.lineno) for n in around for c in story.code.calls(n.name))


# ── a client waits in vain ───────────────────────────────────────────────────────────────────────────────────────────


@mistake("called-instead-of-passed")
@mistake("run-instead-of-start")
@mistake("served-in-the-accept-loop")
@only_for("answer", "connecting", "apart")
def served_by_main(story: Story, rule: str) -> Diagnosis | None:
    """Main talks to a client itself, and meanwhile nobody takes the next one."""
    if story.block is None:
        return None
    talks = _call_of_main(story) in ("recvfrom", "recvmsg", "sendto", "sendmsg", "read", "write")
    if not talks or story.main_waits_in(*_JOINING):
        return None
    site = story.waits_at
    if "run" in [f[3] for f in story.stack_of_main if f[1].endswith("multiprocessing/process.py")]:
        before = story.code.line_of_call("run")
        return Diagnosis("run-instead-of-start", story.at(before) or site)
    called = story.code.call_as_target()
    if called is not None:
        return Diagnosis("called-instead-of-passed", story.at(called))
    return Diagnosis("served-in-the-accept-loop", site)


@mistake("joined-in-the-accept-loop")
@only_for("answer", "connecting", "apart")
def joined_in_the_loop(story: Story, rule: str) -> Diagnosis | None:
    """Main waits for the process of one client before it takes the next."""
    if story.block is None:
        return None
    if story.main_waits_in(*_JOINING) or _call_of_main(story) in ("wait4", "waitid"):
        return Diagnosis("joined-in-the-accept-loop", story.waits_at)
    return None


@mistake("pool-of-fixed-size", "processes")
@only_for("answer", "apart", "gone", "connecting")
def pool_of_fixed_size(story: Story, rule: str) -> Diagnosis | None:
    """There are as many processes as somebody has thought of, and more clients than that."""
    line = story.code.line_of_call("Pool", "ProcessPoolExecutor")
    workers = {pid for pids in _holders(story).values() for pid in pids if pid != story.main}
    if line is not None and story.start_site is not None:
        return Diagnosis("pool-of-fixed-size", story.at(line), {"processes": len(workers)})
    accepting = {e.pid for e in story.trace.of("accepted")} - {story.main}
    if accepting and not _accepted(story) and not story.trace.of("thread"):
        created = [e.site for e in story.created if e.site]
        return Diagnosis(
            "pool-of-fixed-size", created[-1] if created else story.start_site, {"processes": len(workers)}
        )
    return None


# ── who holds what ───────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("one-process-for-all-clients")
@mistake("select-for-clients")
@mistake("threads-for-clients")
def not_by_processes(story: Story, rule: str) -> Diagnosis | None:
    """Clients are served at the same time, but by threads, or by one process that watches them all."""
    holders = _holders(story)
    if rule != "apart" or not holders:
        return None
    owners = {pid for pids in holders.values() for pid in pids}
    if story.main in owners and _call_of_main(story) in _WATCHING and not story.trace.first("thread"):
        return Diagnosis("select-for-clients", story.waits_at)
    if len(owners) != 1:
        return None
    (owner,) = owners
    threads = [e.site for e in story.trace.of("thread") if e.pid == owner and e.site]
    if owner != story.main:
        return Diagnosis("one-process-for-all-clients", threads[-1] if threads else story.start_site)
    if threads or story.trace.first("thread"):
        return Diagnosis("threads-for-clients", _thread_site(story) or (threads[-1] if threads else None))
    return Diagnosis("select-for-clients", story.waits_at)


def _thread_site(story: Story) -> Site | None:
    """Return what asks for threads: a class of the standard library, or the line that starts one."""
    for node in story.code.nodes():
        names = [last_name(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
        if any(name.startswith("Threading") for name in names):
            return story.at(node.lineno)  # type: ignore[attr-defined]
    line = story.code.line_of_call("Thread", "ThreadPoolExecutor", "ThreadPool", "ThreadingTCPServer", "to_thread")
    return story.at(line)


@mistake("main-keeps-the-connection", "kept")
@only_for("apart", "end")
def main_keeps_the_connection(story: Story, rule: str) -> Diagnosis | None:
    """Main has a copy of a connection that a process of its own serves: the client will not see its end."""
    kept = [pids for pids in _holders(story).values() if story.main in pids]
    others = story.workers
    if not kept or not others or (rule == "apart" and not any(len(pids) > 1 for pids in kept)):
        return None
    return Diagnosis("main-keeps-the-connection", _accept_site(story), {"kept": len(kept)})


@passes_on(*talking.RECOGNISERS)
def in_a_child(story: Story, rule: str) -> Diagnosis | None:
    """The process that serves the client talks to it wrongly: mistakes of `talking`, made there."""
    pid = _child_of_the_client(story)
    if pid is None:
        return None
    child = _Child(story, pid)
    found = [d for recognise in talking.RECOGNISERS if (d := recognise(child, rule)) is not None]
    # A child that has come to its end closes its connection by that, and may be ended by its client's leaving.
    out = {"served-in-the-background", "reset-not-caught", "broken-pipe-not-caught"}
    out |= {"closed-too-early"} if child.raised or child.ended else set()
    return next((d for d in found if d.id not in out), None)


@mistake("time-limit-on-the-client")
def gives_a_client_up(story: Story, rule: str) -> Diagnosis | None:
    """A process has waited for its client with a limit, and has left it when that ran out."""
    limits = [e for e in _time_outs(story) if e.pid != story.main]
    left = {e.get("client") for e in story.trace.of("client-leave")}
    given_up = [e for e in story.trace.of("client-end") if e.get("client") not in left]
    if not limits or not given_up:
        return None
    line = talking.time_limit(story)
    return Diagnosis("time-limit-on-the-client", story.at(line) or limits[-1].site)


def _child_of_the_client(story: Story) -> int | None:
    """Return the process that serves the client in question, has failed over it, or spins over the end of one."""
    if story.failures:
        return story.failures[-1].pid
    client = str(story.asked.get("client", ""))
    if not client:
        polls = [e for e in story.trace.of("poll") if e.get("what") == "recv" and e.get("count", 0) > 1]
        return polls[-1].pid if polls and polls[-1].pid != story.main else None
    held = [pid for pid in _holders(story).get(client, []) if pid != story.main]
    gone = [pid for pid in story.workers if story.exit_of(pid) is not None] if not any(_holders(story).values()) else []
    return (held or gone)[0] if len(held or gone) == 1 else None


class _Child(Story):
    """What one child did, told as if it were the only process of the program."""

    def __init__(self, story: Story, pid: int) -> None:
        trace = story.trace
        super().__init__(trace)
        self.asked = story.asked
        self._pid = pid
        self.begin = len(trace)  # what main does meanwhile is not this child's doing
        self.ended = next((e for e in trace if e.pid == pid and e.kind == "return" and not e.get("code")), None)
        self.raised = next((e for e in self.failures if e.pid == pid), None)

    @cached_property
    def waits_at(self) -> Site | None:
        """The learner's line in which this process waits."""
        return self.waits_of(self._pid)


@mistake("accept-asked-again-and-again")
def asks_again_and_again(story: Story, rule: str) -> Diagnosis | None:
    """Main asks for a client without ever waiting for one, and keeps a processor busy with it."""
    spin = story.trace.last("spinning", "deadline")
    if _call_of_main(story) or spin is None or (spin.kind == "spinning" and spin.get("how") == "waits again and again"):
        return None
    if any(w.get("asleep") for w in spin.get("waits", ()) if w.get("pid") == story.main):
        return None  # at the moment it does not ask
    site = story.waits_at
    line = story.code.line_of_call("accept")
    if site is None or line is None or not story.code.shares_a_loop(line, site.line):
        return None
    return Diagnosis("accept-asked-again-and-again", story.at(line))


@mistake("broken-off")
@only_for("end")
def ends_with_a_bang(story: Story, rule: str) -> Diagnosis | None:
    """The connection was broken off, as SO_LINGER with a time of 0 asks for."""
    ends = story.trace.of("client-end")
    lines = [c.lineno for c in story.code.calls("setsockopt") if "SO_LINGER" in ast.unparse(c)]
    return Diagnosis("broken-off", story.at(lines[0])) if lines and ends and ends[-1].get("how") == "reset" else None


@mistake("waits-for-a-lock")
@only_for("answer", "apart", "connecting")
def waits_for_a_lock(story: Story, rule: str) -> Diagnosis | None:
    """The process of a client waits for a lock, which that of another holds as long as its client stays."""
    if story.block is None:
        return None
    # Only a lock that the learner's own line asks for: idle workers of a pool wait for one of the library's.
    for pid in sorted({pid for pids in _holders(story).values() for pid in pids} - {story.main}):
        frames = story.stack_of(pid)
        waits = [w.get("call") for w in story.block.get("waits", ()) if w.get("pid") == pid]
        is_lock = bool(frames) and frames[0][1].endswith("multiprocessing/synchronize.py")
        if is_lock and frames[1:] and not frames[1][1].startswith("…") and "futex" in waits:
            return Diagnosis("waits-for-a-lock", story.waits_of(pid))
    return None


# ── when a client has left ───────────────────────────────────────────────────────────────────────────────────────────


@mistake("forked-child-returns")
def comes_back(story: Story, rule: str) -> Diagnosis | None:
    """A forked child was not ended when its work was done, and left the learner's function as main would."""
    event = story.trace.first("fell-through")
    if event is None or any(e.pid == event.pid for e in story.trace.of("raised")):
        return None
    forks = [e.site for e in story.trace.of("forked") if e.pid == event.pid and e.site]
    line = forks[-1].line if forks else story.code.line_of_call("fork") or 0
    ways_out = [
        node.lineno
        for node in story.code.nodes()
        if isinstance(node, ast.Return | ast.Break)
        and node.lineno > line
        and story.code.shares_a_loop(node.lineno, line)
    ]
    return Diagnosis("forked-child-returns", story.at(ways_out[-1]) if ways_out else forks[-1] if forks else None)


@mistake("forked-child-goes-on")
@mistake("process-outlives-client")
@only_for("gone")
def outlives_its_client(story: Story, rule: str) -> Diagnosis | None:
    """The client has left, and its process has not ended."""
    if story.block is None:
        return None
    served = {pid for look in story.trace.of("holders") for pids in look.get("clients", {}).values() for pid in pids}
    still = {pid for pids in _holders(story).values() for pid in pids}
    left = [pid for pid in served - still if story.exit_of(pid) is None and pid != story.main]
    for pid in left:
        frames = story.stack_of(pid)
        site = next((story.at(f[2]) for f in frames if not f[1].startswith("…")), None)
        waits = [w.get("call") for w in story.block.get("waits", ()) if w.get("pid") == pid]
        forks = [e.site for e in story.trace.of("forked") if e.pid == pid and e.site]
        if "accept4" in waits and forks:
            return Diagnosis("forked-child-goes-on", forks[-1])
        # One that pauses cannot be asked where, without ending that.
        paused = story.at(story.code.line_of_call("pause")) if "pause" in waits else None
        return Diagnosis("process-outlives-client", site or paused)
    return None


@mistake("children-never-reaped", "left")
@only_for("reaped")
def never_reaped(story: Story, rule: str) -> Diagnosis | None:
    """Processes have ended, and nobody has asked how: they stay as zombies."""
    census = story.trace.last("census")
    sites = [e.site for e in story.trace.of("fork", "start") if e.site and e.pid == story.main]
    left = len(census.get("left", ())) if census else 0
    return Diagnosis("children-never-reaped", sites[-1] if sites else None, {"left": left})


# ── after Ctrl-C ─────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("child-keeps-the-listener")
@mistake("ignores-the-interrupt")
@mistake("left-after-the-interrupt", "left")
@only_for("ending", "port")
def after_the_interrupt(story: Story, rule: str) -> Diagnosis | None:
    """Main went on, or something of it stayed."""
    if story.trace.first("interrupt") is None:
        return None
    if rule == "port":
        sites = [e.site for e in story.trace.of("fork", "start") if e.site and e.pid == story.main]
        return Diagnosis("child-keeps-the-listener", sites[-1] if sites else None)
    ended = story.exit_of(story.main)
    stood = story.trace.last("stuck", "spinning", "deadline")
    if stood is not None and (ended is None or story.position(ended) > story.position(stood)) and story.raised is None:
        return Diagnosis("ignores-the-interrupt", _catch_all(story) or story.waits_at)
    over = story.trace.last("over")
    left = [r.get("pid") for r in over.get("left", ()) if r.get("role") != "helper"] if over else []
    sites = [e.site for e in story.trace.of("started", "forked") if e.site and (e.get("pid") or e.pid) in left]
    return Diagnosis("left-after-the-interrupt", sites[0] if sites else story.start_site, {"left": len(left)})


def _catch_all(story: Story) -> Site | None:
    """Return the `except` that also catches KeyboardInterrupt."""
    for node in story.code.nodes():
        if isinstance(node, ast.ExceptHandler):
            names = ast.unparse(node.type) if node.type else "BaseException"
            if "BaseException" in names or "KeyboardInterrupt" in names:
                return story.at(node.lineno)
    return None


# ── memory ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("global-set-in-main-only", "name")
def global_set_in_main(story: Story, rule: str) -> Diagnosis | None:
    """A child failed over a global variable that a function of main's had set."""
    declared = {name for n in story.code.nodes() if isinstance(n, ast.Global) for name in n.names}
    for failure in story.failures:
        used = declared & set(failure.get("names", ()))
        if used and "NoneType" in str(failure.get("message")):
            name = min(used)
            return Diagnosis("global-set-in-main-only", story.at(story.code.assignment(name)), {"name": name})
    return None


FIRST = (created_before_accept, after_the_interrupt, comes_back)
RECOGNISERS = (
    listens_elsewhere,
    never_listens,
    port_still_taken,
    time_out_ends_the_server,
    reset_ends_the_server,
    closed_in_the_wrong_place,
    closed_in_silence,
    limit_of_the_forking_server,
    global_set_in_main,
    asks_again_and_again,
    gives_a_client_up,
    ends_with_a_bang,
    waits_for_a_lock,
    in_a_child,
)
LAST = (
    talking.works_in_vain,
    served_by_main,
    leaves_the_loop,
    pool_of_fixed_size,
    joined_in_the_loop,
    not_by_processes,
    main_keeps_the_connection,
    outlives_its_client,
    never_reaped,
)
