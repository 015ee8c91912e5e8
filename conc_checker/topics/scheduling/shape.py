"""Reads what a learner's function returned: a schedule or a table of times, or what is wrong with its form.

Values come as `conc_checker.engine.subject.answers` sends them: lists and tuples as lists, dictionaries as
`{"items": …}`, anything else that is neither number nor text as `{"type": …}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.scheduling import Slice, Times

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SLICES = 1000  # no workload of ours has a right schedule of half as many


class ShapeError(ValueError):
    """The value is not of the form that was asked for: `diagnosis` says in which way, `found` what there is instead."""

    def __init__(self, diagnosis: str, found: str) -> None:
        self.diagnosis = diagnosis
        self.found = found
        super().__init__(f"{diagnosis}: {found}")


def slices(value: Any, names: Collection[str]) -> list[Slice]:
    """Return the slices of a schedule; a ShapeError says what is no slice of these jobs."""
    if value is None:
        raise ShapeError("no-schedule-returned", "None")
    if not isinstance(value, list):
        raise ShapeError("not-a-schedule", shown(value))
    if len(value) > MOST_SLICES or {"more": True} in value:
        raise ShapeError("too-many-slices", shown(value))
    return [_slice(entry, names) for entry in value]


def _slice(entry: Any, names: Collection[str]) -> Slice:
    if not isinstance(entry, list) or len(entry) != 3:
        raise ShapeError("not-a-schedule", shown(entry, inside=True))
    name, start, end = entry
    if not isinstance(name, str) or not all(_is_number(tick) for tick in (start, end)):
        raise ShapeError("not-a-schedule", shown(entry, inside=True))
    if not all(type(tick) is int for tick in (start, end)):
        raise ShapeError("ticks-not-whole", shown(entry, inside=True))
    if name not in names:
        raise ShapeError("unknown-job", shown(entry, inside=True))
    return Slice(name, start, end)


def times(value: Any, names: Collection[str]) -> dict[str, tuple[int, int, int]]:
    """Return the three times of each job; a ShapeError says what is missing."""
    if value is None:
        raise ShapeError("no-times-returned", "None")
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise ShapeError("not-a-table-of-times", shown(value))
    table: dict[str, tuple[int, int, int]] = {}
    for name, entry in items:
        if not isinstance(entry, list) or len(entry) != 3 or not all(_is_number(ticks) for ticks in entry):
            raise ShapeError("not-a-table-of-times", f"{shown(name)}: {shown(entry, inside=True)}")
        if not all(type(ticks) is int for ticks in entry):
            raise ShapeError("ticks-not-whole", f"{shown(name)}: {shown(entry, inside=True)}")
        table[str(name)] = Times(*entry)
    if set(table) != set(names):
        raise ShapeError("not-a-table-of-times", shown(sorted(table)))
    return table


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(value: Any, *, inside: bool = False) -> str:
    """Return a value as a learner would write it, cut to a length that fits into a sentence.

    The outermost list is written as a list, those `inside` as tuples: which is which is not known any more.
    """
    text = _written(value, inside=inside)
    return text if len(text) <= 60 else text[:57] + "..."


def _written(value: Any, *, inside: bool = False) -> str:
    if isinstance(value, dict):
        if "items" in value:
            return "{" + ", ".join(f"{_written(k)}: {_written(v, inside=True)}" for k, v in value["items"][:8]) + "}"
        return str(value.get("type", "..."))
    if isinstance(value, list):
        entries = ", ".join(_written(entry, inside=True) for entry in value[:8]) + (", ..." if len(value) > 8 else "")
        return f"({entries})" if inside else f"[{entries}]"
    return repr(value)
