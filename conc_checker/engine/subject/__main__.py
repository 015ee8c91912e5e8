"""The subject's main process: fetches its job from the supervisor, runs the learner's module, reports how it went.

Started as a file, not with `-m`, so that the probe is in place (through sitecustomize) before the current folder
is on `sys.path`, where a learner's `socket.py` would take the standard module's place.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
from types import ModuleType

from conc_checker.engine.subject import link, processes, settings, sites
from conc_checker.engine.subject.tasks import Task, plain

_LITTLE_ROOM = 1 << 14  # bytes of a connection's buffer: soon full, so that a slow client is felt early
_MOST_VALUES = 300  # results that are reported

_getpid = os.getpid  # a learner may put another in its place

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from conc_checker.record.events import Kind

_BEGINS: dict[str, Kind] = {"import": "import-begin", "call": "call-begin", "script": "script-begin"}
_ENDS: dict[str, Kind] = {"call": "call-end", "script": "script-end"}
_RAISES: dict[str, Kind] = {"import": "import-raised", "call": "call-raised", "script": "script-raised"}


def main() -> None:
    """Run the job that the supervisor has for this process."""
    me = _getpid()
    job = link.ask("ready")
    folder = settings.current.folder
    sys.path[0] = folder
    path = os.path.join(folder, job["module"] + ".py")
    sys.argv[:] = [path]
    program = ModuleType("__main__")
    sys.modules["__main__"] = program
    if job["mode"] == "script":
        _run(me, "script", lambda: _run_script(program, path))
        return
    if job["mode"] == "answer":
        from conc_checker.engine.subject import (
            answers,  # only where it is needed: every child starts with an import of us
        )

        answers.prepare()
    module = _run(me, "import", lambda: importlib.import_module(job["module"]))
    lines = {n: v.__code__.co_firstlineno for n, v in vars(module).items() if hasattr(v, "__code__")}
    link.ask("imported", lines=lines, shadows=_shadows(folder))
    if job["mode"] == "answer":
        answers.answer(module)
        return
    if job["mode"] == "call":
        function = getattr(module, job["function"], None)
        if not callable(function):
            link.ask("function-missing", name=job["function"])
            return
        args = [_argument(a) for a in job["args"]]
        keywords = {name: _argument(a) for name, a in job["keywords"].items()}
        before = processes.snapshot_of_globals()
        _run(me, "call", lambda: _call(job["times"], lambda n: function(*_of_call(args, n), **keywords)), before)


def _run(me: int, what: str, work: Any, before: Any = None) -> Any:
    """Do one step and report its begin and its end; on an exception report it and end the process."""
    folder = settings.current.folder
    link.ask(_BEGINS[what])
    try:
        result = work()
    except BaseException as error:
        if _getpid() != me:
            link.emit("raised", **sites.describe(error))
            link.emit("fell-through")
            raise SystemExit(1) from None
        if isinstance(error, SystemExit) and what == "script":
            # The usual last line of a script: sys.exit(main()).
            link.ask("script-end", sites_of(error), exited=True, code=_code(error), names=_names())
            raise SystemExit(error.code) from None
        link.ask(_RAISES[what], **sites.describe(error), shadows=_shadows(folder), globals=_changed(before))
        raise SystemExit(1) from None
    if _getpid() != me:
        # A forked child that was not ended goes on with the caller's code: from here on that would be ours.
        link.emit("fell-through")
        raise SystemExit(0)
    if what != "import":
        values = [_describe(value) for value in result[:_MOST_VALUES]] if what == "call" else []
        link.ask(
            _ENDS[what],
            value=_describe(result[-1] if what == "call" else result),
            values=values,
            shadows=_shadows(folder),
            globals=_changed(before),
            names=_names(),
        )
    return result


def _call(times: int, call: Callable[[int], Any]) -> list[Any]:
    """Call the learner's function so often; report what came back before each further call, which may never end."""
    results = [call(0)]
    for number in range(1, times):
        link.emit("returned", value=_describe(results[-1]))
        results.append(call(number))
    return results


class _Each(list[object]):
    """An argument that is another one in each call."""


def _of_call(args: list[Any], number: int) -> list[Any]:
    return [arg[number] if isinstance(arg, _Each) else arg for arg in args]


def sites_of(error: BaseException) -> Any:
    """Return the learner's innermost line of an exception."""
    return sites.describe(error)["site"]


def _code(error: SystemExit) -> int:
    """Return the exit code that a SystemExit stands for: none is success, a text is failure."""
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1


def _names() -> list[str]:
    return [n for n in vars(sys.modules["__main__"]) if not n.startswith("_")]


def _changed(before: Any) -> list[str]:
    return processes.changed_globals(before) if before is not None else []


def _run_script(program: ModuleType, path: str) -> None:
    program.__dict__.update(__file__=path, __builtins__=__builtins__, __cached__=None)
    with open(path, "rb") as file:
        source = file.read()
    try:
        source.decode()
    except UnicodeDecodeError as error:
        _refuse_undeclared(path, source, error)
    exec(compile(source, path, "exec"), program.__dict__)


def _refuse_undeclared(path: str, source: bytes, error: UnicodeDecodeError) -> None:
    """Raise what Python raises for a script that is not UTF-8 and does not say so; compile() lets comments through."""
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError:  # its first lines are not even UTF-8
        encoding = "utf-8"
    if encoding == "utf-8":
        line = source.count(b"\n", 0, error.start) + 1
        what = f"Non-UTF-8 code starting with '\\x{source[error.start]:02x}', but no encoding declared"
        raise SyntaxError(what, (path, line, None, None)) from None


def _argument(value: Any) -> Any:
    """Make the argument that a check asked for: a task, a connection to a client, bytes, or a plain value."""
    if isinstance(value, dict) and "$connection" in value:
        conn = socket.create_connection(tuple(link.ask("connect")["address"]))
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LITTLE_ROOM)
        return conn
    if isinstance(value, dict) and "$each" in value:
        return _Each(_argument(one) for one in value["$each"])
    if isinstance(value, dict) and "$bytes" in value:
        import zlib

        return zlib.decompress(bytes.fromhex(value["$bytes"]))
    if isinstance(value, dict) and "$task" in value:
        options = value["$task"]
        options["fails"] = tuple(options.get("fails", ()))
        return Task(**options)
    return value


def _describe(value: Any) -> dict[str, Any]:
    """Return a result as plain data: its type, and its value as far as it is a number or short text."""
    found: dict[str, Any] = {"type": type(value).__name__, "plain": plain(value)}
    if isinstance(value, bytes | bytearray):
        # Whatever its size, its digest says whether it is the right one.
        import hashlib

        found.update(size=len(value), digest=hashlib.sha256(value).hexdigest(), text=value[:120].decode("latin-1"))
    if not isinstance(value, str | bytes | bytearray | bool) and hasattr(type(value), "__float__"):
        try:
            found["number"] = float(value)
        except BaseException:
            found["number"] = None
    return found


def _shadows(folder: str) -> list[str]:
    """Return the files in the learner's folder that take the place of standard modules which the program uses."""
    try:
        stems = {name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py")}
    except OSError:
        return []
    return sorted(stems & sys.stdlib_module_names & set(sys.modules))


if __name__ == "__main__":
    main()
