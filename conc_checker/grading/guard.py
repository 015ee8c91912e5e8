"""Keeps learner code, which runs as the same user, away from the grader: from its memory, its orphans, its result."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# <linux/prctl.h>
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 10.0  # seconds
# Through these files, steps of a workflow speak to its runner; learner code can find and write them.
_RUNNER_FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY")


def hide() -> None:
    """Refuse to other processes of this user, on Linux, this one's memory, descriptors and environment.

    A process with CAP_SYS_PTRACE, such as any of root's, is not refused.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def end_with_parent() -> None:
    """Be killed, on Linux, when the process that has started this one ends, also while stopped."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def pytest_configure() -> None:
    """Hide a process of pytest, for which this module is a plugin: with pytest-xdist each worker, too."""
    hide()


@contextlib.contextmanager
def adopting() -> Iterator[None]:
    """Become, on Linux, the parent of whatever loses its own, and end at the close all processes below this one.

    For a process that is about to end: it is made for `conc grade`, and not for a program that has other children.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        _end_all_below()


def _end_all_below() -> None:
    me = psutil.Process()
    # A supervisor that has lost its pytest knows best what there is to give back, and ends by itself.
    psutil.wait_procs([p for p in me.children(recursive=True) if _watches(p)], timeout=_PATIENCE)
    while below := me.children(recursive=True):
        # Stopping first keeps a chain of forks from running ahead of us.
        for number in (signal.SIGSTOP, signal.SIGKILL) if sys.platform != "win32" else (signal.SIGTERM,):
            for process in below:
                with contextlib.suppress(psutil.Error):
                    process.send_signal(number)
        psutil.wait_procs(below, timeout=_PATIENCE)


@contextlib.contextmanager
def silencing_runner(environ: Mapping[str, str]) -> Iterator[None]:
    """Have a workflow's runner take no line of the log for a command meanwhile, whoever writes it."""
    if environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = secrets.token_hex()
    print(f"::stop-commands::{token}", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(f"::{token}::", file=sys.stderr, flush=True)


@contextlib.contextmanager
def keeping_runner_files(environ: Mapping[str, str]) -> Iterator[None]:
    """Give the files that a workflow's runner reads back the content that they had, whatever is written meanwhile."""
    files = [Path(environ[name]) for name in _RUNNER_FILES if environ.get(name)]
    before = {file: file.read_bytes() for file in files if file.is_file()}
    try:
        yield
    finally:
        for file, content in before.items():
            if file.is_symlink() or not file.is_file() or file.read_bytes() != content:
                write(file, content)


def write(file: Path, content: bytes) -> None:
    """Write a file anew, also where a link or a read-only file has been put in its place; raises OSError."""
    if file.is_symlink() or file.is_file():
        file.unlink()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def wake(pid: int) -> None:
    """Let a pytest process, and those that watch for it, go on where learner code has stopped them."""
    with contextlib.suppress(psutil.Error):
        pytest = psutil.Process(pid)
        workers = pytest.children()  # or its supervisor
        for process in (pytest, *workers, *(p for w in workers for p in w.children() if _watches(p))):
            with contextlib.suppress(psutil.Error):
                if process.status() == psutil.STATUS_STOPPED:
                    process.resume()


def _watches(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return "conc_checker.engine.supervisor" in process.cmdline()
    return False
