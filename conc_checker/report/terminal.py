"""Writes a verdict for a learner to read: what is wrong, the picture, the line, why, and what to try.

    The processes ran one after another.                  joined-inside-the-loop

    (the pictures: of the processes' lives, or what a topic has to show)

    start_and_join.py:14 | process.join()

    Seen  Only 1 of 10 tasks was running. ...
    Why   join() waits until a process has ended. ...
    Try   Let one loop start them all ...

Everything that comes from the learner's program goes through `layout.visible`, and rich gets `Text`, never
markup.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from conc_checker.record.verdict import Diagnosis, Outcome
from conc_checker.report.canvas import Canvas
from conc_checker.report.layout import fit, fit_end, harmless, pad, visible, wrap
from conc_checker.report.lifelines import tell, where
from conc_checker.report.timeline import lives, row_label, row_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.events import Kind
    from conc_checker.record.trace import Event, Site, Trace
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Picture
    from conc_checker.texts.messages import Messages

NARROWEST = 40  # cells; a narrower terminal gets lines of this width
_INDENT = "  "
_MOST_FRAMES = 8
_MOST_PRINTED = 10  # lines of each stream: half from its head, half from its tail
_MOST_PLACES = 12
_MOST_LINES = 12  # of one paragraph: a learner's text may be of any length
_RAISED: tuple[Kind, ...] = ("call-raised", "script-raised", "import-raised")
_FOREIGN = "\u2026"  # begins the names of files that are not the learner's
# In a traceback that Python printed: a line that names a file of ours, and the code and marks below it.
_OWN_CALL = re.compile(
    r'^  File "[^"\n]*[/\\\\]conc_checker[/\\\\][^"\n]*", line \d+, in .*\n(?:    .*\n)*', re.MULTILINE
)
_STYLES = {
    Outcome.PASSED: "bold green",
    Outcome.NOT_STARTED: "bold",
    Outcome.BLOCKED: "bold",
    Outcome.INCONCLUSIVE: "bold yellow",
}


def render(  # noqa: PLR0913 (one keyword for each thing that the caller's terminal and options decide)
    verdict: Verdict,
    story: Story,
    messages: Messages,
    *,
    picture: Picture = lives,
    width: int = 80,
    colour: bool = False,
    ascii: bool = False,  # noqa: A002 (the report's word for it)
    hint: str | None = None,
    source_names: Mapping[str, str] | None = None,
) -> str:
    """Return the report as lines of at most `width` cells (40 at least), ending in a line end.

    `colour` adds ANSI colours; without it there is no escape character in the result.
    `ascii` draws pictures with plain characters and, where the language is English, escapes all others.
    `hint` is a line on how to get the next hint. `source_names` maps file names of the trace to paths to
    show. `picture` draws what the topic has to show; by default the lives of the processes.
    """
    report = _build(
        verdict, story, messages, picture, width=width, ascii=ascii, hint=hint, source_names=source_names or {}
    )
    if not colour:
        return report.plain
    file = io.StringIO()
    # An empty environment: what the terminal can do is for our caller to find out.
    console = Console(
        file=file,
        width=max(NARROWEST, width),
        color_system="standard",
        force_terminal=True,
        legacy_windows=False,
        _environ={},
    )
    console.print(report, soft_wrap=True, markup=False, highlight=False, emoji=False, end="")
    return file.getvalue()


def _build(  # noqa: PLR0913 (as `render`)
    verdict: Verdict,
    story: Story,
    messages: Messages,
    picture: Picture,
    *,
    width: int,
    ascii: bool,  # noqa: A002
    hint: str | None,
    source_names: Mapping[str, str],
) -> Text:
    writer = _Writer(messages, max(NARROWEST, width), ascii=ascii, names=source_names)
    if verdict.outcome in (Outcome.NOT_STARTED, Outcome.BLOCKED, Outcome.PASSED):
        writer.paragraph(_summary(verdict, story.trace, messages), _STYLES[verdict.outcome])
    else:
        _write(writer, verdict, story, picture, messages)
    if hint:
        writer.gap()
        writer.labelled([("Hint", hint)])
    return writer.text()


def one_line(verdict: Verdict, story: Story, messages: Messages) -> str:
    """Return outcome and title as one line, such as `not started: This one waits for you. (a.py:3)`."""
    return visible(_summary(verdict, story.trace, messages))


def _summary(verdict: Verdict, trace: Trace, messages: Messages) -> str:
    diagnosis = _diagnosis(verdict, trace, messages)
    title = messages.text(diagnosis).title if diagnosis else messages.word(f"title {verdict.outcome}")
    site = diagnosis.site if diagnosis else None
    if diagnosis is None and verdict.outcome is Outcome.NOT_STARTED:
        site = _origin(trace)
    key = "summary with place" if site else "summary"
    return messages.word(key, outcome=messages.word(verdict.outcome), title=title, place=site)


def _origin(trace: Trace) -> Site | None:
    event = trace.last(*_RAISED)
    return event.site if event else None


def _diagnosis(verdict: Verdict, trace: Trace, messages: Messages) -> Diagnosis | None:
    """Return the diagnosis; a crash without one gets the general one from what was raised."""
    if verdict.diagnosis is not None or verdict.outcome is not Outcome.CRASHED or "crashed" not in messages.ids:
        return verdict.diagnosis
    event = _exception(trace, None)
    if event is None:
        return None
    return Diagnosis("crashed", event.site, {"error": event.get("type"), "message": event.get("message")})


def _exception(trace: Trace, diagnosis: Diagnosis | None) -> Event | None:
    """Return the exception raised on the line of the diagnosis; without such, the one that ended main."""
    if diagnosis is not None and diagnosis.site is not None:
        for event in trace.of(*_RAISED, "raised"):
            if _is_at(event, diagnosis):
                return event
    return trace.last(*_RAISED) or trace.first("raised")


def _write(writer: _Writer, verdict: Verdict, story: Story, picture: Picture, messages: Messages) -> None:
    trace = story.trace
    diagnosis = _diagnosis(verdict, trace, messages)
    text = messages.text(diagnosis) if diagnosis else None
    title = text.title if text else messages.word(f"title {verdict.outcome}")
    writer.title(title, diagnosis.id if diagnosis else "", _STYLES.get(verdict.outcome, "bold red"))
    canvas = Canvas(messages, writer.width, ascii=writer.ascii)
    for lines in picture(story, verdict, canvas):
        if lines:
            writer.gap()
            writer.lines += lines
    event = _exception(trace, diagnosis)
    if event is not None and (verdict.outcome is Outcome.CRASHED or _is_at(event, diagnosis)):
        _write_traceback(writer, trace, event)
    elif diagnosis and diagnosis.site:
        _write_source(writer, diagnosis.site, trace)
    if verdict.outcome is Outcome.TIMED_OUT:
        _write_places(writer, verdict, story, canvas)
    if text:
        writer.gap()
        writer.labelled([("Seen", text.seen), ("Why", text.why), ("Try", text.try_)])
    _write_printed(writer, story)


def _write_source(writer: _Writer, site: Site, trace: Trace) -> None:
    code = _code(trace, site.file, site.line)
    if code:
        writer.gap()
        writer.code(f"{writer.path(site.file)}:{site.line}", code)


def _is_at(event: Event, diagnosis: Diagnosis | None) -> bool:
    return diagnosis is not None and diagnosis.site is not None and event.site == diagnosis.site


def _write_traceback(writer: _Writer, trace: Trace, event: Event) -> None:
    """Write the learner's own frames, outermost first, and the exception."""
    writer.gap()
    frames = [f for f in event.get("frames") or [] if not str(f[0]).startswith(_FOREIGN)]
    over = len(frames) - _MOST_FRAMES
    shown: list[Any] = [*frames[:3], over, *frames[3 + over :]] if over > 0 else frames
    for frame in shown:
        if isinstance(frame, int):
            writer.note("calls left out", count=frame)
            continue
        file, line, function = str(frame[0]), int(frame[1]), str(frame[2])
        writer.place(f"{writer.path(file)}:{line}", function)
        code = _code(trace, file, line)
        if code:
            writer.code("  ", code)
    message = str(event.get("message") or "")
    name = str(event.get("type") or "?")
    writer.paragraph(f"{name}: {message}" if message else name, "bold red", most=6)


