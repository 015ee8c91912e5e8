"""A warm start: each run is forked from a template, and is as if an interpreter had been started anew for it.

Most of these tests run a program twice, and compare what it sees with what it sees in a fresh interpreter.
"""

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
from conc_checker.engine import wire
from conc_checker.engine.subject import settings
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.run import CheckFailedError, Run
from conc_checker.record.trace import Trace
from conc_checker.topics.processes.lab import ProcessLab

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans to the supervisor")

PATIENCE = 60.0  # seconds; nothing is decided by them
Look = Callable[..., Any]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure no coverage in these runs, but where a test is about it."""
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def remote() -> Iterator[Remote]:
    """A supervisor with no template yet."""
    found = Remote()
    yield found
    found.close()


@pytest.fixture
def look(remote: Remote, tmp_path: Path) -> Look:
    """Run a program that prints what it sees as JSON, and return that."""

    def run(text: str, *, fresh: bool = False, right: bool = True) -> Any:
        over = script(remote, program_of(tmp_path, text, fresh=fresh), right=right).last("over")
        assert over is not None
        assert not over.get("output")["stderr"]
        return json.loads(over.get("output")["stdout"])

    return run


def program_of(folder: Path, text: str, *, fresh: bool = False) -> source.Program:
    """Return a program; with a file that takes a standard module's place it always starts fresh."""
    place = folder / ("fresh" if fresh else "warm")
    place.mkdir(exist_ok=True)
    (place / "program.py").write_text(textwrap.dedent(text), encoding="utf-8")
    if fresh:
        (place / "antigravity.py").touch()
    return source.from_folder(place, "program")


def script(remote: Remote, program: source.Program, *, right: bool = True) -> Trace:
    """Run a program as a script; what a check says of it must be as expected."""
    verdict, trace = corpus.check_once(ProcessLab(remote, program), lambda lab: lab.script().finish())
    assert verdict.passed == right, verdict
    return trace


def templates(remote: Remote) -> list[psutil.Process]:
    """Return the templates of a supervisor."""
    assert remote.pid is not None
    return [p for p in psutil.Process(remote.pid).children() if p.name() == settings.TEMPLATE]


