"""Where in the learner's code a call came from, and what an exception looked like there."""

from __future__ import annotations

import os
import sys

from conc_checker.engine.subject import settings

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Any

_OWN = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep
_DEEPEST = 40
_MARK = "_conc_checker"


def is_learners(file: str) -> bool:
    """Whether a file belongs to the learner's program."""
    return file.startswith(settings.current.prefix)


def folder() -> str:
    """Return the folder in which the learner's program runs, with a separator at its end."""
    return settings.current.prefix


def here() -> list[Any] | None:
    """Return [file, line, function] of the innermost frame of the learner's code; None without one."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if is_learners(frame.f_code.co_filename):
            return [_short(frame.f_code.co_filename), frame.f_lineno, frame.f_code.co_name]
        frame = frame.f_back
    return None


def stack() -> list[list[Any]]:
    """Return [file, line, function] of the calls that led here, outermost first, without the probe's own."""
    frames: list[list[Any]] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and len(frames) < _DEEPEST:
        code = frame.f_code
        if not code.co_filename.startswith(_OWN):
            frames.append([_short(code.co_filename), frame.f_lineno, code.co_name])
        frame = frame.f_back
    return frames[::-1]


def describe(error: BaseException) -> dict[str, Any]:
    """Return an exception as plain data: type, message, frames outermost first, and the names its line uses.

    `ours` is the mark of one that the checker has raised on purpose, or that came of such a one; empty for all others.
    """
    frames: list[list[Any]] = []
    names: list[str] = []
    last: FrameType | None = None
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith((_OWN, "<frozen")):
            frames.append([_short(code.co_filename), trace.tb_lineno, code.co_name])
        if is_learners(code.co_filename):
            last = trace.tb_frame
        trace = trace.tb_next
    if last is not None:
        names = list(last.f_code.co_names)
    if isinstance(error, SyntaxError) and error.filename and is_learners(error.filename):
        frames.append([_short(error.filename), error.lineno or 1, "<module>"])
    return {
        "type": type(error).__name__,
        "bases": [kind.__name__ for kind in type(error).__mro__],
        "message": _text(error),
        "frames": frames[-_DEEPEST:],
        "names": names[:50],
        "site": next((f for f in reversed(frames) if not f[0].startswith("…")), None),
        "ours": _mark(error),
        "code": error.code if isinstance(error, SystemExit) and isinstance(error.code, int | str) else None,
    }


def marked(error: BaseException, mark: str) -> BaseException:
    """Mark an exception as one of ours; the mark goes with it wherever it is raised, pickled and reported."""
    setattr(error, _MARK, mark)
    return error


def _mark(error: BaseException | None) -> str:
    for _ in range(_DEEPEST):
        if error is None:
            break
        mark = vars(error).get(_MARK)
        if isinstance(mark, str):
            return mark
        error = error.__cause__ or error.__context__
    return ""


def _text(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except BaseException:
        return ""


def _short(file: str) -> str:
    """Return a file's path below the learner's folder, or for others the last two parts after a mark."""
    if is_learners(file):
        return file[len(settings.current.prefix) :].replace(os.sep, "/")
    return "…/" + "/".join(file.replace(os.sep, "/").split("/")[-2:])
