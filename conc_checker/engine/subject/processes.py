"""Reports what the learner's code does with `multiprocessing`: created, started, joined, ended, and from which line.

These are claims of the subject about itself. They explain a verdict; what a verdict rests on comes from the kernel.
"""

from __future__ import annotations

import functools
import multiprocessing
import multiprocessing.context
import multiprocessing.process
import multiprocessing.util
import os
import sys
import threading
import weakref
from types import ModuleType

from conc_checker.engine.subject import clock, limits, link, recurrence, settings, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Snapshot = dict[str, tuple[str, Any]]

# Typed as anything: what is private in them has no types, and it is what we need.
_Process: Any = multiprocessing.process.BaseProcess
_util: Any = multiprocessing.util
_keys: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
# By line: the news and this thread's pauses when it was asked last, and how often since.
_polls: dict[str, tuple[tuple[int, int], int]] = {}


def install() -> None:
    """Wrap what learners call; each wrapper reports, then does what it always did."""
    _set_start_method()
    wrap(_Process, "__init__", _created)
    wrap(_Process, "start", _started)
    wrap(_Process, "join", _joined)
    for name in ("terminate", "kill", "close", "interrupt"):
        if hasattr(_Process, name):
            wrap(_Process, name, _ended_by(name))
    wrap(_Process, "is_alive", _polled("is_alive"))
    wrap(_Process, "_bootstrap", _run_in_child)
    _wrap_exitcode()
    # Both names of the function that pools and learners call.
    active = multiprocessing.process.active_children

    @functools.wraps(active)
    def active_children() -> list[Any]:
        count_poll("active_children")
        return active()

    multiprocessing.process.active_children = active_children
    multiprocessing.active_children = active_children
    if os.name == "posix":
        _wrap_spawn()
    wrap(threading.Thread, "start", _thread_started)
    _wrap_end_of_child()
    _wrap_getppid()


def _wrap_exitcode() -> None:
    original: Any = _Process.exitcode

    def exitcode(process: Any) -> Any:
        count_poll("exitcode")
        return original.fget(process)

    _Process.exitcode = property(functools.wraps(original.fget)(exitcode), doc=original.__doc__)


def _wrap_spawn() -> None:
    original = _util.spawnv_passfds

    @functools.wraps(original)
    def spawnv_passfds(*args: Any) -> Any:
        link.ask("fork", sites.here(), how="spawn")
        return original(*args)

    _util.spawnv_passfds = spawnv_passfds


def _set_start_method() -> None:
    """Change the default only: the learner's own `set_start_method` must go on working, once."""
    method = settings.current.start_method
    if method:
        default: Any = multiprocessing.context._default_context
        default._default_context = multiprocessing.get_context(method)


def wrap(owner: type, name: str, report: Callable[..., Any]) -> None:
    """Let a method report by `report(original, self, …)`, where the learner's code calls it and not the probe."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def wrapper(self: Any, *args: Any, **keywords: Any) -> Any:
        if not link.is_open() or link.is_quiet():
            return original(self, *args, **keywords)
        return report(original, self, *args, **keywords)

    setattr(owner, name, wrapper)


def _key(process: Any) -> str:
    """Return a name for a Process object: its creator's pid and a number."""
    key = _keys.get(process)
    if key is None:
        key = _keys[process] = f"{os.getpid()}.{len(_keys) + 1}"
    return key


def _pid(process: Any) -> int | None:
    popen = getattr(process, "_popen", None)
    return popen.pid if popen is not None else None


def _created(original: Callable[..., Any], process: Any, *args: Any, **keywords: Any) -> None:
    site = sites.here()
    original(process, *args, **keywords)
    if site is None:
        return
    kind = type(process)
    own = [n for n in ("start", "run", "join", "__init__") if sites.is_learners(_file_of(getattr(kind, n, None)))]
    target = process._target
    link.emit(
        "create",
        site,
        key=_key(process),
        name=process.name,
        daemon=process.daemon,
        target=getattr(target, "__qualname__", type(target).__name__) if target is not None else None,
        module=getattr(target, "__module__", None) if target is not None else None,
        args=len(process._args),
        overrides=own,
    )


