"""Measures what the README claims. Run by hand, on a machine with nothing else to do:

    python tests/bench.py            # all figures
    python tests/bench.py naps kills # some of them: ready course naps kata observed proof clients kills bomb

Every figure is printed with what was run for it; nothing here decides a verdict.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent))

from typing import TYPE_CHECKING

import corpus

from conc_checker.course import source
from conc_checker.engine.subject import settings
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.topics.processes.lab import ProcessLab
from conc_checker.topics.sockets.lab import SocketLab

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG = corpus.PROGRAMS / "wrong" / "03_multiprocess" / "start_and_join"
SOLUTION = corpus.ROOT / "solutions" / "03_multiprocess" / "start_and_join.py"

OBSERVED = """
import time
from multiprocessing import Process

def task(number):
    deadline = time.process_time() + 0.02
    while time.process_time() < deadline:
        pass
    time.sleep(0.2)

def main():
    processes = [Process(target=task, args=(i,)) for i in range(10)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

if __name__ == "__main__":
    main()
"""

BOMB = """
import multiprocessing, os

def run_all(task, count=10):
    while True:
        os.fork()
"""


def _summary(values: list[float]) -> str:
    return f"median {statistics.median(values):.3f}, least {min(values):.3f}, most {max(values):.3f} (n={len(values)})"


def ready() -> None:
    """From the start of a run to the first message of its first process."""
    remote = Remote()
    for name, files in (("warm", {}), ("fresh", {"antigravity.py": ""})):  # who has a standard module starts fresh
        with tempfile.TemporaryDirectory() as folder:
            for file, text in {"start_and_join.py": SOLUTION.read_text("utf-8"), **files}.items():
                (Path(folder) / file).write_text(text, "utf-8")
            values = []
            for _ in range(41):
                lab = ProcessLab(remote, source.from_folder(Path(folder), "start_and_join"), Settings(None))
                trace = lab.load().finish().trace
                event = trace.first("ready")
                assert event is not None
                values.append(1000 * event.real)
                lab.close()
        print(f"milliseconds from the start of a run to its ready message, {name}: {_summary(values[1:])}")
        print(f"  the first, which starts a template: {values[0]:.0f}")
    remote.close()


def _seconds_of(*who: int) -> float:
    """Return the CPU seconds of this process, or of its children that have ended."""
    used = [resource.getrusage(one) for one in who]
    return sum(one.ru_utime + one.ru_stime for one in used)


_PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>

BARE = """
import sys, time
from multiprocessing import set_start_method
import start_and_join

def task(number):
    pass

if __name__ == "__main__":
    set_start_method(sys.argv[1])
    start_and_join.run_all(task, 10)
"""


def course(rounds: int = 5) -> None:
    """CPU of checking a solution, over that of the same program run bare as often: kata 03, each start method."""
    program = source.from_folder(SOLUTION.parent, "start_and_join")
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "start_and_join.py").write_text(SOLUTION.read_text("utf-8"), "utf-8")
        Path(folder, "bare.py").write_text(BARE, "utf-8")
        total = [0.0, 0.0]
        for method in corpus.START_METHODS:
            # Its checks call run_all with ten tasks each; the supervisor's CPU counts, and ours for judging.
            began = _seconds_of(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            remote, runs = Remote(), 0
            for _ in range(rounds):
                for check in (_overlap, _naps):
                    verdict, _ = corpus.check_once(ProcessLab(remote, program, Settings(method)), check)
                    assert verdict.passed, verdict
                    runs += 1
            remote.close()
            checked = _seconds_of(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) - began
            began = _seconds_of(resource.RUSAGE_CHILDREN)
            for _ in range(runs):
                subprocess.run([sys.executable, "bare.py", method], check=True, cwd=folder)
            _collect()  # a fork server ends after its program
            bare = _seconds_of(resource.RUSAGE_CHILDREN) - began
            total = [total[0] + checked, total[1] + bare]
            print(f"CPU seconds of {runs} checked runs, {method}: {checked:.2f}; bare {bare:.2f}: {checked / bare:.2f}")
    print(f"all methods: {total[0]:.2f} / {total[1]:.2f} = {total[0] / total[1]:.2f}")


def _collect() -> None:
    """Wait for all children, also those that have become ours."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _overlap(lab: ProcessLab) -> None:
    tasks = lab.call("run_all", lab.task(), 10).gather(10)
    tasks.are_separate_processes()
    tasks.release()
    assert lab.last_run is not None
    lab.last_run.finish()


def _naps(lab: ProcessLab) -> None:
    lab.call("run_all", lab.nap(1.0), 10).finish().took(1.0)


def naps() -> None:
    """What the learner's own code reads for ten naps of one second."""
    remote = Remote()
    for name, path in (("well joined", SOLUTION), ("joined in the loop", WRONG / "joined-inside-the-loop.py")):
        for method in corpus.START_METHODS:
            values = []
            for _ in range(20):
                lab = ProcessLab(remote, source.from_file(path, "start_and_join"), Settings(method))
                run = lab.call("run_all", lab.nap(1.0), 10).finish()
                ended = run.trace.first("call-end")
                assert ended is not None
                values.append(ended.get("value")["number"])
            print(f"elapsed read for ten naps of 1 s, {name}, {method}: {_summary(values)}")
    remote.close()


def kata() -> None:
    """How long the checks of kata 03 take on the solution."""
    for options in ([], ["--kata-start-method", "fork"]):
        values = []
        for _ in range(5):
            began = time.perf_counter()
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "katas/03_multiprocess",
                "--kata-source",
                "solutions",
                *options,
            ]
            subprocess.run(command, cwd=corpus.ROOT, check=True, stdout=subprocess.DEVNULL)
            values.append(time.perf_counter() - began)
        print(
            f"seconds of pytest katas/03_multiprocess --kata-source solutions {' '.join(options)}: {_summary(values)}"
        )


