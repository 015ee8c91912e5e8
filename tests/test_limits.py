"""Waits with a limit: each that the standard library knows ends by the subject's clock, in its order."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pytest
from test_engine import SUM, printed, result

from conc_checker.course import source
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record.trace import Trace
from conc_checker.topics.processes.lab import ProcessLab

pytestmark = pytest.mark.skipif(os.name != "posix", reason="many of these waits are only there")

Runner = Callable[..., Trace]


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """A supervisor for all these runs."""
    found = Remote()
    yield found
    found.close()


@pytest.fixture
def run(remote: Remote, tmp_path: Path) -> Runner:
    """Run a program that is given as text to its end; return the trace."""

    def begin(text: str, settings: Settings | None = None) -> Trace:
        (tmp_path / "program.py").write_text(textwrap.dedent(text), encoding="utf-8")
        lab = ProcessLab(remote, source.from_file(tmp_path / "program.py", "program"), settings)
        verdict, trace = corpus.check_once(lab, lambda lab: lab.call("run_all").finish())
        assert verdict.passed, verdict
        return trace

    return begin


# Each waits for an hour, in vain.
IN_VAIN = {
    "lock": "lock = threading.Lock(); lock.acquire(); assert not lock.acquire(timeout=3600)",
    "lock, by position": "lock = threading.Lock(); lock.acquire(); assert not lock.acquire(True, 3600)",
    "event": "assert not threading.Event().wait(3600)",
    "condition": "c = threading.Condition()\nwith c:\n    assert not c.wait(3600)",
    "condition with a predicate": "c = threading.Condition()\nwith c:\n    assert not c.wait_for(lambda: False, 3600)",
    "semaphore": "assert not threading.Semaphore(0).acquire(timeout=3600)",
    "barrier": "b = threading.Barrier(2)\ntry:\n    b.wait(3600)\nexcept threading.BrokenBarrierError:\n    pass",
    "thread": "t = threading.Thread(target=HELD.acquire, daemon=True); t.start(); t.join(3600)",
    "queue": "try:\n    queue.Queue().get(timeout=3600)\nexcept queue.Empty:\n    pass",
    "full queue": "q = queue.Queue(1); q.put(1)\ntry:\n    q.put(2, timeout=3600)\nexcept queue.Full:\n    pass",
    "simple queue": "try:\n    queue.SimpleQueue().get(timeout=3600)\nexcept queue.Empty:\n    pass",
    "lock between processes": "l = multiprocessing.Lock(); l.acquire(); assert not l.acquire(timeout=3600)",
    "event between processes": "assert not multiprocessing.Event().wait(3600)",
    "queue between processes": "try:\n    multiprocessing.Queue().get(timeout=3600)\nexcept queue.Empty:\n    pass",
    "pipe": "a, b = multiprocessing.Pipe(); assert not a.poll(3600)",
    "several connections": "a, b = multiprocessing.Pipe(); assert not connection.wait([a, b], 3600)",
    "process": "p = FORK.Process(target=HELD.acquire); p.start(); p.join(3600); p.kill()",
    "future": "try:\n    futures.Future().result(3600)\nexcept futures.TimeoutError:\n    pass",
    "futures": "assert futures.wait([futures.Future()], 3600).not_done",
    "futures in order": (
        "try:\n    list(futures.as_completed([futures.Future()], 3600))\nexcept futures.TimeoutError:\n    pass"
    ),
    "subprocess": (
        "p = subprocess.Popen(['cat'], stdin=subprocess.PIPE)\n"
        "try:\n    p.wait(3600)\nexcept subprocess.TimeoutExpired:\n    pass\np.kill(); p.wait()"
    ),
    "subprocess, talking": (
        "p = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "end = time.monotonic() + 3600\n"
        "try:\n    p.stdout.fileno(); subprocess.run(['cat'], stdin=p.stdout, timeout=3600)\n"
        "except subprocess.TimeoutExpired:\n    pass\np.kill(); p.wait()"
    ),
    "select": "a, b = socket.socketpair(); assert not any(select.select([a], [], [], 3600))",
    "poll": "a, b = socket.socketpair(); p = select.poll(); p.register(a, select.POLLIN); assert not p.poll(3_600_000)",
    "selector": (
        "a, b = socket.socketpair(); s = selectors.DefaultSelector(); s.register(a, selectors.EVENT_READ)\n"
        "assert not s.select(3600); s.close()"
    ),
    "selector by select": (
        "a, b = socket.socketpair(); s = selectors.SelectSelector(); s.register(a, selectors.EVENT_READ)\n"
        "assert not s.select(3600)"
    ),
    "recv": "a, b = socket.socketpair(); a.settimeout(3600)\ntry:\n    a.recv(1)\nexcept TimeoutError:\n    pass",
    "recv_into": (
        "a, b = socket.socketpair(); a.settimeout(3600)\ntry:\n    a.recv_into(bytearray(1))\n"
        "except TimeoutError:\n    pass"
    ),
    "a file of a socket": (
        "a, b = socket.socketpair(); a.settimeout(3600)\ntry:\n    a.makefile().readline()\n"
        "except TimeoutError:\n    pass"
    ),
    "sendall": (
        "a, b = socket.socketpair(); a.settimeout(3600)\ntry:\n    a.sendall(bytes(10_000_000))\n"
        "except TimeoutError:\n    pass"
    ),
    "accept": (
        "s = socket.create_server(('127.0.0.1', 0)); s.settimeout(3600)\ntry:\n    s.accept()\n"
        "except TimeoutError:\n    pass"
    ),
    "asyncio": "asyncio.run(asyncio.sleep(3600))",
    "asyncio, waiting": (
        "async def main():\n    try:\n        await asyncio.wait_for(asyncio.Event().wait(), 3600)\n"
        "    except asyncio.TimeoutError:\n        pass\nasyncio.run(main())"
    ),
    "timer": "t = threading.Timer(3600, print); t.start(); t.join()",
    "sched": "s = sched.scheduler(); s.enter(3600, 1, print); s.run()",
    "alarm": "signal.signal(signal.SIGALRM, lambda *_: None); signal.alarm(3600); signal.pause()",
    "interval timer": (
        "signal.signal(signal.SIGALRM, lambda *_: None); signal.setitimer(signal.ITIMER_REAL, 1800, 1800)\n"
        "signal.pause(); signal.pause(); signal.setitimer(signal.ITIMER_REAL, 0)"
    ),
    "traceback dumped later": (
        "faulthandler.dump_traceback_later(1800, file=open(os.devnull, 'w')); time.sleep(3600)\n"
        "faulthandler.cancel_dump_traceback_later()"
    ),
}
if hasattr(__import__("signal"), "sigtimedwait"):
    IN_VAIN["signal"] = "assert signal.sigtimedwait([signal.SIGUSR1], 3600) is None"

PROGRAM = """
import asyncio, faulthandler, multiprocessing, os, queue, sched, select, selectors, signal, socket, subprocess, sys
import threading, time
from concurrent import futures
from multiprocessing import connection