def _file_of(function: Any) -> str:
    code = getattr(function, "__code__", None)
    return code.co_filename if code is not None else ""


def _started(original: Callable[..., Any], process: Any) -> None:
    site = sites.here()
    # Read without the properties: a subclass may not have called Process.__init__, and the error must be Python's own.
    about = {
        "key": _key(process),
        "name": getattr(process, "_name", ""),
        "daemon": bool(getattr(process, "_config", {}).get("daemon")),
    }
    link.emit("start", site, **about)
    original(process)
    link.emit("started", site, pid=_pid(process), **about)


def _joined(original: Callable[..., Any], process: Any, timeout: float | None = None) -> None:
    if isinstance(timeout, int | float) and timeout <= 0:  # that only asks
        count_poll("join")
        original(process, timeout)
        return
    site = sites.here()
    pid = _pid(process)
    link.emit("join", site, key=_key(process), pid=pid, timeout=timeout)
    mine = not clock.is_library(sys._getframe(2))
    if timeout is not None and pid is not None and mine and _is_virtual_wait(timeout):
        # A timed wait that we do control: it ends when the child has ended or the subject's clock says so.
        ended = link.ask("join-timed", site, pid=pid, seconds=timeout, **recurrence.state()).get("ended")
        original(process, None if ended else 0)
    else:
        original(process, timeout)
    # The result's own look at the exit code must not count as the learner's polling.
    popen = getattr(process, "_popen", None)
    code = popen.returncode if popen is not None else None
    link.emit("joined", site, key=_key(process), pid=pid, ended=code is not None, exitcode=code)


def _is_virtual_wait(timeout: Any) -> bool:
    return clock.is_virtual() and isinstance(timeout, int | float) and 0 < timeout < 1e9


def _ended_by(name: str) -> Callable[..., Any]:
    def report(original: Callable[..., Any], process: Any) -> Any:
        link.emit("end-by", sites.here(), how=name, key=_key(process), pid=_pid(process))
        return original(process)

    return report


def _polled(what: str) -> Callable[..., Any]:
    def report(original: Callable[..., Any], process: Any) -> Any:
        count_poll(what)
        return original(process)

    return report


def count_poll(what: str) -> None:
    """Count looks at a process's state from one line with no news between them, and report the 1st, 10th, 100th …."""
    if not link.is_open() or link.is_quiet():
        return
    site = sites.here()
    if site is None:
        return
    place = str(site)
    # A server that looks after its children whenever a client comes asks often, too, but something happens in between;
    # and who pauses between two looks keeps no processor busy.
    now = link.news(), link.pauses()
    when, count = _polls.get(place, (now, 0))
    count = count + 1 if when == now else 1
    _polls[place] = now, count
    if str(count).rstrip("0") == "1":
        link.emit("poll", site, what=what, count=count)


def _thread_started(original: Callable[..., Any], thread: threading.Thread) -> None:
    site = sites.here()
    if site is not None:
        link.emit("thread", site, name=thread.name)
    original(thread)


def _wrap_getppid() -> None:
    original = os.getppid

    @functools.wraps(original)
    def getppid() -> int:
        found = original()
        site = sites.here() if link.is_open() and not link.is_quiet() else None
        if site is not None:
            link.emit("getppid", site, found=found)
        return found

    os.getppid = getppid


# ── inside a child ───────────────────────────────────────────────────────────────────────────────────────────────────


