"""The engine's own figures: times that read exactly, proofs that name system calls, pids that are the kernel's."""

from __future__ import annotations

import json
import os
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import corpus
import psutil
import pytest

from conc_checker.course import source
from conc_checker.diagnosis import rules as of_every_run
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Outcome
from conc_checker.topics.processes import rules
from conc_checker.topics.processes.lab import ProcessLab

SOLUTION = source.from_folder(corpus.ROOT / "solutions" / "03_multiprocess", "start_and_join")
WRONG = corpus.PROGRAMS / "wrong" / "03_multiprocess" / "start_and_join"
SERIAL = source.from_file(WRONG / "joined-inside-the-loop.py", "start_and_join")
SUM = 1e-6  # seconds by which sums of floating-point readings may differ; all else is exact

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells in which system call a thread sleeps")
posix = pytest.mark.skipif(os.name != "posix", reason="there are no such signals")


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """A supervisor for all these runs."""
    found = Remote()
    yield found
    found.close()


@pytest.fixture
def call(remote: Remote, tmp_path: Path) -> Callable[..., Trace]:
    """Run `run_all` of a program that is given as text, to its good end; return the trace."""

    def run(text: str, *args: Any, settings: Settings | None = None) -> Trace:
        (tmp_path / "program.py").write_text(textwrap.dedent(text), encoding="utf-8")
        program = source.from_file(tmp_path / "program.py", "program")
        return passes(ProcessLab(remote, program, settings), lambda lab: lab.call("run_all", *args).finish())

    return run


def passes(lab: ProcessLab, check: Callable[[ProcessLab], Any]) -> Trace:
    """Run a check that must pass; return the trace of its last run."""
    verdict, trace = corpus.check_once(lab, check)
    assert verdict.passed, verdict
    return trace


def result(trace: Trace) -> float:
    """Return the number that the program's function has returned."""
    event = trace.first("call-end")
    assert event is not None
    return float(event.get("value")["number"])


def printed(trace: Trace) -> Any:
    """Return what the program has printed as JSON."""
    over = trace.last("over")
    assert over is not None
    assert not over.get("output")["stderr"]
    return json.loads(over.get("output")["stdout"])


def overlap(lab: ProcessLab) -> None:
    """Check that ten tasks are alive together."""
    lab.call("run_all", lab.task(), 10).gather(10).are_separate_processes()


# ── the clock ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", corpus.START_METHODS)
@pytest.mark.parametrize(("program", "seconds"), [(SOLUTION, 1.0), (SERIAL, 10.0)], ids=["well", "in-the-loop"])
def test_ten_naps_read_exactly(remote: Remote, program: source.Program, seconds: float, method: str) -> None:
    """Ten naps of a second read 1.0 joined well and 10.0 joined in the loop, and no time ran for real."""
    trace = passes(
        ProcessLab(remote, program, Settings(method)), lambda lab: lab.call("run_all", lab.nap(1.0), 10).finish()
    )
    assert result(trace) == pytest.approx(seconds, abs=SUM)
    assert trace.facts.ran_for == 0.0