def until(condition: Callable[[], object]) -> None:
    """Wait for what is to come, however long it takes."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


# ── as if it had been started anew ───────────────────────────────────────────────────────────────────────────────────

SEES = {
    "environment": """
        import json, os
        names = {**os.environ, "CONC_CHECKER": "", "TMPDIR": "", "TEMP": "", "TMP": ""}
        raw = os.popen("env").read().splitlines()
        print(json.dumps([names, sorted(row.partition("=")[0] for row in raw)]))
        """,
    "descriptors": """
        import json, os, stat
        found = {}
        for name in os.listdir("/proc/self/fd"):
            try:
                found[name] = [stat.S_IFMT(os.fstat(int(name)).st_mode), os.get_inheritable(int(name))]
            except OSError:
                pass  # the one that lists them
        print(json.dumps(found))
        """,
    "streams": """
        import json, sys
        print(json.dumps([
            [s.name, s.encoding, s.errors, s.isatty(), s.line_buffering, s.buffer.raw.seekable(), s.fileno(), s.mode]
            for s in (sys.stdin, sys.stdout, sys.stderr)
        ]), flush=True)
        assert sys.stdin.read() == ""
        """,
    "signals": """
        import json, signal
        handlers = {s.name: str(signal.getsignal(s)).partition(" at ")[0] for s in signal.valid_signals()
                    if isinstance(s, signal.Signals)}
        status = [row for row in open("/proc/self/status") if row[:3] == "Sig" or row[:3] == "Shd"]
        status = [row for row in status if not row.startswith("SigQ")]
        print(json.dumps([handlers, status, signal.getitimer(signal.ITIMER_REAL)]))
        """,
    "limits": """
        import json, os, resource
        names = [n for n in dir(resource) if n.startswith("RLIMIT")]
        umask = os.umask(0)
        print(json.dumps([{n: resource.getrlimit(getattr(resource, n)) for n in names}, umask, os.nice(0)]))
        """,
    "place": """
        import json, multiprocessing.process, os, sys
        here = os.getcwd()
        names = [a.replace(here, "HERE") for a in (*sys.argv, *sys.path, *sys.orig_argv, __file__)]
        original = multiprocessing.process.ORIGINAL_DIR == here
        print(json.dumps([names, here == os.path.dirname(__file__), original, sys.executable, sys.prefix]))
        """,
    "session": """
        import json, os
        me = os.getpid()
        comm = open("/proc/self/comm").read()
        print(json.dumps([os.getsid(0) == me, os.getpgid(0) == me, comm]))
        """,
    "flags": """
        import gc, json, locale, sys, warnings
        print(json.dumps([str(sys.flags), sys.warnoptions, str(sys._xoptions), locale.setlocale(locale.LC_ALL),
            sys.getfilesystemencoding(), gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), gc.garbage,
            gc.get_debug(), sys.getrecursionlimit(), sys.getswitchinterval(), str(sys.gettrace()),
            str(sys.getprofile()), [str(f) for f in warnings.filters], sys.dont_write_bytecode]))
        """,
    "threads": """
        import json, os, threading
        main = threading.main_thread()
        print(json.dumps([threading.active_count(), main is threading.current_thread(), main.name, main.daemon,
            main.ident == threading.get_ident(), main.native_id == os.getpid() == threading.get_native_id(),
            len(os.listdir("/proc/self/task"))]))
        """,
    "multiprocessing": """
        import json, multiprocessing
        def work(): pass
        me = multiprocessing.current_process()
        child = multiprocessing.get_context("fork").Process(target=work)
        print(json.dumps([me.name, me.daemon, list(me._identity), me._parent_pid, child.name,
            len(multiprocessing.active_children()), multiprocessing.get_start_method(),
            multiprocessing.parent_process()]))
        """,
}


@pytest.mark.parametrize("what", SEES)
def test_a_program_sees_what_it_would_see_in_a_fresh_interpreter(look: Look, what: str) -> None:
    """Environment, descriptors, streams, signals, limits, places, flags, threads: nothing tells how it was started."""
    fresh, warm = look(SEES[what], fresh=True), look(SEES[what])
    assert json.dumps(warm).replace("/fresh/", "/warm/") == json.dumps(fresh).replace("/fresh/", "/warm/")


def test_its_parent_is_the_supervisor(look: Look, remote: Remote) -> None:
    """The one that reaps it, reads its exit code, and with which it ends."""
    text = "import json, os; print(json.dumps([os.getppid(), os.getpid()]))"
    assert [look(text)[0], look(text, fresh=True)[0]] == [remote.pid, remote.pid]


def test_its_exit_code_is_known(remote: Remote, tmp_path: Path) -> None:
    """The supervisor hears how it ended."""
    trace = script(remote, program_of(tmp_path, "import sys; sys.exit(0)"))
    over = trace.last("over")
    assert over is not None
    assert over.get("exit_code") == 0
    assert templates(remote)


# ── nothing of one run can be seen in the next ───────────────────────────────────────────────────────────────────────

CHANGES_EVERYTHING = """
    import atexit, gc, json, locale, logging, os, random, signal, sys, tempfile, threading, time, multiprocessing
    sys.path.append("/changed")
    sys.modules["changed"] = sys
    import fractions
    json.changed = True
    os.environ["CHANGED"] = "1"
    os.environ["PATH"] = "/changed"
    kept = open("changed.txt", "w")
    os.dup2(kept.fileno(), 77)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    random.seed(1)
    tempfile.tempdir = "/changed"
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    threading.settrace(print)
    sys.addaudithook(lambda event, args: os.write(2, b"changed") if event == "changed" else None)
    gc.disable()
    gc.freeze()
    sys.setrecursionlimit(5000)
    multiprocessing.current_process().name = "changed"
    multiprocessing.process._children.add(object)
    multiprocessing.process._children.clear()
    next(multiprocessing.process._process_counter)
    os.umask(0o77)
    os.chdir("/")
    atexit.register(os.write, 2, b"")
    sys.stdout.write("[]")
    sys.stdout.flush()
