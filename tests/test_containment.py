"""Programs that mean harm, or do it by accident: none gains by it, each ends in time, and nothing of it is left.

The programs are in `tests/programs/hostile`. Each runs under a supervisor that then checks a right program, so that
what one of them breaks is noticed at once.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import corpus
import psutil
import pytest

from conc_checker import topics
from conc_checker.course import source
from conc_checker.diagnosis.story import Story
from conc_checker.engine import channel, wire
from conc_checker.engine.subject import settings
from conc_checker.engine.supervisor.platform import linux
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Outcome, Verdict
from conc_checker.report import terminal
from conc_checker.topics.processes.lab import ProcessLab

HOSTILE = Path(__file__).parent / "programs" / "hostile"
SOLUTION = corpus.ROOT / "solutions" / "03_multiprocess"
DEADLINE = 3.0
CAP = 64

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the programs use what Linux has")


# ── the checks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def at_once(lab: ProcessLab) -> None:
    """Check, as kata 03 does, that ten tasks are alive together and waited for."""
    run = lab.call("run_all", lab.task(), 10)
    tasks = run.gather(10)
    tasks.are_separate_processes()
    run.is_waiting_for(tasks)
    tasks.release()
    run.finish()


def naps(lab: ProcessLab) -> None:
    """Check, as kata 03 does, that ten naps take as long as one."""
    lab.call("run_all", lab.nap(1.0), 10).finish().took(1.0)


def left(lab: ProcessLab) -> None:
    """Check, as kata 03 does, that no process is left."""
    lab.call("run_all", lab.nap(0.1), 4).finish().left_nothing()


def loads(lab: ProcessLab) -> None:
    """Check that the module can be imported."""
    lab.load().finish().started_nothing()


# ── the supervisor, and what is left of its runs ─────────────────────────────────────────────────────────────────────


class Home:
    """A supervisor whose files are all in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = Remote()

    def try_program(
        self, name: str, check: Callable[[ProcessLab], None] = at_once, settings: Settings | None = None
    ) -> tuple[Verdict, Trace]:
        """Run one check of a hostile program; see that nothing is left, and that the next check is as it should be."""
        program = source.from_file(HOSTILE / f"{name}.py", "start_and_join")
        verdict, trace = corpus.check_once(
            ProcessLab(self.remote, program, settings or Settings(deadline=DEADLINE)), check
        )
        assert not self.processes()
        assert not self.runs()
        self.passes()
        return verdict, trace

    def passes(self) -> None:
        """See that a right program passes."""
        lab = ProcessLab(self.remote, source.from_folder(SOLUTION, "start_and_join"))

        def check(lab: ProcessLab) -> None:
            lab.call("run_all", lab.task(), 2).gather(2).release()
            lab.last_run.finish()  # type: ignore[union-attr]

        verdict, _ = corpus.check_once(lab, check)
        assert verdict.passed, verdict

    def processes(self, *, templates: bool = False) -> list[psutil.Process]:
        """Return what lives of the runs: it descends from the supervisor, carries its settings, or is in its folder.

        Templates belong to the supervisor, not to a run.
        """
        mark, found = str(self.folder), []
        for process in psutil.process_iter():
            try:
                if process.status() == psutil.STATUS_ZOMBIE or process.pid in (os.getpid(), self.remote.pid):
                    continue
                if process.name() == settings.TEMPLATE and not templates:
                    continue
                ours = any(parent.pid == self.remote.pid for parent in process.parents())
                if ours or mark in " ".join(process.environ().values()) or mark in process.cwd():
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def runs(self) -> list[str]:
        """Return what there is of the runs' folders."""
        return [f"{p.parent.name}/{p.name}" for p in self.folder.glob("*/*") if p.name != "control"]


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """One supervisor for all these programs; at the end, nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="h-"))  # short, for the sockets in it
    previous, tempfile.tempdir = tempfile.tempdir, str(folder)
    found = Home(folder)
    try:
        yield found
        found.remote.close()
        assert not found.processes(templates=True)
        assert not list(folder.iterdir())
    finally:
        tempfile.tempdir = previous
        found.remote.close()
        for process in found.processes(templates=True):
            process.kill()
        folder.rmdir()


OUTCOMES = {
    "crashed": Outcome.CRASHED,
    "died-by-a-signal": Outcome.CRASHED,
    "supervisor-killed": Outcome.CRASHED,
    "never-ends": Outcome.TIMED_OUT,
}


def expect(verdict: Verdict, trace: Trace, *diagnoses: str) -> None:
    """Compare a verdict with those that are due; one of a starved run is inconclusive, which is no pass either."""
    if trace.facts.why == "starved":
        assert verdict.outcome is Outcome.INCONCLUSIVE
        return
    assert verdict.diagnosis is not None, verdict
    assert verdict.diagnosis.id in diagnoses, verdict
    assert verdict.outcome is OUTCOMES.get(verdict.diagnosis.id, Outcome.FAILED), verdict


# ── each ends, and none of them passes ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "diagnoses"),
    [
        ("exits_at_import", "exits-the-program"),
        ("exits_in_run_all", "exits-the-program"),
        ("exits_from_atexit", "not-joined not-alive-together nothing-started"),
        ("leaves_at_import", "exits-the-program"),
        ("stops_itself", "stopped-itself"),
        ("stops_a_child", "stopped-itself"),
        ("ignores_signals", "busy-waiting never-ends"),
        ("children_ignore_signals", "never-ends"),
        ("imports_for_ever", "never-ends"),
        ("computes_at_import", "import-never-ends busy-waiting never-ends"),
        ("holds_the_gil", "never-ends"),
        ("reads_input", "input-in-a-child"),
        ("segfaults", "died-by-a-signal"),
        ("recurses", "crashed"),
        ("recurses_in_c", "crashed died-by-a-signal"),
        ("returns_a_chameleon", "not-joined not-alive-together nothing-started"),
        ("raises_in_a_handler", "terminated-too-early child-failed-unnoticed"),
        ("is_woken_by_an_alarm", "not-joined"),
        ("bomb_chain", "not-joined never-ends"),
        ("chain_of_shells", "slept-instead-of-joining never-ends"),
    ],
)
def test_it_ends_and_is_named(home: Home, name: str, diagnoses: str) -> None:
    """A program that ends itself, stops, or never ends costs nobody else anything, and is told what it did."""
    expect(*home.try_program(name), *diagnoses.split())


def test_a_result_that_never_becomes_a_number_does_not_pass(home: Home) -> None:
    """A __float__ that hangs is the program's own time."""
    expect(*home.try_program("hangs_in_float"), "busy-waiting", "never-ends")


