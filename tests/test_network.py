"""Clients and the kernel's tables: what a check of a server rests on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import corpus
import psutil
import pytest

from conc_checker.course import source
from conc_checker.engine import wire
from conc_checker.engine.supervisor import network
from conc_checker.engine.supervisor.platform import Socket, diag, portable, tables
from conc_checker.engine.supervisor.platform.base import LISTEN
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Verdict
from conc_checker.topics.sockets.lab import SocketLab

SOLUTION = corpus.ROOT / "solutions" / "04_tcp_server" / "process_server.py"
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these tables")


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """A supervisor for all these runs."""
    found = Remote()
    yield found
    found.close()


@pytest.fixture
def lab_of(remote: Remote, tmp_path: Path) -> Callable[[str], SocketLab]:
    """Return the lab for a program that is given as text."""

    def make(text: str) -> SocketLab:
        (tmp_path / "program.py").write_text(textwrap.dedent(text), encoding="utf-8")
        return SocketLab(remote, source.from_file(tmp_path / "program.py", "program"))

    return make


@pytest.fixture
def solution(remote: Remote) -> SocketLab:
    """The lab for the solution of process_server."""
    return SocketLab(remote, source.from_file(SOLUTION, "process_server"), Settings("fork"))


def judged(lab: SocketLab, check: Callable[[SocketLab], Any]) -> tuple[Verdict, Trace]:
    return corpus.check_once(lab, check)


# ── the kernel's tables ──────────────────────────────────────────────────────────────────────────────────────────────


@linux
def test_tables_name_who_holds_what() -> None:
    """A listening socket and both sides of a connection are found, with this process as their owner."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        waiting = _row(client.getpeername(), client.getsockname())
        assert not waiting.accepted
        server, _ = listener.accept()
        with server:
            found = _row(client.getpeername(), client.getsockname())
            assert found.accepted
            assert found.owners == {os.getpid()}
        rows = [s for s in tables.from_kernel([os.getpid()]) if s.state == LISTEN]
        assert listener.getsockname() in [s.local for s in rows if os.getpid() in s.owners]


def _row(local: Any, remote: Any) -> Socket:
    return next(s for s in tables.from_kernel([os.getpid()]) if (s.local, s.remote) == (local, remote))


@linux
@pytest.mark.parametrize("listening", [False, True])
def test_the_kernel_says_the_same_over_netlink_and_as_text(listening: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses, states, owners and bytes under way agree, for both families, and also where there is no netlink."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with (
        socket.create_server(("127.0.0.1", 0)) as old,
        socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as both,
        socket.create_connection(old.getsockname()[:2]) as one,
        socket.create_connection(("127.0.0.1", both.getsockname()[1])) as other,
    ):
        accepted, _ = both.accept()
        one.sendall(b"unread")
        other.sendall(b"unread, too")
        ports = [server.getsockname()[1] for server in (old, both)]
        quick = [tables.from_kernel([os.getpid()], port, listening=listening) for port in ports]
        assert [len(rows) for rows in quick] == ([1, 1] if listening else [3, 3])

        def refuse(port: int | None, **_: object) -> list[object]:
            raise OSError

        monkeypatch.setattr(diag, "rows", refuse)
        slow = [tables.from_kernel([os.getpid()], port) for port in ports]
        assert all(set(few) <= set(many) for few, many in zip(quick, slow, strict=True))
        assert [len(rows) for rows in slow] == [3, 3]
        accepted.close()


@linux
def test_tables_are_read_in_both_versions_of_ip() -> None:
    """A socket that listens to both is found under its address."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        local = listener.getsockname()[:2]
        assert local in [s.local for s in tables.from_kernel([os.getpid()]) if os.getpid() in s.owners]


def test_psutil_tells_the_same() -> None:
    """What other platforms are asked through knows owners and states, too."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = [s for s in portable.from_psutil([os.getpid()]) if s.local == listener.getsockname()]
        assert [(s.state, s.owners) for s in found] == [(LISTEN, frozenset({os.getpid()}))]


def test_addresses_are_free_and_differ() -> None:
    """Nobody listens at a new address, and two are not the same."""
    one, other = network.free_address(), network.free_address()
    assert one != other
    with socket.create_server(one), socket.create_server(other):
        pass


# ── clients ──────────────────────────────────────────────────────────────────────────────────────────────────────────

READER = """
def read(conn):
    pieces = []
    while piece := conn.recv(1000):
        pieces.append(len(piece))
    return bytes(pieces)
"""