def _run_in_child(original: Callable[..., Any], process: Any, *args: Any, **keywords: Any) -> Any:
    # A manager's server looks once a second whether it should end: that waits for nobody.
    target = process._target
    is_service = "multiprocessing.managers" in (
        getattr(target, "__module__", ""),
        type(getattr(target, "__self__", None)).__module__,
    )
    if is_service:
        limits.become_a_service()
    link.ask("begin", name=process.name, daemon=process.daemon, service=is_service)
    _wrap_printing()
    _report_kept_exceptions()
    before = snapshot_of_globals()
    # The arguments, and the attributes that a subclass keeps: a change to either stays in the child.
    given = {str(n): v for n, v in enumerate(getattr(process, "_args", ()))} | getattr(process, "_kwargs", {})
    own = {n: v for n, v in vars(process).items() if not n.startswith("_")}
    arguments = {n: _fingerprint(v) for n, v in {**given, **own}.items()}
    try:
        code = original(process, *args, **keywords)
    finally:
        changed = changed_globals(before)
        now = {**given, **{n: getattr(process, n, None) for n in own}}
        lost = [n for n, mark in arguments.items() if _fingerprint(now[n]) != mark]
        if changed or lost:
            link.emit("changed-in-child", names=changed, arguments=lost)
    link.ask("return", code=code)
    return code


def _report_kept_exceptions() -> None:
    """Learn of exceptions that a pool's worker does not raise but sends to main, which may never look at them."""
    for module, name in (
        ("multiprocessing.pool", "ExceptionWithTraceback"),
        ("concurrent.futures.process", "_ExceptionWithTraceback"),
    ):
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and not hasattr(kind.__init__, "__wrapped__"):
            wrap(kind, "__init__", _kept)


def _kept(original: Callable[..., Any], kept: Any, error: BaseException, trace: Any) -> None:
    link.emit("raised", **sites.describe(error))
    original(kept, error, trace)


def _wrap_end_of_child() -> None:
    """Learn of the exception that ends a child where multiprocessing itself deals with it.

    So no frame of ours is in the traceback that the learner sees. Up to 3.13 a child's exit functions run while the
    exception is on its way; later versions run them elsewhere, and only the printing of the traceback is left.
    """
    if "_exit_function" in _bootstrap_code.co_names:
        _wrap_function(_util, "_exit_function")


def _wrap_printing() -> None:
    """Wrap `traceback.print_exc` in a child; that module is not loaded before it is needed."""
    if "_exit_function" not in _bootstrap_code.co_names:
        import traceback

        if not hasattr(traceback.print_exc, "__wrapped__"):
            _wrap_function(traceback, "print_exc")


def _wrap_function(module: Any, name: str) -> None:
    original = getattr(module, name)

    @functools.wraps(original)
    def wrapper(*args: Any, **keywords: Any) -> Any:
        error = sys.exc_info()[1]
        if error is not None and sys._getframe(1).f_code is _bootstrap_code and not isinstance(error, SystemExit):
            link.emit("raised", **sites.describe(error))
        return original(*args, **keywords)

    setattr(module, name, wrapper)


_bootstrap_code = _Process._bootstrap.__code__


def snapshot_of_globals() -> Snapshot:
    """Return a fingerprint of the learner's global variables, as far as they are plain values or containers."""
    found: Snapshot = {}
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and sites.is_learners(getattr(module, "__file__", None) or ""):
            for name, value in list(vars(module).items()):
                if name.startswith("__"):
                    continue
                found[name] = _fingerprint(value)
                if isinstance(value, type) and value.__module__ == module.__name__:
                    for attribute, inner in list(vars(value).items()):
                        if not attribute.startswith("_"):
                            found[f"{name}.{attribute}"] = _fingerprint(inner)
    return found


def changed_globals(before: Snapshot) -> list[str]:
    """Return the names of the learner's globals that now look different."""
    now = snapshot_of_globals()
    return [name for name in now if before.get(name) != now[name]][:20]


def _fingerprint(value: Any) -> tuple[str, Any]:
    kind = type(value)
    if kind in (bool, int, float, str, bytes) or value is None:
        return kind.__name__, repr(value)[:100]
    if kind in (list, tuple, set, dict, bytearray):
        return kind.__name__, (len(value), repr(value)[:200] if _is_plain(value) else "")
    if isinstance(value, ModuleType | type) or hasattr(kind, "__get__"):
        return "", ""
    return kind.__name__, id(value)


def _is_plain(value: Any) -> bool:
    """Whether a container holds only numbers and strings, whose repr cannot run a learner's code."""
    items = [*value.keys(), *value.values()] if type(value) is dict else list(value)
    return all(type(item) in (bool, int, float, str, bytes, type(None)) for item in items[:50])
