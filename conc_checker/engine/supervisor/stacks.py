"""Asks a Python process where each of its threads is, also when it hangs.

The probe has registered faulthandler for a real-time signal; the dump arrives in a file. Each process is asked alone,
so that two dumps never mix. A process that has stopped, or was not started by Python, is not asked.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

from conc_checker.engine.subject import probe
from conc_checker.engine.supervisor import platform

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.engine.supervisor.platform import Process

_FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>.*)$')
_LONGEST = 1.0  # seconds to wait for an answer; only the explanation depends on it
_OWN = os.sep + "conc_checker" + os.sep


def ask(process: Process, file: Path, folder: str) -> list[list[Any]]:
    """Return [thread, file, line, function] of all threads, innermost frame first; empty without an answer.

    `thread` counts from 0, the thread that the dump names last being the main thread.
    Files in `folder`, which ends in a separator, are given by their name, others by their last two parts after a mark.
    """
    number = probe.stack_signal()
    if not number or process.state in "Tt" or not platform.catches(process.pid, number):
        return []
    before = file.stat().st_size
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        return []
    text, until = "", time.monotonic() + _LONGEST
    while time.monotonic() < until:
        time.sleep(0.002)
        with file.open("rb") as dump:
            dump.seek(before)
            grown = dump.read(65536).decode(errors="replace")
        if grown and grown == text and grown.endswith("\n"):
            break
        text = grown
    return parse(text, folder)


def parse(text: str, folder: str) -> list[list[Any]]:
    """Read faulthandler's dump of a process."""
    frames: list[list[Any]] = []
    thread = -1
    for line in text.splitlines():
        if "(most recent call first)" in line:
            thread += 1
        found = _FRAME.match(line)
        if found and _OWN not in found["file"]:
            frames.append([max(thread, 0), _short(found["file"], folder), int(found["line"]), found["function"]])
    return frames


def _short(path: str, folder: str) -> str:
    if path.startswith(folder):
        return path[len(folder) :]
    return "…/" + "/".join(path.split(os.sep)[-2:])
