"""Alarms: the supervisor sends the signal, at a moment of the subject's clock."""

from __future__ import annotations

import functools
import math
import os
import signal

from conc_checker.engine.subject import clock, link, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install() -> None:
    """Wrap what sets a timer of real time; those of CPU time stay the kernel's."""
    if not hasattr(signal, "setitimer"):
        return
    if not clock.is_virtual():
        for name in ("alarm", "setitimer"):
            setattr(signal, name, _reporting(getattr(signal, name)))
        return
    kernels: Any = signal.setitimer, signal.getitimer

    @functools.wraps(signal.alarm)
    def alarm(seconds: int, /) -> int:
        return math.ceil(_set(float(int(seconds)), 0.0)[0])

    @functools.wraps(signal.setitimer)
    def setitimer(which: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]:
        if which != signal.ITIMER_REAL or not link.is_open() or min(float(seconds), float(interval)) < 0:
            return kernels[0](which, seconds, interval)  # type: ignore[no-any-return]
        return _set(float(seconds), float(interval))

    @functools.wraps(signal.getitimer)
    def getitimer(which: int, /) -> tuple[float, float]:
        return _left() if which == signal.ITIMER_REAL else kernels[1](which)

    signal.alarm = alarm
    signal.setitimer = setitimer
    signal.getitimer = getitimer


_timer = (0, 0.0, 0.0)  # the process that has set it, when it goes off for the first time, and how often from then on


def _set(seconds: float, interval: float) -> tuple[float, float]:
    """Set the timer, with 0 take it back; return the seconds that were left of it, and how often it comes back."""
    global _timer
    left = _left()
    _timer = (os.getpid() if seconds else 0, clock.now() + seconds, interval)
    link.emit("timer", sites.here(), seconds=seconds, interval=interval)
    return left


def _left() -> tuple[float, float]:
    owner, moment, interval = _timer
    if owner != os.getpid():  # none is inherited
        return 0.0, 0.0
    late = clock.now() - moment
    if late < 0:
        return -late, interval
    return (interval - late % interval, interval) if interval else (0.0, 0.0)


def _reporting(original: Callable[..., Any]) -> Callable[..., Any]:
    """Report an alarm of the kernel's: a process that waits for one does not wait for ever, though it looks so."""

    @functools.wraps(original)
    def wrapper(*args: Any) -> Any:
        link.emit("timer", sites.here())
        return original(*args)

    return wrapper