def test_bytes_that_are_said_one_by_one_arrive_one_by_one(lab_of: Callable[[str], SocketLab]) -> None:
    """Each is sent when the one before has been taken, so that no recv() gets two."""

    def check(lab: SocketLab) -> None:
        run = lab.call("read", lab.connection())
        run.client().says(b"twelve bytes", bytewise=True).leaves()
        run.finish().returned(bytes([1] * 12))

    verdict, _ = judged(lab_of(READER), check)
    assert verdict.passed, verdict


def test_send_takes_a_part_where_a_check_asks_for_it(lab_of: Callable[[str], SocketLab]) -> None:
    """And says so, as it may: half of what it is given, and no less than one byte."""
    program = """
    def send(conn):
        return bytes([conn.send(b"123456789"), conn.send(b"1"), conn.sendall(b"123456789") is None])
    """

    def check(lab: SocketLab) -> None:
        run = lab.call("send", lab.connection(), short_writes=True)
        run.client().hears(b"12345" + b"1" + b"123456789")
        run.finish().returned(bytes([5, 1, 1]))

    verdict, _ = judged(lab_of(program), check)
    assert verdict.passed, verdict


def test_each_call_gets_its_own_argument(lab_of: Callable[[str], SocketLab]) -> None:
    """A function is called once for each value, with the same connection, and what it returns is told in order."""
    program = """
    def send(conn, payload):
        conn.sendall(payload)
        return payload * 2
    """

    def check(lab: SocketLab) -> None:
        run = lab.call("send", lab.connection(), lab.each(b"a", b"", b"bc"))
        run.client().hears(b"abc")
        run.finish().returned(b"aa", b"", b"bcbc")

    verdict, _ = judged(lab_of(program), check)
    assert verdict.passed, verdict


def test_recv_returns_single_bytes_where_a_check_asks_for_it(lab_of: Callable[[str], SocketLab]) -> None:
    """Into a buffer as well, and below a file, which asks for the rest; a call with flags gets what there is."""
    program = """
    import socket

    def read(conn):
        conn.recv(8, socket.MSG_PEEK | socket.MSG_WAITALL)
        buffer = bytearray(8)
        with conn.makefile("rb") as file:
            sizes = [len(conn.recv(8)), conn.recv_into(buffer), conn.recv_into(buffer, 4), conn.recv_into(buffer, 1)]
            sizes += [len(conn.recv(0)), len(conn.recv(3, socket.MSG_WAITALL)), len(file.read(3))]
        return bytes(sizes)
    """

    def check(lab: SocketLab) -> None:
        run = lab.call("read", lab.connection(), short_reads=True)
        run.client().says(b"0123456789")
        run.finish().returned(bytes([1, 1, 1, 1, 0, 3, 3]))

    verdict, _ = judged(lab_of(program), check)
    assert verdict.passed, verdict


def test_a_client_that_does_not_read_keeps_the_program_waiting(lab_of: Callable[[str], SocketLab]) -> None:
    """What is more than the buffers hold stays with the sender, until the client reads; not a byte is lost."""
    program = """
    def send(conn):
        conn.sendall(b"x" * 2_000_000)
    """

    def check(lab: SocketLab) -> None:
        run = lab.call("send", lab.connection())
        client = run.client()
        client.reads(1)
        run.advance(wire.Rest())
        assert run.trace.first("call-end") is None
        client.hears_all(b"x" * 2_000_000)
        run.finish()

    verdict, trace = judged(lab_of(program), check)
    assert verdict.passed, verdict
    assert trace.first("call-end") is not None


def test_what_is_missing_is_found_without_a_clock(lab_of: Callable[[str], SocketLab]) -> None:
    """A program that says too little is not waited for: it is seen to wait itself."""
    program = """
    def greet(conn):
        conn.sendall(b"hel")
        conn.recv(1)
    """

    def check(lab: SocketLab) -> None:
        lab.call("greet", lab.connection()).client().hears(b"hello")

    verdict, trace = judged(lab_of(program), check)
    assert not verdict.passed
    assert trace.first("stuck") is not None
    assert trace.first("deadline") is None


