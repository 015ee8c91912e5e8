"""The supervisor's small parts: what a system call waits for, what a stack dump says, output, clock and channel."""

from __future__ import annotations

import json
import mmap
import os
import select
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conc_checker.engine import channel
from conc_checker.engine.subject.clock import LAYOUT
from conc_checker.engine.supervisor import clock as clocks
from conc_checker.engine.supervisor import stacks
from conc_checker.engine.supervisor.inbox import Line, parse
from conc_checker.engine.supervisor.output import HEAD, TAIL, Output
from conc_checker.engine.supervisor.platform import Kind, Wait, calls
from conc_checker.engine.supervisor.platform.base import RUNNING
from conc_checker.engine.supervisor.platform.calls import classify
from conc_checker.record.events import OF_SUPERVISOR
from conc_checker.record.trace import Event, Site

NULL, SOME, EVER, EVER_LONG = "0x0", "0x7ffd3c0", "0xffffffff", "0xffffffffffffffff"
LIMIT = 60.0  # seconds after which a test gives up; nothing is decided by it
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")


# ── waits ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def use_architecture(monkeypatch: pytest.MonkeyPatch, column: int) -> None:
    """Let `classify` read the numbers of x86-64 (0) or aarch64 (1)."""
    table = {row[column]: (name, row[2]) for name, row in calls._CALLS.items() if row[column] is not None}
    monkeypatch.setattr(calls, "_BY_NUMBER", table)


def line_of(name: str, column: int, *arguments: str) -> str:
    """Return a line as it stands in /proc/<pid>/task/<tid>/syscall."""
    given = [*arguments, *["0x0"] * (6 - len(arguments))]
    return f"{calls._CALLS[name][column]} {' '.join(given)} 0x7ffd12345678 0x7f0123456789"


@pytest.mark.parametrize("column", [0, 1], ids=["x86_64", "aarch64"])
@pytest.mark.parametrize(
    ("name", "arguments", "kind", "pid"),
    [
        ("futex", [SOME, "0x189", "0x0", NULL], Kind.UNTIMED, None),
        ("futex", [SOME, "0x189", "0x0", SOME], Kind.TIMED, None),
        ("wait4", ["0x4d2", SOME, "0x0", "0x0"], Kind.UNTIMED, 1234),
        ("wait4", [EVER, SOME], Kind.UNTIMED, None),
        ("wait4", [EVER_LONG, SOME], Kind.UNTIMED, None),
        ("waitid", ["0x1", "0x4d2"], Kind.UNTIMED, None),
        ("ppoll", [SOME, "0x1", NULL], Kind.UNTIMED, None),
        ("ppoll", [SOME, "0x1", SOME], Kind.TIMED, None),
        ("pselect6", ["0x4", SOME, NULL, NULL, NULL], Kind.UNTIMED, None),
        ("pselect6", ["0x4", SOME, NULL, NULL, SOME], Kind.TIMED, None),
        ("epoll_pwait", ["0x3", SOME, "0x40", EVER], Kind.UNTIMED, None),
        ("epoll_pwait", ["0x3", SOME, "0x40", "0x2328"], Kind.TIMED, None),
        ("epoll_pwait", ["0x3", SOME, "0x40", "0x0"], Kind.TIMED, None),
        ("clock_nanosleep", ["0x1", "0x1", SOME], Kind.TIMED, None),
        ("read", ["0x3", SOME, "0x1000"], Kind.UNTIMED, None),
        ("write", ["0x3", SOME, "0x1000"], Kind.UNTIMED, None),
        ("recvfrom", ["0x3", SOME], Kind.UNTIMED, None),
        ("accept4", ["0x3", NULL], Kind.UNTIMED, None),
        ("flock", ["0x3", "0x2"], Kind.UNTIMED, None),
        ("restart_syscall", [], Kind.TIMED, None),
    ],
)
def test_a_call_is_read_on_each_architecture(
    monkeypatch: pytest.MonkeyPatch, column: int, name: str, arguments: list[str], kind: Kind, pid: int | None
) -> None:
    """Number and arguments tell the call, whether it has a limit, and for which process it calls."""
    use_architecture(monkeypatch, column)
    assert classify(line_of(name, column, *arguments)) == Wait(kind, name, pid)