def test_all_clocks_agree_and_move_by_the_nap(call: Callable[..., Trace]) -> None:
    """Whatever clock a program reads, in whatever unit or process, it shows the same moment."""
    before, after, child = printed(
        call("""
            import datetime
            import json
            import multiprocessing
            import time
            from datetime import UTC


            def look():
                epoch = [
                    time.time(),
                    time.time_ns() / 1e9,
                    time.clock_gettime(time.CLOCK_REALTIME),
                    time.clock_gettime_ns(time.CLOCK_REALTIME) / 1e9,
                    datetime.datetime.now().timestamp(),
                    datetime.datetime.now(UTC).timestamp(),
                    datetime.datetime.today().timestamp(),
                ]
                boot = [
                    time.monotonic(),
                    time.monotonic_ns() / 1e9,
                    time.perf_counter(),
                    time.perf_counter_ns() / 1e9,
                    time.clock_gettime(time.CLOCK_MONOTONIC),
                    time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1e9,
                ]
                whole = [
                    int(time.time()),
                    time.mktime(time.localtime()),
                    time.mktime(time.strptime(time.ctime())),
                    time.mktime(time.strptime(time.asctime())),
                    int(time.strftime("%s")),
                    int(datetime.datetime.now(UTC).timestamp()),
                ]
                days = [time.strftime("%Y-%m-%d"), str(datetime.date.today()), str(datetime.datetime.now().date())]
                return [epoch, boot, whole, days]


            def look_in_child(pipe):
                pipe.send(look())


            def run_all():
                before = look()
                time.sleep(1.5)
                after = look()
                ours, theirs = multiprocessing.Pipe()
                child = multiprocessing.Process(target=look_in_child, args=(theirs,))
                child.start()
                print(json.dumps([before, after, ours.recv()]))
                child.join()
        """)
    )
    for epoch, boot, whole, days in (before, after, child):
        assert epoch == pytest.approx([epoch[0]] * len(epoch), abs=SUM)
        assert boot == pytest.approx([boot[0]] * len(boot), abs=SUM)
        assert whole == [whole[0]] * len(whole)
        assert days == [days[0]] * len(days)
    for clocks in (0, 1):
        assert after[clocks][0] - before[clocks][0] == pytest.approx(1.5, abs=SUM)
        assert child[clocks][0] == pytest.approx(after[clocks][0], abs=SUM)


@posix
def test_time_outs_of_the_standard_library_keep_working(call: Callable[..., Trace]) -> None:
    """Waits with a limit that we do not control come to their end: time runs for them."""
    trace = call("""
        import asyncio
        import concurrent.futures
        import json
        import multiprocessing
        import queue
        import select
        import socket
        import subprocess
        import threading
        import time


        def does_time_out(kind, function, *args, **keywords):
            try:
                function(*args, **keywords)
            except kind:
                return True
            return False


        def run_all():
            event, fired = threading.Event(), threading.Event()
            ours, theirs = multiprocessing.Pipe()
            left, right = socket.socketpair()
            left.settimeout(0.05)
            program = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
            condition = threading.Condition()
            with condition:
                notified = condition.wait(0.05)
            timer = threading.Timer(0.05, fired.set)
            timer.start()
            timer.join()
            found = {
                "event": not event.wait(0.05),
                "condition": not notified,
                "timer": fired.is_set(),
                "thread queue": does_time_out(queue.Empty, queue.Queue().get, timeout=0.05),
                "process queue": does_time_out(queue.Empty, multiprocessing.Queue().get, timeout=0.05),
                "process event": not multiprocessing.Event().wait(0.05),
                "subprocess": does_time_out(subprocess.TimeoutExpired, program.wait, timeout=0.05),
                "select": select.select([right], [], [], 0.05) == ([], [], []),
                "poll": not ours.poll(0.05),
                "recv": does_time_out(TimeoutError, left.recv, 1),
                "future": does_time_out(TimeoutError, concurrent.futures.Future().result, timeout=0.05),
                "asyncio": asyncio.run(asyncio.sleep(0.05, "slept")) == "slept",
                "wait_for": does_time_out(TimeoutError, asyncio.run, never()),
            }
            program.communicate()
            print(json.dumps(found))


        async def never():
            await asyncio.wait_for(asyncio.Event().wait(), 0.05)
    """)
    found = printed(trace)
    assert found == dict.fromkeys(found, True)


def test_a_look_without_waiting_takes_no_time(call: Callable[..., Trace]) -> None:
    """poll(0) loops in the library until its limit lies in the past: it sees the kernel's clock, which never stands."""
    trace = call("""
        import multiprocessing
        import multiprocessing.connection


        def run_all():
            ours, theirs = multiprocessing.Pipe()
            return float(ours.poll(0) + len(multiprocessing.connection.wait([ours], 0)))
    """)
    assert result(trace) == 0
    assert trace.facts.ran_for == 0.0