HELD = threading.Lock()
HELD.acquire()
FORK = multiprocessing.get_context("fork")


def run_all():
    began = time.monotonic()
    wait()
    return time.monotonic() - began


def wait():
"""


def _program(body: str) -> str:
    return PROGRAM + textwrap.indent(body, "    ") + "\n"


@pytest.mark.parametrize("what", IN_VAIN)
def test_an_hour_in_vain_takes_an_hour_of_the_subjects_clock(run: Runner, what: str) -> None:
    """It reads as an hour, to the millisecond that a system call rounds to, and no time ran for it."""
    trace = run(_program(IN_VAIN[what]))
    assert 3600 - SUM <= result(trace) < 3600.06
    assert trace.facts.ran_for == 0.0


def test_what_comes_in_time_ends_the_wait(run: Runner) -> None:
    """Each of these gets what it waits for after two of its ten seconds, and says so."""
    trace = run("""
        import json, multiprocessing, queue, select, socket, threading, time

        def run_all():
            found = []
            for wait, give in pairs():
                began = time.monotonic()
                threading.Thread(target=later, args=(give,)).start()
                assert wait()
                found.append(round(time.monotonic() - began, 6))
            print(json.dumps(found))
            return 0.0

        def later(give):
            time.sleep(2)
            give()

        def pairs():
            lock, event, simple, several = threading.Lock(), threading.Event(), queue.SimpleQueue(), queue.Queue()
            ours, theirs = multiprocessing.Pipe()
            far = multiprocessing.Semaphore(0)
            one, other = socket.socketpair()
            lock.acquire()
            one.settimeout(10)
            yield lambda: lock.acquire(timeout=10), lock.release
            yield lambda: event.wait(10), event.set
            yield lambda: simple.get(timeout=10), lambda: simple.put(1)
            yield lambda: several.get(timeout=10), lambda: several.put(1)
            yield lambda: ours.poll(10), lambda: theirs.send(1)
            yield lambda: far.acquire(timeout=10), far.release
            yield lambda: one.recv(1), lambda: other.sendall(b"ab")
            yield lambda: select.select([one], [], [], 10)[0], lambda: None
        """)
    assert printed(trace) == [2.0] * 7 + [0.0]
    assert trace.facts.ran_for == 0.0


def test_limits_end_in_their_order(run: Runner) -> None:
    """Sleeps, locks, queues and timers of threads and processes, all on one clock."""
    trace = run("""
        import json, multiprocessing, queue, threading, time

        def report(name, wait, pipe):
            wait()
            pipe.send((name, time.monotonic()))

        def nap(pipe):
            report("process", lambda: time.sleep(2.5), pipe)

        def look(pipe):
            report("event between processes", lambda: multiprocessing.Event().wait(1.5), pipe)

        def run_all():
            began = time.monotonic()
            ours, theirs = multiprocessing.Pipe()
            waits = {
                "event": lambda: threading.Event().wait(3),
                "sleep": lambda: time.sleep(1),
                "lock": lambda: (lock := threading.Lock()).acquire() and lock.acquire(timeout=2),
            }
            for name, wait in waits.items():
                threading.Thread(target=report, args=(name, wait, theirs)).start()
            threading.Timer(0.5, report, ("timer", lambda: None, theirs)).start()
            for target in (nap, look):
                multiprocessing.Process(target=target, args=(theirs,)).start()
            found = [ours.recv() for _ in range(6)]
            print(json.dumps([(name, round(moment - began, 3)) for name, moment in found]))
            return 0.0
        """)
    assert [name for name, _ in printed(trace)] == [
        "timer",
        "sleep",
        "event between processes",
        "lock",
        "process",
        "event",
    ]
    assert [moment for _, moment in printed(trace)] == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]


def test_an_alarm_says_what_was_left(run: Runner) -> None:
    """As the kernel's does: whole seconds for alarm(), and the interval for setitimer()."""
    trace = run("""
        import json, signal, time

        def run_all():
            found = [signal.alarm(10)]
            time.sleep(2.5)
            found += [signal.alarm(0), signal.alarm(0), *signal.setitimer(signal.ITIMER_REAL, 5, 7)]
            time.sleep(1)
            found += [round(n, 3) for n in signal.getitimer(signal.ITIMER_REAL)]
            found += [round(n, 3) for n in signal.setitimer(signal.ITIMER_REAL, 0)]
            print(json.dumps(found))
            return 0.0
        """)
    assert printed(trace) == [0, 8, 0, 0, 0, 4.0, 7.0, 4.0, 7.0]


