"""The subject's clock: it shows the time that the supervisor publishes on a shared page.

The page holds a sequence number (odd while it is being written), whether time runs, and the two moments from which it
runs. A reader needs no message for it, also in a tight loop. For the other side see
`conc_checker.engine.supervisor.clock`.
"""

from __future__ import annotations

import functools
import mmap
import os
import struct
import sys
import time

from conc_checker.engine.subject import builtin_types, link, recurrence, settings, sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

# sequence, runs (0 or 1), virtual seconds at the mark, real monotonic seconds there, and at zero: time(), monotonic()
LAYOUT = struct.Struct("=QQdddd")
# Behind it, how the clock has gone so far, the latest piece last: when it began (real), what the clock showed, and
# whether it ran. First comes how many pieces there have been; older ones than fit are forgotten.
PIECES, COUNT, PIECE = 160, struct.Struct("=Q"), struct.Struct("=ddQ")
PIECES_AT = 64

_LIBRARY = (os.path.dirname(os.__file__) + os.sep, "<frozen ")
_sleep = time.sleep
_monotonic = time.monotonic
_page: mmap.mmap | None = None
_DATETIME = "_datetime"  # the module behind `datetime`, also where that is loaded by its name or from C
_has_patched = False  # the classes of `datetime`
_TICK = 1e-9  # seconds
_ticks, _asked_at = 0, 0.0  # how often the standard library has read the same time again; the last that it has read
# Modules that have taken a clock by name, perhaps before we came.
_TAKEN = {"queue": "time", "sched": "_time", "socketserver": "time", "subprocess": "_time", "threading": "_time"}


def is_virtual() -> bool:
    """Whether this process sees the supervisor's clock."""
    return _page is not None


def install() -> None:
    """Let every clock of this process show the supervisor's time, and sleeps wait for it."""
    global _page
    path = settings.current.clock
    if path:
        descriptor = os.open(path, os.O_RDONLY)
        _page = mmap.mmap(descriptor, mmap.PAGESIZE, access=mmap.ACCESS_READ)
        os.close(descriptor)
        _patch_time()
        if _DATETIME in sys.modules:
            _patch_datetime()
    time.sleep = functools.wraps(_sleep)(_reported_sleep)  # type: ignore[assignment]


def _read() -> tuple[float, float, float]:
    """Return the virtual seconds, and what time() and monotonic() showed at zero."""
    page = _page
    assert page is not None
    while True:
        before, runs, virtual, mark, epoch, monotonic = LAYOUT.unpack_from(page)
        if before % 2 == 0 and LAYOUT.unpack_from(page)[0] == before:
            break
    if runs:
        virtual += _monotonic() - mark
    return virtual, epoch, monotonic


def shown_at(real: float) -> float:
    """Return what time.time() showed at a moment that the kernel's wall clock calls `real`: the time of a file, say."""
    page = _page
    assert page is not None
    virtual, epoch, monotonic = _read()
    moment = real - epoch + monotonic
    (count,) = COUNT.unpack_from(page, PIECES_AT)
    for number in range(count - 1, max(0, count - PIECES) - 1, -1):
        at = PIECES_AT + COUNT.size + number % PIECES * PIECE.size
        began, value, runs = PIECE.unpack_from(page, at)
        if began <= moment:
            return float(epoch + min(virtual, value + (moment - began if runs else 0.0)))
    return real  # long before: not of this run, or forgotten


def begun() -> float:
    """Return what the wall clock showed when the run began."""
    return _read()[1]


def now() -> float:
    """Return the seconds on the subject's clock since the run began."""
    return _read()[0]


def _reported_sleep(seconds: float, /) -> None:
    if not link.is_open() or link.is_quiet():
        return _sleep(seconds)
    try:
        length = float(seconds) if not isinstance(seconds, str) else -1.0
    except (TypeError, ValueError, OverflowError):
        length = -1.0
    if not 0 < length < 1e9:  # zero yields at once; wrong values get Python's own error
        return _sleep(seconds)
    if _page is None:
        link.emit("sleep", sites.here(), seconds=length)
        _sleep(seconds)
        return link.emit("woke")
    link.ask("sleep", sites.here(), seconds=length, **recurrence.state())
    return None