def _write_places(writer: _Writer, verdict: Verdict, story: Story, canvas: Canvas) -> None:
    """Write where each process was when time ran out: the learner's line, or else what it waited in."""
    trace = story.trace
    moment = trace.last("deadline")
    rows = [row for row in tell(story, verdict).rows if row.label != "never started"]
    if moment is None or not rows:
        return
    names = [row_name(row, canvas) for row in rows]
    longest = max(map(cell_len, names))
    writer.gap()
    writer.heading("Where each process was")
    for row, name in list(zip(rows, names, strict=True))[:_MOST_PLACES]:
        _, site = where(moment, row.pid)
        site = site or row.site
        if site is None:
            writer.row(pad(name, longest), row_label(row, canvas))
            continue
        place = f"{site.file}:{site.line}"
        code = _code(trace, site.file, site.line)
        writer.row(pad(name, longest), f"{place} {writer.bar} {code}" if code else place)
    if len(rows) > _MOST_PLACES:
        writer.note("more of these", count=len(rows) - _MOST_PLACES)


def _write_printed(writer: _Writer, story: Story) -> None:
    event = story.whole.last("over")
    output = (event.get("output") if event else None) or {}
    for stream, title in (("stdout", "Printed"), ("stderr", "Printed to stderr")):
        lines = _split(str(output.get(stream) or ""))
        if not lines:
            continue
        writer.gap()
        writer.heading(title)
        half = _MOST_PRINTED // 2
        over = len(lines) - _MOST_PRINTED
        writer.printed(lines[:half] if over > 0 else lines)
        if over > 0:
            writer.note("lines left out", count=over)
            writer.printed(lines[-half:])