@pytest.mark.parametrize(
    "name",
    [
        "exits_in_an_exit_handler_of_children",
        "closes_every_descriptor",
        "changes_folder_and_umask",
        "leaves_a_daemon_thread",
        "leaves_a_thread",
        "leaves_a_daemon",
        "returns_a_huge_list",
        "writes_to_its_sockets",
        "sends_broken_messages",
        "many_nested_programs",
    ],
)
def test_what_is_odd_but_does_the_task_passes(home: Home, name: str) -> None:
    """Ten tasks that are alive together and waited for are that, whatever else the program does to itself."""
    # The usual deadline: a short one is for programs that never end.
    verdict, _ = home.try_program(name, settings=Settings())
    assert verdict.passed, verdict


@pytest.mark.parametrize("name", ["returns_a_huge_number", "returns_a_huge_list"])
def test_a_huge_result_is_a_wrong_one(home: Home, name: str) -> None:
    """What cannot be a number of seconds costs its check, and no other."""
    verdict_and_trace = home.try_program(name, naps, settings=Settings())
    expect(*verdict_and_trace, "elapsed-not-a-number", "clock-reading-returned", "elapsed-wrong")


# ── output ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["prints_for_ever", "complains_for_ever", "children_print_for_ever", "prints_300_megabytes"]
)
def test_output_without_end_ends_the_run(home: Home, name: str) -> None:
    """Sixteen megabytes are enough; the supervisor keeps their head and tail."""
    verdict, trace = home.try_program(name)
    expect(verdict, trace, "endless-output")
    over = trace.last("over")
    assert over is not None
    assert all(len(text) < 40_000 for text in over.get("output").values())