def test_a_busy_loop_on_a_clock_ends(call: Callable[..., Trace]) -> None:
    """Who computes long enough without waiting sees time run."""
    trace = call("""
        import time


        def run_all():
            started = time.time()
            while time.time() - started < 1:
                pass
            return time.time() - started
    """)
    assert result(trace) >= 1
    assert trace.facts.ran_for >= 1


def test_sleepers_wake_in_order(call: Callable[..., Trace]) -> None:
    """Threads and processes that sleep for different times wake in that order, each at its moment."""
    trace = call("""
        import json
        import os
        import threading
        import time
        from multiprocessing import Pipe, Process


        def nap(seconds, started, pipe):
            time.sleep(seconds)
            pipe.send((seconds, time.monotonic() - started))


        def run_all():
            started = time.monotonic()
            ours, theirs = Pipe()
            sleepers = [threading.Thread(target=nap, args=(s, started, theirs)) for s in (3, 1, 2)]
            sleepers += [Process(target=nap, args=(s, started, theirs)) for s in (2.5, 0.5, 1.5)]
            for sleeper in sleepers:
                sleeper.start()
            woke = [ours.recv() for _ in sleepers]
            for sleeper in sleepers:
                sleeper.join()
            print(json.dumps(woke))
            return time.monotonic() - started
    """)
    woke = printed(trace)
    assert [seconds for seconds, _ in woke] == [0.5, 1, 1.5, 2, 2.5, 3]
    assert [moment for _, moment in woke] == pytest.approx([seconds for seconds, _ in woke], abs=SUM)
    assert result(trace) == pytest.approx(3, abs=SUM)


def test_a_join_with_a_limit_goes_by_the_virtual_clock(call: Callable[..., Trace]) -> None:
    """join(timeout) comes back at its limit, or earlier at the very moment at which the process has ended."""
    trace = call("""
        import json
        import time
        from multiprocessing import Process


        def run_all():
            started = time.monotonic()
            process = Process(target=nap)
            process.start()
            found = []
            for timeout in (2, 100, None):
                process.join(timeout)
                found.append([time.monotonic() - started, process.exitcode])
            print(json.dumps(found))


        def nap():
            time.sleep(5)
    """)
    moments, codes = zip(*printed(trace), strict=True)
    assert moments == pytest.approx([2, 5, 5], abs=SUM)
    assert codes == (None, 0, 0)


@posix
def test_an_alarm_ends_a_pause(call: Callable[..., Trace]) -> None:
    """Who waits for an alarm is not taken for one who waits for ever."""
    trace = call("""
        import signal


        def run_all():
            rung = []
            signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
            signal.alarm(1)
            signal.pause()
            return float(len(rung))
    """)
    assert result(trace) == 1
    assert trace.first("stuck") is None


def test_real_time_is_real(call: Callable[..., Trace]) -> None:
    """With real_time, a program sees the clock that everybody sees, and its sleeps take as long as they say."""
    began = time.time()
    trace = call(
        """
        import json
        import time


        def run_all():
            readings = [time.time()]
            time.sleep(0.2)
            readings.append(time.time())
            print(json.dumps(readings))
        """,
        settings=Settings(real_time=True),
    )
    first, second = printed(trace)
    assert began <= first <= second <= time.time()
    assert second - first >= 0.2


def test_ten_real_naps_pass(remote: Remote) -> None:
    """With real_time, the check of the elapsed seconds holds for a right program."""
    lab = ProcessLab(remote, SOLUTION, Settings(real_time=True))
    passes(lab, lambda lab: lab.call("run_all", lab.nap(0.2), 10).finish().took(0.2))