def _split(text: str) -> list[str]:
    """Split what was printed into lines, at line ends only: other separators are shown as what they are.

    The checker's own calls are taken out of tracebacks: they are not the learner's, and she cannot change them.
    """
    lines = _OWN_CALL.sub("", text.replace("\r\n", "\n")).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _code(trace: Trace, file: str, line: int) -> str:
    sources = trace.facts.sources or {}
    source = sources.get(file)
    lines = source.split("\n") if isinstance(source, str) else []
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


class _Writer:
    """Collects lines, each of which is safe to print and fits."""

    def __init__(self, messages: Messages, width: int, *, ascii: bool, names: Mapping[str, str]) -> None:  # noqa: A002
        self._messages = messages
        self._names = names
        self.width = width
        self.ascii = ascii
        self.bar = "|" if ascii else "│"
        # Where the report is not in ASCII itself, the terminal can show what a learner writes.
        self._escapes = Canvas(messages, width, ascii=ascii).escapes
        self.lines: list[Text] = []

    def text(self) -> Text:
        """Return all lines, each ended by a line end and without spaces before it."""
        for line in self.lines:
            line.rstrip()
        return Text("\n").join([*self.lines, Text("")]) if self.lines else Text("")

    def path(self, file: str) -> str:
        """Return the path under which a file is shown."""
        return self._safe(self._names.get(file, file))

    def gap(self) -> None:
        """Leave a line empty."""
        if self.lines and self.lines[-1].plain:
            self.lines.append(Text(""))

    def title(self, title: str, diagnosis: str, style: str) -> None:
        """Write the title, with the diagnosis at the right edge, or below where the title leaves no room."""
        name = fit(self._safe(diagnosis), self.width - len(_INDENT), ascii=self.ascii)
        room = self.width - len(_INDENT) - (cell_len(name) + 2 if name else 0)
        lines = wrap(self._safe(title), room if room >= NARROWEST // 2 else self.width - len(_INDENT))
        self._styled(lines, style)
        if name and room < NARROWEST // 2:
            self.lines.append(Text(" " * (self.width - cell_len(name))))
        if name:
            last = self.lines[-len(lines)] if room >= NARROWEST // 2 else self.lines[-1]
            last.append(" " * (self.width - cell_len(last.plain) - cell_len(name)))
            last.append(name, "dim")

    def paragraph(self, text: str, style: str = "", most: int = 0) -> None:
        """Write text over as many lines as it needs, or at most `most`."""
        self._styled(self._wrapped(text, self.width - len(_INDENT), most or _MOST_LINES), style)

    def labelled(self, parts: Iterable[tuple[str, str]]) -> None:
        """Write paragraphs that hang beside their labels."""
        labels = [self._messages.word(key) for key in ("Seen", "Why", "Try", "Hint")]
        indent = max(map(cell_len, labels)) + 2
        for key, text in parts:
            if not text:
                continue
            lines = self._wrapped(text, self.width - len(_INDENT) - indent, _MOST_LINES)
            for number, line in enumerate(lines):
                label = self._messages.word(key) if number == 0 else ""
                self.lines.append(Text.assemble(_INDENT, (pad(label, indent), "bold"), line))

    def heading(self, key: str) -> None:
        """Write a fixed phrase as a heading."""
        self._styled(wrap(self._messages.word(key), self.width - len(_INDENT)), "bold")

    def note(self, key: str, count: int) -> None:
        """Write how much was left out here."""
        mark = "..." if self.ascii else "…"
        note = f"{mark} {self._messages.word(key, count=count)}"
        self._styled([fit(note, self.width - len(_INDENT), ascii=self.ascii)], "dim")

    def place(self, place: str, function: str) -> None:
        """Write a line of a traceback: where, and in which function."""
        place = harmless(place)
        room = self.width - len(_INDENT)
        name = self._messages.word("in function", function=self._safe(function))
        text = Text(_INDENT)
        text.append(fit_end(place, room, ascii=self.ascii), "bold")
        left = room - cell_len(place) - 2
        if left > 8:
            text.append("  " + fit(name, left, ascii=self.ascii))
        self.lines.append(text)

    def code(self, place: str, code: str) -> None:
        """Write a line of the learner's code behind its place; below it where both do not fit."""
        place, code = harmless(place), self._safe(code)
        room = self.width - len(_INDENT)
        if place.strip() and cell_len(place) + 3 + cell_len(code) > room:
            self.lines.append(Text.assemble(_INDENT, (fit_end(place, room, ascii=self.ascii), "bold")))
            place = "  "
        text = Text.assemble(_INDENT, (place, "bold"), (f" {self.bar} " if place.strip() else f"{self.bar} ", "dim"))
        text.append(fit(code, self.width - cell_len(text.plain), ascii=self.ascii))
        self.lines.append(text)

    def row(self, name: str, text: str) -> None:
        """Write one row of a small table."""
        room = self.width - len(_INDENT) - cell_len(name) - 2
        self.lines.append(Text(f"{_INDENT}{name}  {fit(harmless(self._safe(text)), room, ascii=self.ascii)}"))

    def printed(self, lines: Iterable[str]) -> None:
        """Write what a program printed; behind the bar no line is a command to a build server."""
        for line in lines:
            text = Text(_INDENT)
            text.append("| ", "dim")
            text.append(fit(self._safe(line[: 4 * self.width]), self.width - len(_INDENT) - 2, ascii=self.ascii))
            self.lines.append(text)

    def _wrapped(self, text: str, width: int, most: int) -> list[str]:
        lines = wrap(self._safe(text), width)
        if len(lines) > most:
            mark = "..." if self.ascii else "…"
            lines = [
                *lines[: most - 1],
                fit(lines[most - 1], width - len(mark) - 1, ascii=self.ascii) + " " + mark,
            ]
        return lines

    def _styled(self, lines: Iterable[str], style: str) -> None:
        for line in lines:
            text = Text(_INDENT)
            text.append(line, style)
            self.lines.append(text)

    def _safe(self, text: str) -> str:
        return visible(text, ascii=self._escapes)