def test_output_that_terminals_obey_stays_out_of_the_report(home: Home) -> None:
    """Neither escape sequences nor commands to a continuous integration reach who reads the report."""
    verdict, trace = home.try_program("prints_escapes")
    expect(verdict, trace, "joined-inside-the-loop")
    for colour in (False, True):
        text = terminal.render(
            verdict, Story(trace), topics.messages("processes", "en"), width=80, colour=colour, ascii=False
        )
        assert "\x1b[2J" not in text
        assert "\x07" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())


# ── bombs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Sampler(threading.Thread):
    """Counts, again and again, who lives below a process; `most` is the largest number that was seen."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._pid = pid
        self._done = threading.Event()
        self.most = self.looks = 0

    def run(self) -> None:
        """Count until told to stop."""
        while not self._done.is_set():
            parents: dict[int, int] = {}
            for place in Path("/proc").iterdir():
                try:
                    row = (place / "stat").read_text() if place.name.isdigit() else ") Z"
                    fields = row.rpartition(")")[2].split() if f"({settings.TEMPLATE})" not in row else "Z"
                except OSError:
                    continue
                if fields[0] not in "ZX":
                    parents[int(place.name)] = int(fields[1])
            ours: set[int] = {self._pid}
            while found := {p for p, parent in parents.items() if parent in ours} - ours:
                ours |= found
            self.most, self.looks = max(self.most, len(ours) - 1), self.looks + 1

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()


@pytest.mark.parametrize("name", ["bomb_multiprocessing", "bomb_fork", "bomb_subprocess"])
def test_a_fork_bomb_hits_the_cap_exactly(home: Home, name: str) -> None:
    """Never more than 64 live, and the one that would be the 65th ends the run, however long it takes to get there."""
    home.passes()
    assert home.remote.pid is not None
    with Sampler(home.remote.pid) as sampler:
        verdict, trace = home.try_program(name, settings=Settings(deadline=60, cap=CAP))
    expect(verdict, trace, "too-many-processes")
    event, over = trace.first("cap"), trace.last("over")
    assert over is not None
    assert len(over.get("written").get("born.txt", "")) <= CAP
    assert 0 < sampler.most <= CAP
    if trace.facts.why != "starved":
        assert event is not None
        assert (event.get("live"), event.get("cap")) == (CAP, CAP)


def test_a_bomb_without_the_probe_is_ended_all_the_same(home: Home) -> None:
    """Shells ask nobody before they fork; they are counted from outside, and none is left."""
    verdict, trace = home.try_program("bomb_shell")
    expect(verdict, trace, "too-many-processes")


# ── signals to others ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "kills_its_parent",
        "kills_its_parents_group",
        "kills_by_a_negative_pid",
        "signals_everybody",
        "signals_pytests_group",
    ],
)
def test_a_signal_to_the_checker_is_refused(home: Home, name: str) -> None:
    """Neither the supervisor, nor pytest, nor their groups can be reached by os.kill and os.killpg."""
    home.passes()
    before = home.remote.pid
    verdict, trace = home.try_program(name)
    expect(verdict, trace, "kills-its-parent")
    assert home.remote.pid == before


def test_a_supervisor_that_is_killed_leaves_nothing(home: Home) -> None:
    """A shell can kill the supervisor; then all that it had started is ended, also with an empty environment."""
    home.passes()
    before = home.remote.pid
    verdict, trace = home.try_program("kills_its_parent_by_a_shell")
    expect(verdict, trace, "supervisor-killed")
    assert home.remote.pid != before


def test_a_supervisor_that_is_stopped_goes_on(home: Home) -> None:
    """A shell can stop the supervisor; it is woken, and the run comes to its right end."""
    verdict, _ = home.try_program("stops_its_parent_by_a_shell")
    assert verdict.passed, verdict


def test_a_supervisor_that_is_stopped_for_ever_is_given_up(home: Home) -> None:
    """One that is stopped again and again is of no use: all that it had started is ended, and the next check passes."""
    verdict, trace = home.try_program("stops_its_parent_again_and_again")
    expect(verdict, trace, "supervisor-killed", "not-alive-together", "deadlocked", "never-ends", "slept-instead")


def test_only_the_process_that_was_started_is_taken_for_the_supervisor() -> None:
    """Whoever connects first, as a program can that an earlier supervisor left behind, is not let in."""
    with tempfile.TemporaryDirectory() as folder:
        listener, address = channel.listen(folder, "control")
        _only_our_child_is_let_in(listener, address)


def _only_our_child_is_let_in(listener: socket.socket, address: str) -> None:
    stranger = channel.connect(address)
    code = "import sys; from conc_checker.engine import channel; s = channel.connect(sys.argv[1]); sys.stdin.read()"
    with listener, stranger, subprocess.Popen([sys.executable, "-c", code, address], stdin=subprocess.PIPE) as child:
        remote = Remote()
        remote._process = child
        with remote._accept(listener) as control:
            assert channel.peer_pid(control) == child.pid
        assert child.stdin is not None
        child.stdin.close()


def test_a_supervisor_whose_start_is_interrupted_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C may come before the supervisor has connected: it is waited for, and its folder goes with it."""

    def interrupted(remote: Remote, listener: socket.socket) -> socket.socket:
        raise KeyboardInterrupt

    with tempfile.TemporaryDirectory(prefix="i-") as folder:  # short, for the socket in it
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setattr(Remote, "_accept", interrupted)
        remote = Remote()
        with pytest.raises(KeyboardInterrupt):
            remote.ask(wire.Close())
        pid = remote.pid
        assert pid is not None
        remote.close()
        assert not psutil.pid_exists(pid)
        assert list(Path(folder).iterdir()) == []


