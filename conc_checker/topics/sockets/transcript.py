r"""Writes down who said what on a connection, in order, as short bytes literals.

    client  ▶  b"hello"
            ◀  b"HELLO"
    client  ▶  b"world"
            ◀  b"WORLD"  (expected, and nothing came)
    main       waiting in recv()  echo_handler.py:11

What the client hears points at it; what is in brackets was not sent. Of a server's many clients only those that the
check spoke of are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from conc_checker.report.layout import fit, harmless, pad, visible
from conc_checker.report.timeline import row_label, row_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conc_checker.record.trace import Event, Trace
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Canvas
    from conc_checker.report.lifelines import Lifelines
    from conc_checker.texts.messages import Messages

_INDENT = 2
_MOST_CLIENTS = 3
_MOST_ROWS = 12
_STANDSTILLS = ("stuck", "spinning", "deadline")
_ENDS = ("call-end", "call-raised", "over")
_WHILE_IT_RUNS = ("answer", "going on")  # rules that are judged before the program is let go
_SAYS, _HEARS, _NEITHER = 1, -1, 0
_NAMED = {ord('"'): '\\"', ord("\\"): "\\\\", 9: "\\t", 10: "\\n", 13: "\\r"}


@dataclass(slots=True)
class _Row:
    """One line: which client, which way, the bytes (as far as they are known) and a note in words."""

    client: int
    way: int = _NEITHER
    data: bytes | None = None
    size: int = 0
    note: str = ""
    pieces: int = 1
    is_counted: bool = False  # whether the note says how many bytes there are
    style: str = ""


def transcript(trace: Trace, verdict: Verdict, lines: Lifelines, canvas: Canvas) -> list[Text]:
    """Return the lines, at most as wide as the canvas (40 at least); none where nobody said anything.

    `lines` are the lives of the processes: of one that is alone, the transcript says where it waits.
    """
    rows = _rows(trace, verdict, canvas.messages)
    return _Writer(verdict, lines, canvas).lines(rows) if rows else []


# ── what happened ────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(trace: Trace, verdict: Verdict, messages: Messages) -> list[_Row]:
    events = trace.events
    last = _STANDSTILLS if verdict.rule in _WHILE_IT_RUNS else (*_STANDSTILLS, *_ENDS)
    over = next((i for i, e in enumerate(events) if e.kind in last), len(events))
    rows: list[_Row] = []
    for position, event in enumerate(events):
        # A connection that ends after the program has, or after it has been stopped, tells nothing.
        row = _row(event, messages) if event.kind != "client-end" or position < over else None
        if row is not None and not (rows and _joined(rows[-1], row)):
            rows.append(row)
    if not any(row.client for row in rows):
        return []
    return rows + _returned(trace, verdict, messages) + _expected(verdict, messages, rows)


def _row(event: Event, messages: Messages) -> _Row | None:
    client, size = event.get("client", 0), event.get("size", 0)
    if event.kind == "client-said":
        return _Row(client, _SAYS, _bytes(event.get("text")), size)
    if event.kind == "client-heard" and size:
        return _Row(client, _HEARS, _bytes(event.get("text")), size)
    if event.kind == "client-leave":
        return _Row(client, _SAYS, note=messages.word(f"leaves {event.get('how')}"))
    if event.kind == "client-end":
        return _Row(client, _HEARS, note=messages.word(f"end {event.get('how')}"))
    return None


def _joined(last: _Row, row: _Row) -> bool:
    """Put what goes on in the same direction into one row."""
    if last.data is None or row.data is None or (last.client, last.way) != (row.client, row.way):
        return False
    if len(last.data) == last.size:
        last.data += row.data
    last.size += row.size
    last.pieces += 1 if row.way == _SAYS else 0
    return True


def _returned(trace: Trace, verdict: Verdict, messages: Messages) -> list[_Row]:
    """Say what the calls returned, where that was the question."""
    end = trace.first("call-end")
    values = end.get("values", []) if end else [e.get("value") for e in trace.of("returned", pid=trace.main)]
    if verdict.rule not in ("returned", "raised", "finish"):
        return []
    return [_value(value, messages.word("call returned"), "") for value in values]


def _value(value: dict[str, Any], note: str, style: str) -> _Row:
    if "digest" in value:
        return _Row(0, _NEITHER, _bytes(value.get("text")), value.get("size", 0), note, style=style)
    shown = value.get("plain")
    return _Row(0, note=f"{note}: {shown if isinstance(shown, str) else repr(shown)}", style=style)


def _expected(verdict: Verdict, messages: Messages, rows: list[_Row]) -> list[_Row]:
    """Say what was expected instead, where the check knows it."""
    expected = verdict.asked
    text, size = expected.get("text"), expected.get("size", 0)
    if verdict.rule == "returned":
        note = messages.word("expected")
        return [_Row(0, data=_bytes(text), size=size, note=note) if text is not None else _Row(0, note=f"None: {note}")]
    if verdict.rule != "answer" or text is None:
        return []
    client, missing = expected.get("client", 1), expected.get("missing", 0)
    if not size:
        return [_Row(client, note=messages.word("nothing expected"), style="red")]
    row = _Row(client, _HEARS, _bytes(text), size, messages.word("expected"), style="red")
    before = next((r for r in reversed(rows) if r.client == client), row)
    if missing >= size:
        row.note = messages.word("expected, nothing came")
    elif missing > 0 and before.data and _bytes(text).startswith(before.data[: len(text)]):
        row.note, row.is_counted = messages.word("expected, some missing", count=missing, size=size), True
    return [row]


def _bytes(latin: str | None) -> bytes:
    return (latin or "").encode("latin-1", "replace")


# ── how it is written ────────────────────────────────────────────────────────────────────────────────────────────────


class _Writer:
    def __init__(self, verdict: Verdict, lines: Lifelines, canvas: Canvas) -> None:
        self._canvas = canvas
        self._ascii = canvas.ascii
        self._lives = lines
        self._expected = verdict.asked.get("client")
        self._width = max(40, canvas.width) - _INDENT
        self._arrows = {_SAYS: ">", _HEARS: "<"} if canvas.ascii else {_SAYS: "▶", _HEARS: "◀"}
        self._mark = "..." if canvas.ascii else "…"

    def lines(self, rows: list[_Row]) -> list[Text]:
        """Return the rows of the clients that matter, and how many were left out."""
        clients = list(dict.fromkeys(row.client for row in rows if row.client))
        chosen = self._chosen(clients)
        shown = [row for row in rows if not row.client or row.client in chosen]
        many = len(clients) > 1 or any(client > 1 for client in clients)  # others may have said nothing
        names = {c: self._word("client of many", number=c) if many else self._word("client") for c in chosen}
        main = self._main() if len(self._lives.rows) == 1 else None
        column = max(cell_len(name) for name in [*names.values(), main[0] if main else ""])
        head, tail = (shown[:4], shown[4 - _MOST_ROWS :]) if len(shown) > _MOST_ROWS else (shown, [])
        lines, before = [], 0
        for number, row in enumerate([*head, *tail]):
            if tail and number == len(head):
                lines.append(self._note(self._word("rows left out", count=len(shown) - len(head) - len(tail))))
            name = names.get(row.client, "") if row.way == _SAYS or row.client != before else ""
            lines.append(self._line(row, name, column))
            before = row.client
        if len(clients) > len(chosen):
            lines.append(self._note(self._word("other clients", count=len(clients) - len(chosen))))
        if main:
            lines.append(self._assemble(main[0], column, " ", main[1], ""))
        return lines

    def _chosen(self, clients: list[int]) -> set[int]:
        if len(clients) <= _MOST_CLIENTS:
            return set(clients)
        return {self._expected} if self._expected in clients else set(clients[:_MOST_CLIENTS])

    def _main(self) -> tuple[str, str] | None:
        row = self._lives.rows[0]
        if row.label == "running":
            return None
        place = f"  {row.site}" if row.site else ""
        return row_name(row, self._canvas), row_label(row, self._canvas) + visible(place, ascii=self._ascii)

    def _line(self, row: _Row, name: str, column: int) -> Text:
        notes = [self._word("said in pieces", count=row.pieces)] if row.pieces > 1 else []
        notes += [row.note] if row.note else []
        room = self._width - column - 5
        content = "" if row.data is None else self._literal(row, row.data, notes, room)
        return self._assemble(name, column, self._arrows.get(row.way, " "), content or f"({row.note})", row.style)

    def _literal(self, row: _Row, data: bytes, notes: list[str], room: int) -> str:
        """Write bytes as Python does; what is too long is cut in the middle, or where the trace ends, and counted."""
        tokens = [_token(byte) for byte in data]
        whole = f'b"{"".join(tokens)}"' + self._bracketed(notes)
        is_whole = len(data) == row.size
        if is_whole and cell_len(whole) <= room:
            return whole
        if not row.is_counted:
            notes = [*notes, self._word("bytes in all", count=row.size)]
        end = self._bracketed(notes)
        left = max(8, room - cell_len(end) - 3 - cell_len(self._mark))
        # The last bytes are known only where all of them are.
        tail = _most(reversed(tokens), left // 3)[::-1] if is_whole else []
        head = _most(tokens, left - sum(map(len, tail)))
        return f'b"{"".join(head)}{self._mark}{"".join(tail)}"{end}'

    def _bracketed(self, notes: list[str]) -> str:
        return f"  ({'; '.join(notes)})" if notes else ""

    def _assemble(self, name: str, column: int, arrow: str, content: str, style: str) -> Text:
        text = Text(" " * _INDENT)
        text.append(pad(name, column), "bold")
        text.append(f"  {arrow}  ", "cyan")
        text.append(fit(harmless(content), self._width - column - 5, ascii=self._ascii), style)
        return text

    def _note(self, note: str) -> Text:
        return Text(" " * _INDENT + fit(f"{self._mark} {note}", self._width, ascii=self._ascii), "dim")

    def _word(self, key: str, **facts: Any) -> str:
        return self._canvas.word(key, **facts)


def _token(byte: int) -> str:
    if byte in _NAMED:
        return _NAMED[byte]
    return chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}"


def _most(tokens: Iterable[str], room: int) -> list[str]:
    """Return as many tokens from the begin as have room."""
    kept: list[str] = []
    for token in tokens:
        room -= len(token)
        if room < 0:
            break
        kept.append(token)
    return kept
