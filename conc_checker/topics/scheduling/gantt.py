"""Draws schedules: the jobs, the right chart above the learner's, and the first tick at which they part.

    jobs      A  B  C
    arrives   0  1  2
    needs     4  2  1

    tick      0 1 2 3 4 5 6 7
    expected  │A──│B──│C│A──│
    yours     │A──│B──│A──│C│
                      ▲ tick 4

    At tick 4 it is C's turn, waiting since tick 2; yours gives it to A.

Each tick is two cells wide, and a bar stands where a turn begins or ends. What does not fit on a line goes on below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from conc_checker.report.layout import fit, pad, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conc_checker.texts.messages import Messages

    Turn = Sequence[Any]  # name, start, end

_INDENT = "  "
_MOST_BANDS = 2
_MOST_TURNS = 24  # in a list
_MOST_ROWS = 6  # jobs in a table of times
_EVERY = 5  # ticks between two numbers on a long axis
_ALL_NUMBERED = 10  # ticks, up to which each has its number
_COLUMNS = ("waiting", "response", "turnaround")


def gantt(chart: dict[str, Any], messages: Messages, width: int = 80, *, ascii: bool = False) -> list[Text]:  # noqa: A002
    """Return the lines of a chart (see `Case.chart`), at most `width` cells wide."""
    drawing = _Drawing(messages, width, ascii=ascii)
    drawing.call(chart.get("call", ""))
    drawing.jobs(chart["jobs"])
    if chart.get("times") is not None:
        drawing.bands([("chart schedule", chart["schedule"])], None)
        drawing.times(chart["times"])
        return drawing.lines
    rows = [("chart expected", chart["expected"])]
    difference = chart.get("difference")
    is_drawn = chart.get("actual") is not None and _can_be_drawn(chart["actual"])
    if is_drawn:
        rows.append(("chart yours", chart["actual"]))
    drawing.bands(rows, difference["tick"] if difference and is_drawn else None)
    if chart.get("actual") is not None and not is_drawn:
        drawing.list_of_turns(chart["actual"])
    if difference and is_drawn:
        drawing.reason(difference)
    return drawing.lines


def _can_be_drawn(turns: Iterable[Turn]) -> bool:
    """Whether the turns stand in order, one after the other, and each lasts for a while."""
    now = 0
    for _, start, end in turns:
        if start < now or end <= start:
            return False
        now = end
    return True


class _Drawing:
    """Collects the lines."""

    def __init__(self, messages: Messages, width: int, *, ascii: bool) -> None:  # noqa: A002
        self._messages = messages
        self._ascii = ascii
        self._escapes = ascii and messages.language == "en"
        self._bar, self._line, self._mark = ("|", "-", "^") if ascii else ("│", "─", "▲")
        self._width = width
        words = ("call", "jobs", "arrives", "needs", "tick", "expected", "yours", "schedule")
        self._label = max(cell_len(messages.word(f"chart {word}")) for word in words) + 2
        self._room = width - len(_INDENT) - self._label
        self.lines: list[Text] = []

    def call(self, call: str) -> None:
        """Write the call, where it has more arguments than the jobs below it."""
        if call:
            for number, line in enumerate(wrap(self._safe(call), self._room)):
                self._row("chart call" if number == 0 else "", line)

    def jobs(self, jobs: Sequence[Sequence[Any]]) -> None:
        """Draw the workload: a column for each job, in the order of the list."""
        columns = [[self._safe(str(name)), str(arrival), str(burst)] for name, arrival, burst in jobs]
        widths = [max(map(cell_len, column)) + 2 for column in columns]
        while columns:
            count = 0
            while count < len(columns) and sum(widths[: count + 1]) <= self._room:
                count += 1
            for row, word in enumerate(("jobs", "arrives", "needs")):
                cells = "".join(
                    " " * (w - cell_len(column[row])) + column[row]
                    for column, w in zip(columns[:count], widths[:count], strict=True)
                )
                self._row(f"chart {word}", cells[2:])
            columns, widths = columns[max(1, count) :], widths[max(1, count) :]

    def bands(self, rows: Sequence[tuple[str, Sequence[Turn]]], tick: int | None) -> None:
        """Draw charts one above the other, folded into as many bands as it takes, and mark a tick."""
        last = max((turn[2] for _, turns in rows for turn in turns), default=0)
        length = (self._room - 1) // 2 // _EVERY * _EVERY  # ticks of a band
        first = 0 if tick is None or last <= _MOST_BANDS * length else tick // length * length
        self.lines.append(Text(""))
        for begin in range(first, max(last, first + 1), length):
            if begin >= first + _MOST_BANDS * length:
                self._note("chart more ticks", last=last)
                break
            end = min(begin + length, max(last, 1))
            if begin > first:
                self.lines.append(Text(""))
            self._row("chart tick", self._axis(begin, end, last), "dim")
            for word, turns in rows:
                self._row(word, self._chart(turns, begin, end), "")
            is_last = end == max(last, 1)
            if tick is not None and (begin <= tick < end or (is_last and tick == end)):
                spaces = " " * (self._label + 2 * (tick - begin))
                words = self._messages.word("chart mark", tick=tick)
                if len(spaces) + 2 + cell_len(words) > self._width - len(_INDENT):
                    words = ""
                self.lines.append(Text.assemble(_INDENT, spaces, (f"{self._mark} {words}", "bold red")))

    def list_of_turns(self, turns: Sequence[Turn]) -> None:
        """Write turns that cannot be drawn one after the other, as they stand in the list."""
        texts = [f"{self._safe(str(name))} {start}-{end}" for name, start, end in turns[:_MOST_TURNS]]
        if len(turns) > _MOST_TURNS:
            texts.append("..." if self._ascii else "…")
        lines = wrap(", ".join(texts), self._room)
        for number, line in enumerate(lines):
            self._row("chart yours" if number == 0 else "", line)

    def reason(self, difference: dict[str, Any]) -> None:
        """Say in words what is to be seen at the marked tick."""
        facts = {name: self._safe(str(value)) for name, value in difference.items() if name != "how"}
        self.lines.append(Text(""))
        words = self._messages.word(f"chart {difference['how']}", **facts)
        for line in wrap(words, self._width - len(_INDENT)):
            self.lines.append(Text(_INDENT + line))

    def times(self, rows: Sequence[Sequence[Any]]) -> None:
        """Draw the right times and the learner's, one above the other, for the jobs in which they differ."""
        differing = [row for row in rows if row[1] != row[2]]
        heads = [self._messages.word(f"chart {column}") for column in _COLUMNS]
        name_width = max((cell_len(self._safe(str(row[0]))) for row in differing), default=1) + 2
        self.lines.append(Text(""))
        self.lines.append(Text(_INDENT + " " * (name_width + self._label) + "  ".join(heads), "dim"))
        for name, right, found in differing[:_MOST_ROWS]:
            for word, values in (("chart expected", right), ("chart yours", found)):
                cells = "  ".join(
                    " " * (cell_len(head) - len(str(value))) + str(value)
                    for head, value in zip(heads, values, strict=True)
                )
                label = pad(self._safe(str(name)) if values is right else "", name_width)
                text = Text.assemble(_INDENT, (label, "bold"), pad(self._messages.word(word), self._label))
                self.lines.append(text.append(fit(cells, self._room, ascii=self._ascii)))
        if len(differing) > _MOST_ROWS:
            self._note("more of these", count=len(differing) - _MOST_ROWS)

    def _axis(self, begin: int, end: int, last: int) -> str:
        line = ""
        for tick in range(begin, end + 1):
            if (last <= _ALL_NUMBERED or tick % _EVERY == 0) and len(line) <= 2 * (tick - begin):
                line = pad(line, 2 * (tick - begin)) + str(tick)
        return line

    def _chart(self, turns: Sequence[Turn], begin: int, end: int) -> str:
        """Draw the part of a schedule from one tick to another."""
        starts = {start for _, start, _ in turns}
        bars = starts | {stop for _, _, stop in turns}
        cells = ""
        for name, start, stop in turns:
            if stop <= begin or start >= end:
                continue
            first, after = max(start, begin), min(stop, end)
            cells = pad(cells, 2 * (first - begin)) + (self._bar if first in bars else self._line)
            room = 2 * (after - first) - 1
            shown = fit(self._safe(str(name)), room, ascii=self._ascii)
            cells += shown + self._line * (room - cell_len(shown))
            if after in bars and (after not in starts or after == end):
                cells += self._bar
        return cells

    def _note(self, key: str, **facts: Any) -> None:
        mark = "..." if self._ascii else "…"
        self.lines.append(Text(f"{_INDENT}{mark} {self._messages.word(key, **facts)}", "dim"))

    def _row(self, key: str, cells: str, style: str = "") -> None:
        label = self._messages.word(key) if key else ""
        text = Text.assemble(_INDENT, (pad(label, self._label), "bold"))
        text.append(fit(cells, self._room, ascii=self._ascii), style)
        self.lines.append(text)

    def _safe(self, text: str) -> str:
        return visible(text, ascii=self._escapes)
