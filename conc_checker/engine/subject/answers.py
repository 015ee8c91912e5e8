"""Calls the learner's functions as often as a check asks, in one process, and hands back what came of each call.

For pure functions only: a check that tries hundreds of small inputs cannot start an interpreter for each.
"""

from __future__ import annotations

import contextlib
import importlib
import sys

from conc_checker.engine.subject import link, sites
from conc_checker.engine.subject.tasks import plain

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Any

_MOST_PARTS = 4000  # of one value: numbers, texts and whatever holds them
_DEEPEST = 4
_MOST_MEMORY = 2 << 30  # bytes: a loop that appends without end shall not take the machine's
_FOR_LEARNERS = ("conc_checker.scheduling", "conc_checker.engine.subject", "conc_checker.engine.channel")


ANSWER = "answer-imported"  # the mark of the exception for who asks the checker for the answer


def prepare() -> None:
    """Before the learner's module is imported: keep the right answers, and the machine's memory, out of its reach."""
    sys.addaudithook(_refuse_the_checker)
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limits here, or lower ones already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _refuse_the_checker(event: str, args: tuple[Any, ...]) -> None:
    name = str(args[0]) if event == "import" else ""
    if name.startswith("conc_checker.") and not name.startswith(_FOR_LEARNERS):
        raise sites.marked(ImportError(f"{name} belongs to the checker; the answer is for you to find"), ANSWER)


def answer(module: ModuleType) -> None:
    """Report what came of the last call, get the next ones, and so on until there is none."""
    report: dict[str, Any] = {}
    while (calls := link.ask("next", **report)).get("function"):
        function = getattr(module, calls["function"], None)
        if not callable(function):
            link.ask("function-missing", name=calls["function"])
            return
        *many, last = calls["arguments"]
        for args in many:
            link.emit("next", **_answer(function, [_argument(a) for a in args]))
        report = _answer(function, [_argument(a) for a in last])


def _answer(function: Any, args: list[Any]) -> dict[str, Any]:
    """Call a function; return what it returned or raised, and the arguments that it changed."""
    given = [_plain(argument) for argument in args]  # compared as plain values: a learner may say what equals what
    try:
        value = function(*args)
    except BaseException as error:
        return {"raised": sites.describe(error)}
    changed = {str(place): _plain(after) for place, after in enumerate(args) if given[place] != _plain(after)}
    return {"value": _plain(value), "type": type(value).__name__, "changed": changed}


def _argument(value: Any) -> Any:
    """Return an argument as the learner gets it: rows of a named tuple that the course defines as a list of these."""
    if isinstance(value, dict) and "$rows" in value:
        module, name = value["of"]
        kind = getattr(importlib.import_module(module), name)
        return [kind(*row) for row in value["$rows"]]
    return value


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it, as far as a check looks: lists and tuples become lists, the rest is named."""
    parts = iter(range(_MOST_PARTS))
    try:
        return _limited(value, parts, _DEEPEST)
    except BaseException:  # whatever a learner's own class does when it is looked at
        return {"type": type(value).__name__}


def _limited(value: Any, parts: Iterator[int], depth: int) -> Any:
    if next(parts, None) is None:
        return {"more": True}
    if isinstance(value, list | tuple) and depth:
        found: list[Any] = []
        for item in value:
            found.append(_limited(item, parts, depth - 1))
            if found[-1] == {"more": True}:
                break
        return found
    if isinstance(value, dict) and depth:
        return {"items": [_limited([key, item], parts, depth - 1) for key, item in list(value.items())[:_MOST_PARTS]]}
    return plain(value)
