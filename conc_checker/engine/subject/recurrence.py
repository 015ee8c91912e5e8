"""Tells whether a thread waits in the same state as before: at the same place, with the same values.

A program that looks at something from time to time, with a pause between two looks, can be waited for without end. When
it begins a pause in just the state in which it began the one before, and nothing has happened in between, it goes on in
the same way for ever. Where the state has changed, or cannot be seen whole, that is not said: somebody may be counting.
"""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from types import GeneratorType

from conc_checker.engine.subject import sites

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType
    from typing import Any

_DEEPEST = 3  # containers in containers
_MOST = 100  # items of one
_PLAIN = (bool, int, float, str, bytes, type(None))
_CONTAINERS = (list, tuple, deque, set, frozenset, dict)
_seen: set[int] = set()  # places at which somebody has waited
_loops: dict[CodeType, list[tuple[int, int, bool]]] = {}  # first and last instruction, and whether it is a `for`


class _UnknownStateError(Exception):
    """Something in the state cannot be compared."""


def state() -> dict[str, int]:
    """Return where this thread waits, as a number, and where it has done so before also in what state.

    The number of the state is left out where it cannot be told. How far the iterator of a `for` loop is cannot be
    seen, only what it has given last: "in_for" says that the innermost loop around the place is one.
    """
    stack = list(_stack(sys._getframe(1)))
    place = hash(tuple((frame.f_code.co_filename, frame.f_lasti) for frame in stack))
    found: dict[str, int] = {"place": place}
    if place in _seen and stack:  # most waits happen once; only for the others it is worth looking closely
        with contextlib.suppress(Exception):  # it looks at whatever a learner has made
            frames = [*stack, *_suspended()]
            found["state"] = hash((place, *map(_mark_of_frame, frames)))
            found["in_for"] = any(map(_is_in_for_loop, frames))
    _seen.add(place)
    return found


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    """Go through the learner's frames that led here."""
    while frame is not None:
        if sites.is_learners(frame.f_code.co_filename):
            yield frame
        frame = frame.f_back


def _suspended() -> Iterator[FrameType]:
    """Go through the learner's coroutines that an event loop of this thread runs, by turns."""
    events: Any = sys.modules.get("asyncio.events")
    loop = events and events._get_running_loop()
    for task in sorted(sys.modules["asyncio"].all_tasks(loop), key=id) if loop else ():
        waiting: Any = task.get_coro()
        while waiting is not None:
            frame = getattr(waiting, "cr_frame", None) or getattr(waiting, "gi_frame", None)
            if frame is not None and sites.is_learners(frame.f_code.co_filename):
                yield frame
            waiting = getattr(waiting, "cr_await", None) or getattr(waiting, "gi_yieldfrom", None)


def _mark_of_frame(frame: FrameType) -> int:
    values = {name: value for name, value in frame.f_globals.items() if not name.startswith("__")}
    return hash((_mark(values, _DEEPEST), _mark(frame.f_locals, _DEEPEST)))


def _mark(value: Any, depth: int) -> Any:
    """Return something hashable that is the same as long as a value is."""
    kind = type(value)
    if kind in _PLAIN:
        return kind.__name__, hash(value)
    if hasattr(kind, "__next__"):
        return _mark_of_iterator(value)
    if kind in _CONTAINERS and depth and len(value) <= _MOST:
        marks = [_mark(item, depth - 1) for item in list(value)]
        if kind is dict:
            marks += [_mark(item, depth - 1) for item in list(value.values())]
        return kind.__name__, frozenset(marks) if kind in (set, frozenset) else tuple(marks)
    if depth and not isinstance(value, type) and _is_of_learners(kind):
        return id(value), _mark(getattr(value, "__dict__", None), depth - 1)
    return id(value), len(value) if kind in _CONTAINERS else 0


def _is_of_learners(kind: type) -> bool:
    return sites.is_learners(getattr(sys.modules.get(kind.__module__), "__file__", None) or "")


def _mark_of_iterator(value: Any) -> Any:
    if not isinstance(value, GeneratorType):
        raise _UnknownStateError
    frame = value.gi_frame
    return id(value), None if frame is None else (frame.f_lasti, _mark_of_frame(frame))


def _is_in_for_loop(frame: FrameType) -> bool:
    """Whether the innermost loop around the place at which a frame stands is a `for`."""
    code = frame.f_code
    if code not in _loops:
        _loops[code] = list(_loops_of(code))
    around = [loop for loop in _loops[code] if loop[0] <= frame.f_lasti <= loop[1]]
    return min(around, key=lambda loop: loop[1] - loop[0])[2] if around else False


def _loops_of(code: CodeType) -> Iterator[tuple[int, int, bool]]:
    import dis

    names = {}
    for instruction in dis.get_instructions(code):
        names[instruction.offset] = instruction.opname
        target = instruction.argval
        if "JUMP_BACKWARD" in instruction.opname and "NO_INTERRUPT" not in instruction.opname:
            yield target, instruction.offset, names.get(target) == "FOR_ITER"