# ── proofs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@linux
@pytest.mark.parametrize("method", corpus.START_METHODS)
def test_a_negative_verdict_names_the_system_calls(remote: Remote, method: str) -> None:
    """That no second task can begin rests on the call in which main sleeps, and on the task that we hold."""
    verdict, trace = corpus.check_once(ProcessLab(remote, SERIAL, Settings(method)), overlap)
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.id == "joined-inside-the-loop"
    stuck = trace.last("stuck")
    assert stuck is not None
    assert stuck.get("proof") == "system calls"
    (task,) = trace.tasks
    (main,) = [row for row in stuck.get("waits") if row["pid"] == trace.main]
    assert main["kind"] == "untimed"
    if method != "forkserver":  # whose children are not main's own: it waits for the end of a pipe
        assert (main["call"], main["for"]) == ("wait4", task.pid)
    held = [row for row in stuck.get("waits") if "held" in row]
    assert [row["pid"] for row in held] == [task.pid]
    assert all(row["kind"] == "untimed" for row in stuck.get("waits"))


@pytest.mark.parametrize("method", corpus.START_METHODS)
def test_pids_are_those_of_the_kernel(remote: Remote, tmp_path: Path, method: str) -> None:
    """The pid of each task is that of a live process which says so itself, and main's is that of its parent."""
    (tmp_path / "program.py").write_text(
        textwrap.dedent("""
            import os
            from multiprocessing import Process


            def work(task, i):
                os.write(1, f"{os.getpid()} ".encode())
                task(i)


            def run_all(task, count):
                os.write(1, f"{os.getpid()} ".encode())
                processes = [Process(target=work, args=(task, i)) for i in range(count)]
                for p in processes:
                    p.start()
                for p in processes:
                    p.join()
        """)
    )
    pids: list[int] = []

    def check(lab: ProcessLab) -> None:
        run = lab.call("run_all", lab.task(), 5)
        pids.extend(task.pid for task in run.gather(5))
        assert all(psutil.pid_exists(pid) for pid in pids)
        if method != "forkserver":
            assert {psutil.Process(pid).ppid() for pid in pids} == {run.trace.main}
        assert psutil.Process(run.trace.main).ppid() == remote.pid
        run.finish()

    trace = passes(ProcessLab(remote, source.from_file(tmp_path / "program.py", "program"), Settings(method)), check)
    over = trace.last("over")
    assert over is not None
    assert sorted(map(int, over.get("output")["stdout"].split())) == sorted([trace.main, *pids])


def test_a_trace_replays_from_json(remote: Remote) -> None:
    """A trace that was written and read again gives the same verdicts, for a right program and for a wrong one."""
    for program in (SOLUTION, SERIAL):
        verdict, trace = corpus.check_once(ProcessLab(remote, program), overlap)
        again = Trace.from_json(trace.to_json())
        assert again.to_json() == trace.to_json()
        assert again.tasks == trace.tasks
        for rule in (of_every_run.ran, rules.separate, lambda story: rules.alive_together(story, 10)):
            assert corpus.explained(again, rule) == corpus.explained(trace, rule)
        if not verdict.passed:
            assert corpus.explained(again, lambda story: rules.alive_together(story, 10)) == verdict


# ── other hosts, other ends ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def portable() -> Iterator[Remote]:
    """A supervisor that works as on any platform."""
    found = Remote("portable")
    yield found
    found.close()


@pytest.mark.parametrize(
    "name", ["joined-inside-the-loop", "run-instead-of-start", "threads-instead-of-processes", "not-joined"]
)
def test_a_portable_host_finds_the_same_mistakes(portable: Remote, name: str) -> None:
    """What needs no proof by system calls is decided alike without them."""
    (example,) = [e for e in corpus.examples() if e.path == WRONG / f"{name}.py"]
    verdicts = list(corpus.judge(portable, example, Settings()))
    assert corpus.wrong_verdict(example, "fork", verdicts) is None
    assert verdicts[0][2].facts.proofs == "known waits"


def test_a_portable_host_passes_a_right_program(portable: Remote) -> None:
    """Alive together, waited for, in exactly one second, and nothing left: all of it is seen without system calls."""

    def check(lab: ProcessLab) -> None:
        run = lab.call("run_all", lab.task(), 4)
        tasks = run.gather(4)
        tasks.are_separate_processes()
        tasks.release(but=tasks[3])
        run.is_waiting_for(tasks[3])
        run.finish().left_nothing()
        lab.call("run_all", lab.nap(1.0), 4).finish().took(1.0)

    assert result(passes(ProcessLab(portable, SOLUTION), check)) == pytest.approx(1.0, abs=SUM)


