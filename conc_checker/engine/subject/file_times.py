"""The times of the learner's files, as the subject's clock would have stamped them.

The kernel stamps files by its own clock, and a program may compare that with what it reads elsewhere.
"""

from __future__ import annotations

import functools
import os

from conc_checker.engine.subject import clock, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_COARSE = 0.005  # seconds: a file's time may be older than the moment at which it was written by a tick of the kernel's
_FIRST = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size")
_TIMES = ("st_atime", "st_mtime", "st_ctime")
_begun = 0.0


def install() -> None:
    """Wrap the functions that tell a file's times."""
    global _begun
    if not clock.is_virtual():
        return
    _begun = clock.begun()
    for name in ("stat", "lstat", "fstat"):
        setattr(os, name, _stamped(getattr(os, name)))


def _stamped(original: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
    @functools.wraps(original)
    def wrapper(*args: Any, **keywords: Any) -> os.stat_result:
        found = original(*args, **keywords)
        # What is older than the run is as it is, and so is what the standard library asks for its own sake.
        return _shown(found) if found.st_ctime >= _begun and sites.here() is not None else found

    return wrapper


def _shown(found: os.stat_result) -> os.stat_result:
    times = {name: _time(getattr(found, name)) for name in _TIMES}
    whole = [int(times[name]) for name in _TIMES]
    exact = {f"{name}_ns": round(time * 1e9) for name, time in times.items()}
    given = {*_FIRST, *times, *exact}
    rest = {name: getattr(found, name) for name in dir(found) if name.startswith("st_") and name not in given}
    return os.stat_result((*found[:7], *whole), {**rest, **times, **exact})


def _time(real: float) -> float:
    return clock.shown_at(real + _COARSE) if real >= _begun else real
