"""The supervisor as pytest sees it: started on first use, asked by messages, swept after should it be killed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conc_checker.engine import channel, wire
from conc_checker.engine.subject import settings
from conc_checker.engine.supervisor import launch
from conc_checker.record import lines

if TYPE_CHECKING:
    import socket

    from conc_checker.engine.wire import Asks, R

_LOOKS_EVERY = 2.0  # seconds without a reply, after which it is seen whether the supervisor has been stopped
_MOST_STOPS = 5


class SupervisorLostError(Exception):
    """The supervisor ended in the middle of a run: something killed it. Its processes have been ended."""


class Remote:
    """A supervisor process; `host` "portable" makes it work without what only Linux can prove."""

    def __init__(self, host: str = "") -> None:
        self._host = host
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._received = lines.Buffer()
        self._folder = ""

    @property
    def pid(self) -> int | None:
        """The supervisor's pid; None while there is none."""
        return self._process.pid if self._process else None

    def ask(self, operation: Asks[R]) -> R:
        """Have an operation done and return the reply to it; raises SupervisorLostError when the supervisor is no more.

        What it does not understand raises WireError.
        """
        reply: Any = self._ask(wire.encode(operation))  # that it is of this type, the operation says
        if isinstance(reply, wire.Refused):
            raise wire.WireError(reply.error)
        return reply  # type: ignore[no-any-return]

    def _ask(self, request: dict[str, Any]) -> wire.Reply:
        if self._process is None:
            self._start()
        try:
            line = self._exchange(lines.encode(request))
        except OSError as error:
            self._rescue()
            raise SupervisorLostError(
                "the process that watches the learner's program was ended from outside; "
                "its processes have been stopped, and the next check starts afresh"
            ) from error
        except BaseException:
            # Ctrl-C, or another plugin's time limit: the reply will come to nobody, so this supervisor is of no use.
            self.close()
            raise
        return wire.decode_reply(json.loads(line))

    def _exchange(self, request: bytes) -> bytes:
        assert self._control is not None
        self._control.sendall(request)
        stopped = 0
        while (line := self._received.next()) is None:
            if not select.select([self._control], [], [], _LOOKS_EVERY)[0]:
                stopped += self._wake()
                if stopped > _MOST_STOPS:
                    raise ConnectionAbortedError("the supervisor is stopped again and again")
                continue
            part = self._control.recv(1 << 20)
            if not part:
                raise ConnectionResetError
            self._received.add(part)
        return line

    def close(self) -> None:
        """End the supervisor, and with it everything that it owns; wait until it is gone."""
        if self._process is None:
            return
        if self._control is not None:  # else Ctrl-C came while it started, and it finds nobody to connect to
            self._control.close()
        self._process.wait()
        self._forget()

    def _start(self) -> None:
        # Resolved, because the learner's files are told by their paths, and a temporary folder may be a link.
        self._folder = os.path.realpath(tempfile.mkdtemp(prefix="conc-"))
        try:
            listener, address = channel.listen(self._folder, "control")
        except OSError:
            launch.remove(Path(self._folder))
            raise
        arguments = [address, self._folder, str(os.getpid()), self._host]
        self._process = subprocess.Popen(
            # -P: no current folder on its path, where a learner's json.py may lie.
            [sys.executable, "-P", "-m", "conc_checker.engine.supervisor", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for pytest; we notice when it ends
        )
        listener.settimeout(60)
        try:
            self._control = self._accept(listener)
        finally:
            listener.close()
        self._control.settimeout(None)

    def _wake(self) -> bool:
        """Let the supervisor go on if somebody has stopped it; return whether that was so."""
        import psutil  # only here: most sessions do without

        assert self._process is not None
        try:
            process = psutil.Process(self._process.pid)
            if process.status() != psutil.STATUS_STOPPED:
                return False
            process.resume()
        except psutil.Error:
            return False
        return True

    def _accept(self, listener: socket.socket) -> socket.socket:
        """Wait for the supervisor that we have started: a program that it left behind may be quicker to connect."""
        assert self._process is not None
        while True:
            control, _ = listener.accept()
            if channel.peer_pid(control) == self._process.pid:
                return control
            control.close()

    def _rescue(self) -> None:
        """End what a supervisor has left behind that was killed: who carries its settings, or runs in its folder."""
        import psutil  # only here: every other session does without

        mark = self._folder
        assert self._process is not None
        try:  # one that is only stopped still has all its descendants
            for process in psutil.Process(self._process.pid).children(recursive=True):
                process.kill()
        except psutil.Error:
            pass
        survivors = True
        while survivors:
            survivors = False
            for process in psutil.process_iter():
                try:
                    if process.status() == psutil.STATUS_ZOMBIE:
                        continue
                    # A program that was started with an empty environment still stands where it was started.
                    if settings.of(process.environ()).home == mark or mark in process.cwd():
                        process.kill()
                        survivors = True
                except psutil.Error:
                    continue
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._forget()

    def _forget(self) -> None:
        launch.remove(Path(self._folder))
        if self._control is not None:
            self._control.close()
        self._process, self._control, self._received = None, None, lines.Buffer()