@posix
def test_a_supervisor_that_is_killed_costs_one_check_and_leaves_nothing(remote: Remote) -> None:
    """SIGKILL in mid-run: the verdict is crashed, no process is left, and the next run works."""
    pids: list[int] = []
    folders: list[Path] = []

    def check(lab: ProcessLab) -> None:
        run = lab.call("run_all", lab.task(), 5)
        tasks = run.gather(5)
        pids.extend([run.trace.main, *(task.pid for task in tasks)])
        folders.append(Path(remote._folder))
        assert remote.pid is not None
        os.kill(remote.pid, signal.SIGKILL)
        tasks.release()

    verdict, _ = corpus.check_once(ProcessLab(remote, SOLUTION), check)
    assert verdict.diagnosis is not None
    assert (verdict.outcome, verdict.diagnosis.id) == (Outcome.CRASHED, "supervisor-killed")
    assert not [pid for pid in pids if is_alive(pid)]
    assert not folders[0].exists()
    verdict, _ = corpus.check_once(ProcessLab(remote, SOLUTION), overlap)
    assert verdict.passed


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(("encoding", "line"), [("gbk", 3), ("utf-16", 1)])
def test_a_script_in_another_encoding_is_refused_as_by_python(
    remote: Remote, tmp_path: Path, encoding: str, line: int
) -> None:
    """Where it is only in a comment, too: compile() alone would let that through. One that says so is run."""
    text = 'print("hello")\n\n# 写文件\n'
    path = tmp_path / "program.py"
    path.write_bytes(text.encode(encoding))
    lab = ProcessLab(remote, source.from_file(path, "program"))
    verdict, _ = corpus.check_once(lab, lambda lab: lab.script().finish())
    assert verdict.diagnosis is not None
    assert (verdict.diagnosis.id, verdict.diagnosis.site and verdict.diagnosis.site.line) == (
        "saved-in-another-encoding",
        line,
    )
    path.write_bytes(f"# coding: gbk\n{text}".encode("gbk"))
    passes(ProcessLab(remote, source.from_file(path, "program")), lambda lab: lab.script().finish())


TOO_MANY = """
    from multiprocessing import Process

    def run_all(task, count):
        processes = [Process(target=task, args=(i,)) for i in range(10)]
        for process in processes:
            process.start()
        process.join()
"""


def test_whom_main_waits_for_is_not_concluded_while_others_are_held(remote: Remote, tmp_path: Path) -> None:
    """Main joins the last of ten, which the check does not know: that is no proof that it waits for the first."""
    (tmp_path / "program.py").write_text(textwrap.dedent(TOO_MANY), encoding="utf-8")
    lab = ProcessLab(remote, source.from_file(tmp_path / "program.py", "program"))

    def check(lab: ProcessLab) -> None:
        run = lab.call("run_all", lab.task(), 4)
        tasks = run.gather(4)
        tasks.release(but=tasks[0])
        run.is_waiting_for(tasks[0])

    verdict, _ = corpus.check_once(lab, check)
    assert verdict.diagnosis is not None
    assert (verdict.rule, verdict.diagnosis.id, verdict.diagnosis.facts["given"]) == ("numbers", "count-ignored", 10)


def test_a_nap_may_have_a_length_for_each_number(call: Callable[..., Trace]) -> None:
    """Each task sleeps as long as its number says; one of no such number as long as the longest."""
    text = """
        import time

        def run_all(task):
            found = []
            for number in (2, 0, 1, 3, "0"):
                began = time.monotonic()
                task(number)
                found.append(time.monotonic() - began)
            print([round(seconds, 3) for seconds in found])
            return 0.0
    """
    assert printed(call(text, {"$task": {"nap": [0.25, 1.5, 0.75]}})) == [0.75, 0.25, 1.5, 1.5, 1.5]
