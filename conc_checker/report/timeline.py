"""Draws the lives of the processes: a row each, in causal order, up to the decisive moment.

    main    ▒▒▄▄▄▄▄▄▄▄▄▄▄▄▄│  waiting in join()  start_and_join.py:14
    task 0     ▒███████████│  inside the task
    task 1                 │  never started

The picture is understood without colour, and `ascii` draws it with the characters of any terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from conc_checker.report.layout import fit, harmless, pad, visible
from conc_checker.report.lifelines import Lifelines, Row, State, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Canvas

_INDENT = 2
_MOST_ROWS = 12
_LONGEST_NAME = 14
_WIDEST, _NARROWEST = 32, 8  # cells of the picture itself
_UNICODE = {State.ABSENT: " ", State.ENDED: "·", State.ALIVE: "▒", State.WAITING: "▄", State.INSIDE: "█"}
_ASCII = {State.ABSENT: " ", State.ENDED: ".", State.ALIVE: "+", State.WAITING: "-", State.INSIDE: "="}
_STYLES = {State.ENDED: "dim", State.ALIVE: "cyan", State.WAITING: "yellow", State.INSIDE: "green"}
_LEGEND = {
    State.INSIDE: "legend inside",
    State.WAITING: "legend waiting",
    State.ALIVE: "legend alive",
    State.ENDED: "legend ended",
}
_ELLIPSIS_STYLE = "dim"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row ready to be drawn: its name, one state a cell, and the words at its right."""

    name: str
    cells: tuple[State, ...]
    label: str
    place: str
    folded: int = 0  # of how many like rows it stands; 0 for a row itself


def lives(story: Story, verdict: Verdict, canvas: Canvas) -> Iterable[list[Text]]:
    """Draw the lives of the processes: the picture of every topic that has none of its own."""
    yield timeline(tell(story, verdict), canvas)


def timeline(lines: Lifelines, canvas: Canvas) -> list[Text]:
    """Return the lines of the picture, at most as wide as the canvas (40 at least); none if there is nothing to tell.

    There is nothing to see when the learner's code never ran, or when there was only main and it did not
    wait.
    """
    if not lines.rows or (len(lines.rows) == 1 and lines.rows[0].state is not State.WAITING):
        return []
    return _Drawing(lines, canvas).lines()


def row_name(row: Row, canvas: Canvas) -> str:
    """Return how a row is called, as far as there is room."""
    return fit(harmless(visible(row.name(canvas), ascii=canvas.escapes)), _LONGEST_NAME, ascii=canvas.ascii)


def row_label(row: Row, canvas: Canvas) -> str:
    """Return in words how a row stood at the decisive moment."""
    return visible(row.told(canvas, lambda other: row_name(other, canvas)), ascii=canvas.escapes)