def test_a_handler_that_raises_ends_a_wait(run: Runner) -> None:
    """The wait is broken off, the lock is still free for others, and a later wait works."""
    trace = run("""
        import signal, threading, time

        class Late(Exception):
            pass

        def late(number, frame):
            raise Late

        def run_all():
            began = time.monotonic()
            signal.signal(signal.SIGALRM, late)
            lock = threading.Lock()
            lock.acquire()
            signal.alarm(3)
            try:
                lock.acquire(timeout=50)
            except Late:
                pass
            lock.release()
            assert lock.acquire(timeout=50)
            assert not lock.acquire(timeout=4)
            return time.monotonic() - began
        """)
    assert result(trace) == pytest.approx(7.0, abs=SUM)


def test_limits_that_are_none_stay_as_they_are(run: Runner) -> None:
    """Zero, negative, wrong and absurd limits get Python's own answers and errors."""
    run("""
        import multiprocessing, queue, select, threading

        def run_all():
            lock = threading.Lock()
            assert lock.acquire(timeout=-1) and not lock.acquire(False) and not lock.acquire(timeout=0)
            for call, error in (
                (lambda: lock.acquire(False, 5), ValueError),
                (lambda: lock.acquire(True, -5), ValueError),
                (lambda: lock.acquire(timeout="5"), TypeError),
                (lambda: lock.acquire(True, 5, 5), TypeError),
                (lambda: queue.SimpleQueue().get(timeout=-1), ValueError),
                (lambda: select.select([], [], [], "5"), TypeError),
            ):
                try:
                    call()
                except error:
                    pass
                else:
                    raise AssertionError(error)
            far = multiprocessing.Lock()
            assert far.acquire(timeout=-1) and not far.acquire(timeout=-1) and not far.acquire(block=False)
            lock.release()
            assert lock.acquire(timeout=threading.TIMEOUT_MAX) and not threading.RLock().acquire.__self__ is None
            return 0.0
        """)


def test_a_files_times_are_of_the_same_clock(run: Runner) -> None:
    """What is written after a nap of a minute is a minute younger, and no older than what the clock showed before."""
    trace = run("""
        import json, os, pathlib, time

        def run_all():
            found = []
            for name in ("a", "b"):
                before = time.time()
                pathlib.Path(name).write_text(name)
                after = time.time()
                worked = time.process_time()
                while time.process_time() < worked + 0.02:  # the kernel's stamps are late by a tick or so
                    pass
                with open(name) as file:
                    times = [os.path.getmtime(name), os.stat(name).st_mtime, os.fstat(file.fileno()).st_mtime_ns / 1e9]
                found += [before - 1e-6 <= moment <= after + 1e-6 for moment in times]
                time.sleep(60)
            found += [round(time.time() - os.stat(name).st_mtime) for name in ("a", "b")]
            found += [os.stat("a").st_size, os.stat(os.__file__).st_mtime < before - 60]
            print(json.dumps(found))
            return 0.0
        """)
    assert printed(trace) == [True] * 6 + [120, 60, 1, True]


def test_real_limits_are_the_kernels(run: Runner) -> None:
    """Without a virtual clock nothing is wrapped: a real fifth of a second passes."""
    body = "l = threading.Lock(); l.acquire(); l.acquire(timeout=0.2)"
    assert result(run(_program(body), Settings(real_time=True))) >= 0.2