@pytest.mark.parametrize(
    ("line", "wait"),
    [
        ("202 0x7f01 0x189 0x0 0x0 0x0 0xffffffff 0x7ffd 0x7f02", Wait(Kind.UNTIMED, "futex")),
        ("202 0x7f01 0x189 0x0 0x7ffe 0x0 0xffffffff 0x7ffd 0x7f02", Wait(Kind.TIMED, "futex")),
        ("61 0x4d2 0x7ffd 0x0 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.UNTIMED, "wait4", 1234)),
        ("7 0x7f01 0x1 0xffffffff 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.UNTIMED, "poll")),
        ("7 0x7f01 0x1 0x1f40 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.TIMED, "poll")),
        ("232 0x3 0x7f01 0x40 0xffffffff 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.UNTIMED, "epoll_wait")),
        ("230 0x1 0x1 0x7ffd 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.TIMED, "clock_nanosleep")),
        ("34 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.UNTIMED, "pause")),
        ("running", RUNNING),
        ("", RUNNING),
        ("-1 0x7ffd 0x7f02", RUNNING),
        ("9999 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f02", Wait(Kind.TIMED, "system call 9999")),
    ],
)
def test_lines_of_an_x86_64_kernel(monkeypatch: pytest.MonkeyPatch, line: str, wait: Wait) -> None:
    """Lines as they were seen are read; who runs waits for nothing, and what is unknown proves nothing."""
    use_architecture(monkeypatch, 0)
    assert classify(line) == wait


@pytest.mark.parametrize("column", [0, 1])
def test_no_number_stands_for_two_calls(column: int) -> None:
    """The table names each system call of an architecture once."""
    numbers = [row[column] for row in calls._CALLS.values() if row[column] is not None]
    assert len(numbers) == len(set(numbers))


@linux
@pytest.mark.skipif(not calls.can_read, reason="an architecture that is not in the table")
@pytest.mark.parametrize(
    ("code", "kind", "call"),
    [
        ("threading.Lock().acquire() and l.acquire()", Kind.UNTIMED, "futex"),
        ("l.acquire(timeout=1000)", Kind.TIMED, "futex"),
        ("threading.Event().wait()", Kind.UNTIMED, "futex"),
        ("threading.Event().wait(1000)", Kind.TIMED, "futex"),
        ("time.sleep(1000)", Kind.TIMED, "clock_nanosleep"),
        ("os.read(os.pipe()[0], 1)", Kind.UNTIMED, "read"),
        ("select.select([s], [], [])", Kind.UNTIMED, "select pselect6"),
        ("select.select([s], [], [], 1000)", Kind.TIMED, "select pselect6"),
        ("s.accept()", Kind.UNTIMED, "accept accept4"),
        ("s.settimeout(1000) or s.accept()", Kind.TIMED, "poll ppoll"),
        ("selectors.EpollSelector().select()", Kind.UNTIMED, "epoll_wait epoll_pwait"),
        ("selectors.EpollSelector().select(1000)", Kind.TIMED, "epoll_wait epoll_pwait"),
        ("asyncio.run(asyncio.sleep(1000))", Kind.TIMED, "epoll_wait epoll_pwait"),
        ("signal.pause()", Kind.UNTIMED, "pause ppoll"),
        ("multiprocessing.Queue().get()", Kind.UNTIMED, "read"),
    ],
)
def test_waits_of_a_real_process_are_told_apart(code: str, kind: Kind, call: str) -> None:
    """What Python's own waits look like from outside agrees with the table: limited or not, by its right name."""
    text = f"""
        import asyncio, multiprocessing, os, select, selectors, signal, socket, sys, threading, time
        l = threading.Lock(); l.acquire()
        s = socket.create_server(("127.0.0.1", 0))
        os.close(1)
        {code}
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(text)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.read()  # it is about to wait
        place = Path(f"/proc/{process.pid}")
        found, until = RUNNING, time.monotonic() + LIMIT
        while found.call not in call.split():
            assert process.poll() is None, "it has ended instead of waiting"
            assert time.monotonic() < until, f"it waits in {found}"
            state = (place / "stat").read_text().rpartition(")")[2].split()[0]
            found = classify((place / "syscall").read_text()) if state == "S" else RUNNING
        assert found.kind is kind
    finally:
        process.kill()
        process.communicate()


# ── stacks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

DUMP = """\
Thread 0x00007f01 (most recent call first):
  File "/usr/lib/python3.13/threading.py", line 359 in wait
  File "/tmp/run/place/helpers/pool.py", line 7 in feed it
  File "/usr/lib/python3.13/threading.py", line 1012 in _bootstrap

Current thread 0x00007f02 (most recent call first):
  File "/site/conc_checker/subject/link.py", line 120 in ask
  File "/usr/lib/python3.13/multiprocessing/popen_fork.py", line 27 in poll
  File "/tmp/run/place/start_and_join.py", line 14 in run_all
  File "/tmp/run/place/start_and_join.py", line 20 in <module>
  ...
"""


def test_a_dump_becomes_frames() -> None:
    """Threads are counted in the dump's order, learners' files go by their names, and our own frames are left out."""
    assert stacks.parse(DUMP.replace("/", os.sep), os.sep.join(["", "tmp", "run", "place", ""])) == [
        [0, "…/python3.13/threading.py", 359, "wait"],
        [0, os.path.join("helpers", "pool.py"), 7, "feed it"],
        [0, "…/python3.13/threading.py", 1012, "_bootstrap"],
        [1, "…/multiprocessing/popen_fork.py", 27, "poll"],
        [1, "start_and_join.py", 14, "run_all"],
        [1, "start_and_join.py", 20, "<module>"],
    ]


@pytest.mark.parametrize("text", ["", "nonsense\n", 'File "x.py", line 1 in f\n', "Fatal Python error: Aborted\n\n"])
def test_what_is_no_dump_has_no_frames(text: str) -> None:
    """A learner's program can write into the file, too: what does not look like a frame is none."""
    assert stacks.parse(text, "/tmp/") == []


# ── output ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.binary(max_size=HEAD), max_size=8))
def test_output_that_fits_is_kept_whole(parts: list[bytes]) -> None:
    """Up to the size of head and tail together, nothing is lost, however it came in."""
    output = Output()
    kept = b""
    for part in parts:
        if len(kept) + len(part) <= HEAD + TAIL:
            output.add(part)
            kept += part
    assert output.size == len(kept)
    assert output.text() == kept.decode(errors="replace")


@given(st.integers(1, 100_000), st.integers(1, 40_000))
def test_long_output_keeps_its_head_and_tail(missing: int, step: int) -> None:
    """The first and last bytes stay, and between them stands how many were left out."""
    whole = (bytes(range(97, 123)) * (HEAD + TAIL + missing))[: HEAD + TAIL + missing]
    output = Output()
    for start in range(0, len(whole), step):
        output.add(whole[start : start + step])
    text = output.text()
    assert output.size == len(whole)
    assert text == f"{whole[:HEAD].decode()}\n… {missing} bytes left out …\n{whole[-TAIL:].decode()}"


# ── clock ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Bench:
    """A virtual clock whose real time a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
        self.real = 1000.0
        fake = SimpleNamespace(time=lambda: 5_000_000.0, monotonic=lambda: self.real)
        monkeypatch.setattr(clocks, "time", fake)
        self.path = path
        self.clock = clocks.Clock(path)

    def page(self) -> tuple[float, ...]:
        """Return what the subject's processes find on the page, without the sequence number."""
        sequence, *values = LAYOUT.unpack_from(self.path.read_bytes())
        assert sequence % 2 == 0
        return tuple(values)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    """A virtual clock at zero."""
    return Bench(monkeypatch, tmp_path / "clock")


def test_a_clock_stands_until_it_jumps(bench: Bench) -> None:
    """Real time does not move it; a jump forward does, and a jump back does not."""
    bench.real += 50
    assert (bench.clock.now(), bench.clock.runs, bench.clock.is_virtual) == (0.0, False, True)
    bench.clock.jump_to(2.5)
    bench.clock.jump_to(1.0)
    bench.real += 50
    assert bench.clock.now() == 2.5
    assert bench.page() == (0, 2.5, 1000.0, 5_000_000.0, 1000.0)
    assert bench.clock.ran_for == 0


def test_a_clock_runs_and_stops(bench: Bench) -> None:
    """While it runs it shows real time on top of what it showed; to run or stop twice changes nothing."""
    bench.clock.jump_to(10)
    bench.clock.run()
    bench.real += 3
    bench.clock.run()
    bench.real += 1
    assert bench.clock.now() == 14
    assert bench.page() == (1, 10, 1000.0, 5_000_000.0, 1000.0)
    bench.clock.stop()
    bench.real += 7
    bench.clock.stop()
    assert (bench.clock.now(), bench.clock.ran_for, bench.clock.runs) == (14, 4, False)
    assert bench.page()[:2] == (0, 14)


def test_a_clock_stops_at_a_moment_that_was_due(bench: Bench) -> None:
    """Noticed late, it is set back to the moment that somebody waited for; it never stops ahead of time."""
    bench.clock.run()
    bench.real += 3
    bench.clock.stop(at=2.5)
    assert (bench.clock.now(), bench.clock.ran_for) == (2.5, 2.5)
    bench.clock.run()
    bench.real += 1
    bench.clock.stop(at=100)
    assert (bench.clock.now(), bench.clock.ran_for) == (3.5, 3.5)


def test_a_jump_ends_the_running(bench: Bench) -> None:
    """A jump starts from what the running clock has come to."""
    bench.clock.run()
    bench.real += 3
    bench.clock.jump_to(2)
    assert (bench.clock.now(), bench.clock.runs) == (3, False)
    bench.clock.jump_to(4)
    assert (bench.clock.now(), bench.clock.ran_for) == (4, 3)


def test_a_real_clock_only_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a page it is the real clock, counted from the beginning, and nothing stops it."""
    now = [1000.0]
    monkeypatch.setattr(clocks, "time", SimpleNamespace(time=time.time, monotonic=lambda: now[0]))
    clock = clocks.Clock(None)
    now[0] += 2
    clock.stop()
    assert (clock.now(), clock.runs, clock.is_virtual) == (2, True, False)
    clock.close()


def test_a_page_has_room_for_its_layout(bench: Bench) -> None:
    """The page is one of the machine's, and closing gives it back once."""
    assert bench.path.stat().st_size == mmap.PAGESIZE >= LAYOUT.size
    bench.clock.close()
    bench.clock.close()


# ── channel ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CALLER = """
import sys
from conc_checker.engine import channel
connection = channel.connect(sys.argv[1])
connection.sendall(b"hello")
connection.recv(1)
"""


@pytest.mark.parametrize(
    "unix", [False, pytest.param(True, marks=pytest.mark.skipif(os.name != "posix", reason="no such sockets"))]
)
def test_the_operating_system_names_the_caller(tmp_path: Path, *, unix: bool) -> None:
    """The pid of who has connected comes from outside: that of another process, or of this one."""
    server, address = channel.listen(str(tmp_path), "s", unix=unix)
    with server:
        assert address.startswith("unix:" if unix else "tcp:")
        with channel.connect(address) as ours, server.accept()[0] as accepted:
            assert channel.peer_pid(accepted) == os.getpid()
            ours.sendall(b"x")
            assert accepted.recv(1) == b"x"
        process = subprocess.Popen([sys.executable, "-c", CALLER, address])
        try:
            with server.accept()[0] as accepted:
                assert accepted.recv(5) == b"hello"
                assert channel.peer_pid(accepted) == process.pid
        finally:
            process.kill()
            process.wait()


def test_a_caller_that_is_gone_has_no_name_over_tcp(tmp_path: Path) -> None:
    """Over TCP only a connection that is still open has an owner."""
    server, address = channel.listen(str(tmp_path), "s", unix=False)
    with server:
        client = channel.connect(address)
        with server.accept()[0] as accepted:
            client.close()
            select.select([accepted], [], [])
            assert channel.peer_pid(accepted) is None


@pytest.mark.parametrize(
    "unix", [False, pytest.param(True, marks=pytest.mark.skipif(os.name != "posix", reason="no such sockets"))]
)
def test_nobody_listens_any_more(tmp_path: Path, *, unix: bool) -> None:
    """To connect where nobody listens is an OSError."""
    server, address = channel.listen(str(tmp_path), "s", unix=unix)
    server.close()
    with pytest.raises(OSError, match="refused"):
        channel.connect(address)


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────

GOOD: dict[str, Any] = {
    "kind": "poll", "real": 1.5, "thread": 7, "site": ["a.py", 3, "f"], "data": {"count": 10}, "reply": True,
}  # fmt: skip


def line() -> Line:
    """Return a connection that nobody uses."""
    return Line(socket.socket(), 4711)


def read(message: object) -> Any:
    """Return what becomes of a message."""
    owner = line()
    try:
        return parse(owner, json.dumps(message).encode())
    finally:
        owner.sock.close()


def test_a_message_is_read() -> None:
    """All parts of a message arrive, and its pid is that of the connection."""
    message = read(GOOD)
    assert message.event == Event("poll", 4711, 7, 1.5, 0.0, Site("a.py", 3, "f"), {"count": 10})
    assert message.reply


def test_a_message_does_not_come_from_the_future() -> None:
    """A process that is ahead of the clock counts as of now."""
    assert read(GOOD | {"real": 1e300}).event.real <= time.monotonic()


@pytest.mark.parametrize(
    "wrong",
    [
        {"real": "soon"},
        {"real": 10**400},
        {"thread": float("inf")},
        {"thread": None},
        {"site": 1},
        {"site": ["a.py", float("inf"), "f"]},
        {"data": []},
        {"data": {"count": "many"}},
        {"data": {"seconds": []}},
        {"data": {"seconds": float("nan")}},
        {"data": {"seconds": float("inf")}},
        {"data": {"pid": {}}},
        {"data": {"ppid": "1"}},
        {"data": {"task": None}},
        {"kind": "pol"},
        *({"kind": kind} for kind in sorted(OF_SUPERVISOR)),
    ],
)
def test_a_message_of_the_wrong_shape_is_none(wrong: dict[str, Any]) -> None:
    """What a probe would not send, or only the supervisor can know, is left out."""
    assert read(GOOD | wrong) is None


@pytest.mark.parametrize("text", [b"", b"x", b"\xff\xfe", b"null", b"[]", b"{}", b"[" * 100_000, b"9" * 5000])
def test_nonsense_is_no_message(text: bytes) -> None:
    """Whatever bytes a learner writes to our socket, they harm nobody."""
    owner = line()
    assert parse(owner, text) is None
    owner.sock.close()


def test_an_answer_that_nobody_reads_is_not_waited_for() -> None:
    """A caller that never listens fills its connection, and keeps us from nothing."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    owner = Line(ours, 1)
    for _ in range(5000):
        owner.reply(value="x" * 1000)
    ours.close()
    theirs.close()