class _Drawing:
    def __init__(self, story: Lifelines, canvas: Canvas) -> None:
        self._story = story
        self._messages = messages = canvas.messages
        self._width = width = max(40, canvas.width)
        self._ascii = canvas.ascii
        self._glyphs = _ASCII if canvas.ascii else _UNICODE
        self._edge, self._pointer = ("|", "v") if canvas.ascii else ("│", "▼")
        names = [row_name(row, canvas) for row in story.rows]
        labels = [row_label(row, canvas) for row in story.rows]
        plain = canvas.escapes
        places = [visible(str(row.site), ascii=plain) if row.site else "" for row in story.rows]
        lines = [messages.word("line", line=row.site.line) if row.site else "" for row in story.rows]
        heading = self._heading()
        self._name_width = max(map(cell_len, names))
        wanted = max(
            cell_len(heading),
            *(cell_len(a) + (2 + cell_len(b) if b else 0) for a, b in zip(labels, places, strict=True)),
        )
        room = width - _INDENT - self._name_width - 2 - 1 - 2
        self._picture = min(_WIDEST, max(_NARROWEST, room - wanted))
        self._label_width = room - self._picture
        self._lines = [
            _Line(name, self._cells(row), label, self._place(label, place, line))
            for name, row, label, place, line in zip(names, story.rows, labels, places, lines, strict=True)
        ]

    def lines(self) -> list[Text]:
        """Return the heading, the rows and the legend."""
        before = " " * (_INDENT + self._name_width + 2 + self._picture)
        heading = Text(before)
        heading.append(self._pointer, "bold red")
        heading.append("  " + fit(self._heading(), self._label_width, ascii=self._ascii), "red")
        shown = fold(self._lines)
        return [heading, *map(self._row, shown), self._legend(shown)]

    def _heading(self) -> str:
        moment = self._story.moment
        key = f"moment {moment.kind}" if moment else "moment other"
        return self._messages.word(key if key in self._messages.words else "moment other")

    def _place(self, label: str, *choices: str) -> str:
        """Return the first way to say where that fits behind the label."""
        room = self._label_width - cell_len(label) - 2
        return next((choice for choice in choices if cell_len(choice) <= room), "")

    def _cells(self, row: Row) -> tuple[State, ...]:
        """Spread the columns evenly over the picture; the last cell is the last moment."""
        count, width = len(row.states), self._picture
        cells = []
        for cell in range(width):
            first, last = cell * count // width, max((cell + 1) * count // width, cell * count // width + 1)
            cells.append(max(row.states[first:last]))
        cells[-1] = row.state
        return tuple(cells)

    def _row(self, line: _Line) -> Text:
        text = Text(" " * _INDENT)
        if line.folded:
            key = "more like this" if line.label else "more of these"
            mark = "..." if self._ascii else "…"
            text.append(pad(mark, self._name_width) + " " * (self._picture + 2), _ELLIPSIS_STYLE)
            text.append(self._edge, "red")
            note = self._messages.word(key, count=line.folded)
            text.append("  " + fit(note, self._label_width, ascii=self._ascii), _ELLIPSIS_STYLE)
            return text
        text.append(pad(line.name, self._name_width) + "  ")
        for state, cells in groupby(line.cells):
            text.append(self._glyphs[state] * len(list(cells)), _STYLES.get(state, ""))
        text.append(self._edge, "red")
        text.append("  " + fit(line.label, self._label_width, ascii=self._ascii))
        if line.place:
            text.append("  ")
            text.append(line.place, "bold")
        return text

    def _legend(self, lines: list[_Line]) -> Text:
        used = {state for line in lines for state in line.cells}
        parts = [f"{self._glyphs[s]} {self._messages.word(key)}" for s, key in _LEGEND.items() if s in used]
        legend = "   ".join(parts)
        indent = _INDENT + self._name_width + 2
        if indent + cell_len(legend) > self._width:
            indent = _INDENT
        return Text(" " * indent + fit(legend, self._width - indent, ascii=self._ascii), "dim")


def fold(lines: list[_Line]) -> list[_Line]:
    """Return at most 12 lines: rows that look and read the same as those beside them are counted instead.

    What differs is what a learner looks for, so rows that differ stay as long as there is room.
    """
    for alike in (_looks_same, _reads_same):
        folded = _fold_runs(lines, alike)
        if len(folded) <= _MOST_ROWS or alike is _reads_same:
            break
    if len(folded) <= _MOST_ROWS:
        return folded
    head, tail = folded[:7], folded[-4:]
    count = sum(max(1, line.folded) for line in folded[7:-4])
    return [*head, _Line("", (), "", "", count), *tail]


def _looks_same(one: _Line, other: _Line) -> bool:
    return (one.cells, one.label, one.place) == (other.cells, other.label, other.place)


def _reads_same(one: _Line, other: _Line) -> bool:
    return one.label == other.label


def _fold_runs(lines: list[_Line], alike: Any) -> list[_Line]:
    """Keep the first of each run of four or more alike, and count the others."""
    shown: list[_Line] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and alike(lines[start], lines[end]):
            end += 1
        if end - start >= 4:
            first = lines[start]
            # Rows that only read the same differ in the picture, and the last shows how far that went.
            last = [] if _looks_same(first, lines[end - 1]) else [lines[end - 1]]
            shown += [first, _Line("", first.cells, first.label, "", end - start - 1 - len(last)), *last]
        else:
            shown += lines[start:end]
        start = end
    return shown