"""
SEES_IT = """
    import json, sys
    modules = sorted(sys.modules)
    import gc, multiprocessing, os, signal, tempfile, threading
    sys.audit("changed")
    print(json.dumps([modules, sys.path[1:], hasattr(json, "changed"), os.environ.get("CHANGED"), os.environ["PATH"],
        sorted(os.listdir("/proc/self/fd"))[:-1], str(signal.getsignal(signal.SIGUSR1)),
        str(signal.getsignal(signal.SIGTERM)), list(signal.pthread_sigmask(signal.SIG_BLOCK, [])), tempfile.tempdir,
        threading.active_count(), threading._trace_hook, gc.isenabled(), gc.get_freeze_count(),
        sys.getrecursionlimit(), multiprocessing.current_process().name,
        str(multiprocessing.process._process_counter), os.umask(0), os.getcwd() == sys.path[0],
        os.listdir(".")]))
"""


def test_nothing_of_one_run_is_seen_in_the_next(look: Look, remote: Remote) -> None:
    """Modules, environment, descriptors, handlers, threads, hooks: the same before and after one that changes all."""
    before = look(SEES_IT)
    (template,) = templates(remote)
    assert look(CHANGES_EVERYTHING) == []
    assert look(SEES_IT) == before
    assert templates(remote) == [template]


def test_chance_differs_from_run_to_run(look: Look) -> None:
    """Random numbers, names of temporary files, and keys by which processes trust each other."""
    text = """
        import json, multiprocessing, random, secrets, tempfile, uuid
        own = random.Random()
        print(json.dumps([random.random(), own.random(), secrets.token_hex(), uuid.uuid4().hex, uuid.uuid1().hex,
            next(tempfile._get_candidate_names()), multiprocessing.current_process().authkey.hex()]))
        """
    runs = [look(text) for _ in range(3)]
    assert all(len(set(column)) == 3 for column in zip(*runs, strict=True))


def test_runs_that_need_a_fixed_seed_for_hashes_have_a_template_of_their_own(remote: Remote, tmp_path: Path) -> None:
    """A schedule that depends on the order of a set is the same each time; other programs get a seed by chance."""
    order = program_of(tmp_path, "print([hash('a') % 1000, hash('b') % 1000])")
    printed = []
    for answers in (True, False, True):
        lab = ProcessLab(remote, order)
        run = lab._start(Run, "answer" if answers else "import")
        run.advance(wire.Answered() if answers else wire.Ended())
        lab.close()
        over = run.trace.last("over")
        assert over is not None
        printed.append(over.get("output")["stdout"])
    assert len(templates(remote)) == 2
    assert printed[0] == printed[2] != printed[1]


def test_coverage_measures_each_run_for_itself(remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under coverage, too, a run is forked; its data name its own files, and each has data of its own."""
    coverage = pytest.importorskip("coverage")
    config = tmp_path / "coveragerc"
    data = tmp_path / "data"
    data.mkdir()
    config.write_text(f"[run]\nparallel = true\ndata_file = {data}/c\n", "utf-8")
    monkeypatch.setenv("COVERAGE_PROCESS_START", str(config))
    seen: list[set[str]] = []
    known: set[Path] = set()
    for name in ("one", "two"):
        place = tmp_path / name
        place.mkdir()
        (place / f"{name}.py").write_text("x = 1\n", "utf-8")
        script(remote, source.from_folder(place, name))
        files = set(data.iterdir()) - known
        known |= files
        measured: set[str] = set()
        for file in files:
            found = coverage.CoverageData(str(file))
            found.read()
            measured |= {Path(path).name for path in found.measured_files()}
        seen.append(measured & {"one.py", "two.py"})
    assert templates(remote)
    assert seen == [{"one.py"}, {"two.py"}]


# ── who starts warm, and what happens when something is killed ───────────────────────────────────────────────────────


def test_a_file_that_takes_a_standard_modules_place_takes_it(remote: Remote, tmp_path: Path) -> None:
    """The template has loaded queue.py of the library; a learner's own must be found all the same."""
    program = program_of(tmp_path, "import queue; print(queue.MINE)")
    (tmp_path / "warm" / "queue.py").write_text("MINE = 1\n", "utf-8")
    program = source.from_folder(tmp_path / "warm", "program")
    over = script(remote, program, right=False).last("over")  # which is another matter
    assert over is not None
    assert over.get("output")["stdout"] == "1\n"
    assert not templates(remote)