def observed() -> None:
    """A program under observation, in real time, against the same program bare."""
    remote = Remote()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.py"
        path.write_text(OBSERVED, "utf-8")
        for method in corpus.START_METHODS:
            text = OBSERVED.replace(
                "    main()\n", f"    __import__('multiprocessing').set_start_method('{method}')\n    main()\n"
            )
            path.write_text(text, "utf-8")
            bare, watched = [], []
            for _ in range(10):
                began = time.perf_counter()
                subprocess.run([sys.executable, str(path)], check=True, cwd=folder)
                bare.append(time.perf_counter() - began)
                lab = ProcessLab(remote, source.from_file(path, "program"), Settings(None, real_time=True))
                began = time.perf_counter()
                lab.script().finish()
                watched.append(time.perf_counter() - began)
            ratio = (statistics.median(watched) - 0.05) / statistics.median(bare)
            print(f"bare, {method}: {_summary(bare)}\nobserved: {_summary(watched)}")
            print(f"  (observed - 50 ms) / bare = {ratio:.2f}")
    remote.close()


def proof() -> None:
    """From the event that decides to the proof: join in the loop."""
    remote = Remote()
    for method in corpus.START_METHODS:
        values = []
        for _ in range(20):
            lab = ProcessLab(
                remote, source.from_file(WRONG / "joined-inside-the-loop.py", "start_and_join"), Settings(method)
            )
            with contextlib.suppress(CheckFailedError):
                lab.call("run_all", lab.task(), 10).gather(10)
            assert lab.last_run is not None
            trace = lab.last_run.trace
            proven = trace.first("stuck")
            assert proven is not None
            decisive = max(e.real for e in trace.of("task", "join"))
            values.append(1000 * (proven.real - decisive))
        print(f"milliseconds from the decisive event to the proof, {method}: {_summary(values)}")
    remote.close()


def _ours(folder: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            if folder in settings.of(process.environ()).home or any(folder in a for a in process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def kills(rounds: int = 100) -> None:
    """What is left when pytest is killed at random moments."""
    left, times = 0, []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "TMPDIR": folder}
            command = [sys.executable, "-m", "pytest", "-q", "katas/03_multiprocess", "--kata-source", "solutions"]
            pytest = subprocess.Popen(command, cwd=corpus.ROOT, env=environment, stdout=subprocess.DEVNULL)
            time.sleep(random.Random(number).uniform(0.2, 3.0))
            pytest.send_signal(signal.SIGKILL)
            pytest.wait()
            killed = time.perf_counter()
            while (survivors := _ours(folder)) and time.perf_counter() - killed < 5:
                pass
            times.append(time.perf_counter() - killed)
            left += len(survivors) + len(list(Path(folder).glob("conc-*")))
    print(f"processes and folders left after {rounds} kills of pytest: {left}")
    print(f"seconds until all were gone: {_summary(times)}")


def clients(count: int = 1000) -> None:
    """A thousand clients, all connected at once, each answered by a process of its own."""
    remote = Remote()
    path = corpus.ROOT / "solutions" / "04_tcp_server" / "process_server.py"
    settings = Settings("fork", deadline=600.0, cap=count + 50)
    lab = SocketLab(remote, source.from_file(path, "process_server"), settings)
    began = time.perf_counter()
    server = lab.serve("serve")
    visitors = server.connect_many(count)
    connected = time.perf_counter()
    for visitor in visitors:
        visitor.says(b"hello")
    for visitor in visitors:
        visitor.hears(b"HELLO")
    answered = time.perf_counter()
    server.serves_each_in_a_process_of_its_own(*visitors)
    looked = time.perf_counter()
    supervisor = psutil.Process(remote.pid).memory_info().rss / 2**20
    own = psutil.Process().memory_info().rss / 2**20
    server.ends_when_interrupted()
    ended = time.perf_counter()
    remote.close()
    print(f"clients: {count} on the solution of process_server, fork")
    print(f"  connected {connected - began:.1f} s, all answered {answered - connected:.1f} s more,")
    print(f"  proven to be apart {looked - answered:.1f} s more, ended {ended - looked:.1f} s more")
    print(f"  memory: supervisor {supervisor:.0f} MiB, this process {own:.0f} MiB")


def bomb() -> None:
    """A fork bomb against the cap."""
    remote = Remote()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "start_and_join.py"
        path.write_text(BOMB, "utf-8")
        alive, times = [], []
        for _ in range(10):
            lab = ProcessLab(remote, source.from_file(path, "start_and_join"), Settings(None))
            began = time.perf_counter()
            with contextlib.suppress(CheckFailedError):
                lab.call("run_all", lab.task(), 10).gather(10)
            times.append(time.perf_counter() - began)
            assert lab.last_run is not None
            event = lab.last_run.trace.first("cap")
            assert event is not None
            alive.append(float(event.get("live")))
        print(f"fork bomb, cap 64: alive {_summary(alive)}; seconds until it was over: {_summary(times)}")
    remote.close()


FIGURES: dict[str, Callable[[], None]] = {
    "ready": ready,
    "course": course,
    "naps": naps,
    "kata": kata,
    "observed": observed,
    "proof": proof,
    "clients": clients,
    "kills": kills,
    "bomb": bomb,
}

if __name__ == "__main__":
    for figure in sys.argv[1:] or FIGURES:
        FIGURES[figure]()
