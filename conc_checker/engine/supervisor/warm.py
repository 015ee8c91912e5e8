"""Starts a subject's first process from a template, which has its interpreter and our probe loaded already.

A template is started by the first run that can use it, and again when something has killed it. There is one for each
environment that an interpreter reads only when it starts: a fixed seed for hashes is what runs differ in. A run never
depends on it: where no process comes of it, a fresh interpreter is started, as elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from conc_checker.engine.subject import settings
from conc_checker.engine.supervisor import platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conc_checker.engine.supervisor.platform import Host

_FILE = Path(settings.__file__).with_name("template.py")
_PATIENCE = 20.0  # seconds for a template to start and to fork; only the way of starting depends on it
_MOST_FAILURES = 3  # in a row, after which only fresh interpreters are started
_PID = 4  # bytes of a process id


@dataclass(slots=True)
class Program:
    """A subject's first process: what `subprocess.Popen` would tell of it."""

    pid: int
    stdout: BinaryIO | None
    stderr: BinaryIO | None
    returncode: int | None = None


class Template:
    """One template process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_PATIENCE)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, str(_FILE), str(theirs.fileno())],
                cwd=os.sep,
                env=environment,
                # Streams like those of a run: what Python finds out about them when it starts is inherited.
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                preexec_fn=platform.before_exec,
            )
        self._streams = (process.stdout, process.stderr)  # nobody reads them, but what complains must not fail there
        process.returncode = 0  # the host collects it, with all our other children
        self.pid = process.pid
        self._watch = platform.exit_watch(process.pid)  # the number may be another's once it has ended

    def fork(self, orders: dict[str, Any]) -> Program | None:
        """Return a new process that obeys these orders; None when the template does not answer as it should."""
        out, their_out = os.pipe()
        error, their_error = os.pipe()
        their_orders, ours = os.pipe()
        pieces = [os.open(os.devnull, os.O_RDONLY), their_out, their_error, their_orders]
        with contextlib.ExitStack() as stack:
            stdout, stderr = (stack.enter_context(os.fdopen(end, "rb")) for end in (out, error))
            try:
                with os.fdopen(ours, "wb") as pen:  # closed unwritten, it tells a process that comes late to leave
                    pid = self._ask(pieces)
                    if not pid:
                        return None
                    pen.write(json.dumps(orders).encode() + b"\n")
            except OSError:
                return None
            stack.pop_all()
        return Program(pid, stdout, stderr)

    def _ask(self, pieces: list[int]) -> int:
        """Hand these descriptors over to a new process; return its pid, 0 for none."""
        try:
            socket.send_fds(self._control, [b"."], pieces)
        finally:
            for piece in pieces:
                os.close(piece)
        answer = self._control.recv(_PID)
        return int.from_bytes(answer, sys.byteorder) if len(answer) == _PID else 0

    def close(self) -> None:
        """End it, also when it has been stopped."""
        self._control.close()
        for stream in self._streams:
            assert stream is not None
            stream.close()
        if self._watch is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._watch, signal.SIGKILL)
            os.close(self._watch)


_templates: dict[tuple[tuple[str, str], ...], Template] = {}
_failures = 0


def can_be_used(host: Host, files: Iterable[str]) -> bool:
    """Whether a program can start warm: here, and as if it had been started anew.

    A learner's file of a standard module's name takes that module's place, but only if nobody has loaded it before.
    """
    names = {Path(name).parts[0].removesuffix(".py") for name in files}
    return host.adopts and _failures < _MOST_FAILURES and not names & sys.stdlib_module_names


def start(host: Host, general: dict[str, str], folder: str, special: Callable[[], dict[str, str]]) -> Program | None:
    """Start a program in a folder; None where that fails.

    `general` is the part of its environment that is the same in all runs of a kind: the template has it from its start.
    `special` returns the rest, when there is a template to be protected.
    """
    global _failures
    key = tuple(sorted(general.items()))
    for _ in range(2):  # one that was killed since the last run is started again
        try:
            template = _templates.get(key) or Template(general)
        except OSError:
            break
        _templates[key] = template
        host.own.add(template.pid)
        orders = {"parent": os.getpid(), "folder": folder, "environment": general | special()}
        if program := template.fork(orders):
            _failures = 0
            return program
        _templates.pop(key).close()
    _failures += 1
    return None


def pids() -> list[int]:
    """Return the templates' process ids."""
    return [template.pid for template in _templates.values()]


def close() -> None:
    """End all templates, and wait until they have ended."""
    for template in _templates.values():
        template.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(template.pid, 0)
    _templates.clear()