# ── servers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@linux
def test_a_client_may_break_off_before_main_has_its_connection(solution: SocketLab) -> None:
    """The connection that accept() returns is broken already, on every run."""

    def check(lab: SocketLab) -> None:
        server = lab.serve("serve")
        server.connect_and_reset()
        server.connect().says(b"hello").hears(b"HELLO")

    verdict, trace = judged(solution, check)
    assert verdict.passed, verdict
    leave = next(e for e in trace if e.kind == "client-leave")
    accepted = trace.of("accepted")[0]
    released = next(e for e in trace if e.kind == "released")
    order = [trace.events.index(e) for e in (accepted, leave, released)]
    assert order == sorted(order)


def test_nothing_is_left_of_a_server_that_a_check_has_not_stopped(solution: SocketLab) -> None:
    """Processes and ports are gone when the lab is closed, with clients still connected."""
    server = solution.serve("serve")
    server.connect().says(b"hello").hears(b"HELLO")
    pids = [int(e.get("pid")) for e in server.trace.of("process", "run-begin")]
    solution.close()
    assert len(pids) == 2
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    with socket.create_server(server.address):
        pass


@linux
def test_a_program_hears_ctrl_c_whoever_started_the_checks(tmp_path: Path) -> None:
    """A shell lets what it starts in the background ignore Ctrl-C; that must not reach learners' programs."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    command += ["--kata-source", "solutions", "--kata-start-method", "fork", "-k", "interrupt", "katas/04_tcp_server"]
    run = subprocess.run(  # noqa: PLW1510 (what it printed says more)
        command,
        cwd=corpus.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert "1 passed" in run.stdout, run.stdout


@linux
def test_many_servers_run_side_by_side() -> None:
    """Each has an address of its own: two at once, again and again, never meet."""
    remotes = [Remote(), Remote()]
    try:
        for _ in range(3):
            labs = [SocketLab(r, source.from_file(SOLUTION, "process_server"), Settings("fork")) for r in remotes]
            servers = [one.serve("serve") for one in labs]
            assert servers[0].address != servers[1].address
            visitors = [s.connect() for s in servers]
            for number, visitor in enumerate(visitors):
                visitor.says(b"server %d" % number).hears(b"SERVER %d" % number)
            for one in labs:
                one.close()
    finally:
        for remote in remotes:
            remote.close()


# ── when a check acts, and how long a run may take ───────────────────────────────────────────────────────────────────


def test_a_client_speaks_when_the_program_is_at_rest(lab_of: Callable[[str], SocketLab]) -> None:
    """What a server does after it has taken a client is done before that client speaks, however long it takes."""
    lab = lab_of("""
        import os, socket

        def serve(host, port):
            listener = socket.create_server((host, port))
            while True:
                conn, _ = listener.accept()
                for _ in range(3_000_000):
                    pass
                conn.setblocking(False)
                try:
                    found = conn.recv(100)
                except BlockingIOError:
                    found = b"nothing"
                conn.setblocking(True)
                conn.sendall(found)
                conn.recv(100)
    """)

    def check(lab: SocketLab) -> None:
        client = lab.serve("serve").connect()
        client.says(b"hello").hears(b"nothing")

    assert judged(lab, check)[0].passed


def test_a_run_that_gets_on_may_take_longer_than_its_deadline(remote: Remote, tmp_path: Path) -> None:
    """The deadline is for one step: eight of a fifth each are in time."""
    (tmp_path / "program.py").write_text(
        textwrap.dedent("""
            import time

            def handle(conn):
                while data := conn.recv(100):
                    began = time.process_time()
                    while time.process_time() - began < 0.6:
                        pass
                    conn.sendall(data)
        """),
        encoding="utf-8",
    )
    program = source.from_file(tmp_path / "program.py", "program")

    def check(lab: SocketLab) -> None:
        client = lab.call("handle", lab.connection()).client()
        for _ in range(8):
            client.says(b"on").hears(b"on")

    assert judged(SocketLab(remote, program, Settings(deadline=3.0)), check)[0].passed


@linux
def test_a_pause_is_not_ended_by_our_question(lab_of: Callable[[str], SocketLab]) -> None:
    """A process that waits for any signal goes on waiting when it is proven that it does."""
    lab = lab_of("""
        import signal

        def handle(conn):
            conn.recv(100)
            signal.pause()
            conn.sendall(b"woken")
    """)

    def check(lab: SocketLab) -> None:
        run = lab.call("handle", lab.connection())
        client = run.client()
        client.says(b"hello")
        run.advance(wire.Heard((1,), 5))
        run.advance(wire.Rest())
        client.hears_nothing_more()

    assert judged(lab, check)[0].passed