def test_other_hosts_start_fresh(tmp_path: Path) -> None:
    """Where the supervisor is no subreaper, there is no template."""
    remote = Remote("portable")
    try:
        script(remote, program_of(tmp_path, ""))
        assert not templates(remote)
    finally:
        remote.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_template_that_is_killed_is_started_again(look: Look, remote: Remote, number: int) -> None:
    """No run fails because of it, not even the next."""
    text = "import json, os; print(json.dumps(os.getpid()))"
    look(text)
    (first,) = templates(remote)
    first.send_signal(number)
    until(lambda: not templates(remote) or templates(remote)[0].status() == psutil.STATUS_ZOMBIE)
    look(text)
    (second,) = [p for p in templates(remote) if p.status() != psutil.STATUS_ZOMBIE]
    assert second.pid != first.pid


def test_a_run_outlives_its_template(remote: Remote) -> None:
    """Killed in mid-run, the template takes nothing with it; it is not part of the program."""
    program = source.from_folder(corpus.ROOT / "solutions" / "03_multiprocess", "start_and_join")

    def check(lab: ProcessLab) -> None:
        run = lab.call("run_all", lab.task(), 4)
        tasks = run.gather(4)
        (template,) = templates(remote)
        template.kill()
        tasks.release()
        run.finish().left_nothing()

    for _ in range(2):
        verdict, _ = corpus.check_once(ProcessLab(remote, program), check)
        assert verdict.passed, verdict


def test_a_template_is_out_of_reach_of_signals(look: Look, remote: Remote) -> None:
    """A learner's os.kill cannot hit it, nor its group; and a program does not find it among its own."""
    look("print('[]')")
    (template,) = templates(remote)
    text = f"""
        import json, os, signal
        found = []
        for kill in (os.kill, os.killpg):
            try:
                kill({template.pid}, signal.SIGTERM)
            except PermissionError:
                found.append(kill.__name__)
        print(json.dumps(found))
        """
    assert look(text, right=False) == ["kill", "killpg"]
    assert templates(remote) == [template]


@pytest.mark.parametrize("first", ["supervisor", "template"])
def test_all_end_with_the_supervisor_however_it_ends(remote: Remote, first: str) -> None:
    """SIGKILL to the supervisor, with the template killed before or not: no process of a run survives."""
    program = source.from_folder(corpus.ROOT / "solutions" / "03_multiprocess", "start_and_join")
    lab = ProcessLab(remote, program)
    run = lab.call("run_all", lab.task(), 2)
    run.gather(2)
    assert remote.pid is not None
    supervisor = psutil.Process(remote.pid)
    everybody = supervisor.children(recursive=True)
    assert run.trace.main in [p.pid for p in everybody]
    if first == "template":
        templates(remote)[0].kill()
    supervisor.kill()
    _, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
    with pytest.raises(CheckFailedError):  # it says that the supervisor was lost
        run.finish()


def test_a_program_that_never_speaks_ends_with_the_supervisor(remote: Remote, tmp_path: Path) -> None:
    """Its line to the supervisor, by which others notice, does not help one that waits for something else."""
    program = program_of(tmp_path, "import os; there, here = os.pipe(); os.read(there, 1)")
    run = ProcessLab(remote, program).script()
    run.advance(wire.Ended())  # it is stuck
    assert remote.pid is not None
    main = psutil.Process(run.trace.main)
    assert main.name() != settings.TEMPLATE
    psutil.Process(remote.pid).kill()
    psutil.wait_procs([main], timeout=PATIENCE)
    assert not main.is_running() or main.status() == psutil.STATUS_ZOMBIE
    with pytest.raises(CheckFailedError):
        run.stop()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_template_has_no_memory_that_a_program_can_read(look: Look, remote: Remote) -> None:
    """Neither its memory nor its descriptors can be read by who runs the program; those of a program can."""
    look("print('[]')")
    (template,) = templates(remote)
    with pytest.raises(PermissionError):
        os.listdir(f"/proc/{template.pid}/fd")
    assert look("import json, os; print(json.dumps(len(os.listdir('/proc/self/fd')) > 2))")


def test_a_template_knows_nothing_of_a_run(look: Look, remote: Remote) -> None:
    """It stands in no run's folder, and holds no descriptor but its own."""
    look("print('[]')")
    (template,) = templates(remote)
    before = sorted(os.listdir(f"/proc/{template.pid}/fd"))
    for _ in range(3):
        look(CHANGES_EVERYTHING)
    assert templates(remote) == [template]
    assert sorted(os.listdir(f"/proc/{template.pid}/fd")) == before
    assert template.cwd() == "/"
    assert not template.children()