def test_a_supervisor_that_cannot_be_started_leaves_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder may be too deep for sockets: that is said, and nothing stays there."""
    with tempfile.TemporaryDirectory(prefix="d" * 100) as deep:
        monkeypatch.setattr(tempfile, "tempdir", deep)
        with pytest.raises(OSError, match="too long"):
            Remote().ask(wire.Close())
        assert list(Path(deep).iterdir()) == []


def test_a_process_lives_in_its_other_threads() -> None:
    """One whose first thread has ended looks like a zombie, and is none."""
    code = (
        "import ctypes, os, threading; threading.Thread(target=os.read, args=(0, 1)).start(); "
        "print(flush=True); ctypes.CDLL(None).syscall({'x86_64': 60}.get(os.uname().machine, 93), 0)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        while "Z" not in Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2][:3]:
            pass  # until its first thread has ended
        process = linux._read_process(child.pid)
        assert process is not None
        assert process.is_alive
        linux.Linux.kill(linux.Linux.__new__(linux.Linux), [process])
        assert child.wait() == -signal.SIGKILL


# ── tampering ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "diagnoses"),
    [
        ("patches_the_clocks", "joined-inside-the-loop"),
        ("patches_getpid", "crashed"),
        ("patches_sockets", "not-alive-together not-joined"),
        ("patches_json", "deadlocked"),
        ("patches_join", "not-joined"),
        ("uses_threads_with_made_up_pids", "threads-instead-of-processes"),
        ("keeps_idle_decoys", "one-process-for-all started-one-after-another-by-a-lock"),
        ("deletes_its_folder", "not-alive-together not-joined"),
        ("plants_the_next_run", "not-alive-together not-joined nothing-started"),
        ("nests_folders", "not-alive-together not-joined nothing-started"),
    ],
)
def test_tampering_gains_nothing(home: Home, name: str, diagnoses: str) -> None:
    """What a program patches in itself, or does to its folder, makes no wrong program right."""
    expect(*home.try_program(name), *diagnoses.split())


@pytest.mark.parametrize(
    ("name", "check", "why"),
    [
        ("forges_tasks_in_main", at_once, "met"),
        ("forges_tasks_in_one_child", at_once, "met"),
        ("forges_tasks_of_the_dead", at_once, "stuck"),
        ("forges_task_ends", naps, "forged"),
        ("forges_the_end_in_a_child", at_once, "forged"),
        ("forges_the_end_twice", left, "forged"),
        ("forges_the_supervisors_words", left, "ended"),
    ],
)
def test_a_forged_message_gains_nothing(home: Home, name: str, check: Callable[[ProcessLab], None], why: str) -> None:
    """A message counts for the process that the kernel names: one cannot speak for ten, nor for main."""
    verdict, trace = home.try_program(name, check)
    assert not verdict.passed
    assert trace.facts.why in (why, "starved")


def test_a_forged_message_is_no_event_of_the_supervisor(home: Home) -> None:
    """What only the supervisor finds out is in the trace only where the supervisor found it out."""
    _, trace = home.try_program("forges_the_supervisors_words", left)
    assert [len(trace.of(kind)) for kind in ("run-begin", "left", "over")] == [1, 1, 1]


@pytest.mark.parametrize(
    "name",
    [
        "floods_with_lines",
        "floods_from_children",
        "floods_with_one_line",
        "floods_with_messages",
        "connects_for_ever",
    ],
)
def test_a_flood_of_messages_ends_the_run(home: Home, name: str) -> None:
    """Whoever talks to the checker without end is cut off, and does not keep it from ending the run."""
    home.passes()
    before = home.remote.pid
    verdict, trace = home.try_program(name)
    expect(verdict, trace, "never-ends")
    assert home.remote.pid == before
    if trace.facts.why != "starved":
        assert trace.first("limit") is not None


def test_unread_answers_do_not_stop_the_supervisor(home: Home) -> None:
    """A program that asks and never listens is not waited for."""
    verdict, _ = home.try_program("asks_and_never_listens")
    assert verdict.outcome is Outcome.FAILED


# ── what is left ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "diagnosis"),
    [("leaves_a_daemon", "left-running"), ("leaves_zombies", "zombie-left"), ("leaves_a_port_bound", "left-running")],
)
def test_leftovers_are_findings(home: Home, name: str, diagnosis: str) -> None:
    """A process that is left over costs the check that asks for it, in whatever session it hides."""
    expect(*home.try_program(name, left), diagnosis)


def test_a_bound_port_is_free_again(home: Home) -> None:
    """The port of a process that was left over can be bound as soon as the run is over."""
    _, trace = home.try_program("leaves_a_port_bound", left)
    over = trace.last("over")
    assert over is not None
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", int(over.get("written")["port.txt"])))


def test_shared_memory_and_semaphores_are_given_back(home: Home) -> None:
    """What has a name in the system, and outlives processes, is gone with the run."""
    _, trace = home.try_program("leaves_shared_memory")
    over = trace.last("over")
    assert over is not None
    names = over.get("written")["names.txt"].split()
    assert len(names) == 4
    assert [name for name in names if Path("/dev/shm", name).exists()] == []


def test_temporary_files_go_with_the_run(home: Home) -> None:
    """What a program puts where temporary files go, as multiprocessing does, is deleted with its folder."""
    _, trace = home.try_program("leaves_temporary_files")
    over = trace.last("over")
    assert over is not None
    assert not Path(over.get("written")["names.txt"]).exists()