def is_library(caller: FrameType) -> bool:
    """Whether the standard library asks."""
    file = caller.f_code.co_filename
    return file.startswith(_LIBRARY) and "site-packages" not in file


def _for_library(reading: float) -> float:
    """Let the clock that stands still for the learner's code go on a little for the standard library.

    It goes round until a moment has passed, and be it at once: `multiprocessing.connection.wait` with a time-out of 0
    loops until its deadline lies in the past.
    """
    global _ticks, _asked_at
    if reading == _asked_at:
        _ticks += 1  # and never fewer: what has begun later must not seem to end earlier
    _asked_at = reading
    return reading + _ticks * _TICK


def _epoch() -> float:
    virtual, epoch, _ = _read()
    return epoch + virtual


def _since_boot() -> float:
    virtual, _, monotonic = _read()
    return monotonic + virtual


def _nanoseconds(clock: Callable[[], float]) -> int:
    return int(clock() * 1_000_000_000)


def _patch_time() -> None:
    for name in ("time", "time_ns"):
        _replace(name, _epoch)
    for name in ("monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"):
        _replace(name, _since_boot)
    for name in ("localtime", "gmtime", "ctime"):
        _fill(name, 0, _epoch)
    for module, name in _TAKEN.items():
        if module in sys.modules:
            setattr(sys.modules[module], name, time.monotonic)
    local = time.localtime
    _fill("strftime", 1, local)
    _fill("asctime", 0, local)
    times = os.times

    @functools.wraps(times)
    def in_all() -> os.times_result:
        return os.times_result((*times()[:4], _since_boot()))

    os.times = in_all
    if hasattr(time, "clock_gettime"):
        clocks = {time.CLOCK_REALTIME: _epoch}
        for name in ("CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW", "CLOCK_BOOTTIME", "CLOCK_UPTIME_RAW"):
            if hasattr(time, name):
                clocks[getattr(time, name)] = _since_boot
        for name in ("clock_gettime", "clock_gettime_ns"):
            _replace_by_clock(name, clocks)


def _replace(name: str, clock: Callable[[], float]) -> None:
    original = getattr(time, name)
    in_nanoseconds = name.endswith("_ns")

    @functools.wraps(original)
    def reading() -> float:
        now = clock()
        if is_library(sys._getframe(1)):
            now = _for_library(now)
        return round(now * 1_000_000_000) if in_nanoseconds else now

    setattr(time, name, reading)


def _replace_by_clock(name: str, clocks: dict[int, Callable[[], float]]) -> None:
    original = getattr(time, name)
    in_nanoseconds = name.endswith("_ns")

    @functools.wraps(original)
    def reading(which: int, /) -> float:
        if which not in clocks:
            return original(which)  # type: ignore[no-any-return]
        return round(clocks[which]() * 1_000_000_000) if in_nanoseconds else clocks[which]()

    setattr(time, name, reading)


def _fill(name: str, position: int, default: Callable[[], Any]) -> None:
    """Let a function that means "now" when an argument is left out mean our now."""
    original = getattr(time, name)

    @functools.wraps(original)
    def function(*args: Any) -> Any:
        return original(*args) if len(args) > position else original(*args, default())

    setattr(time, name, function)


def before_import(name: str) -> None:
    """Patch the classes of `datetime` when they are about to be loaded: most processes never load them."""
    global _has_patched
    if name == _DATETIME and _page is not None and not _has_patched:
        _has_patched = True
        _patch_datetime()


def _patch_datetime() -> None:
    """Make `datetime.now` and its like show our time."""
    import _datetime as datetime  # type: ignore[import-not-found]

    moment, day = datetime.datetime, datetime.date

    def current(cls: type[datetime.datetime], tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return cls.fromtimestamp(_epoch(), tz)

    def current_utc(cls: type[datetime.datetime]) -> datetime.datetime:
        return cls.fromtimestamp(_epoch(), datetime.UTC).replace(tzinfo=None)

    def today(cls: type[datetime.date]) -> datetime.date:
        return cls.fromtimestamp(_epoch())

    builtin_types.replace(moment, "now", classmethod(current))
    builtin_types.replace(moment, "utcnow", classmethod(current_utc))
    builtin_types.replace(moment, "today", classmethod(today))
    builtin_types.replace(day, "today", classmethod(today))
