"""Mistakes in talking to one client: answers that are late, cut short or wrong, and ends that go unnoticed."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from conc_checker.diagnosis.code import last_name
from conc_checker.diagnosis.mistake import mistake, only_for
from conc_checker.diagnosis.story import is_error
from conc_checker.record.trace import Site
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.sockets.dialogue import BLANKS, SENDS, Dialogue, first, last

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story

_AS_TEXT = re.compile(rb"""b(['"]).*\1""", re.IGNORECASE | re.DOTALL)  # how str() shows bytes
_MISSING = re.compile(r"'(?:bytes|bytearray|memoryview|str)' object has no attribute '(\w+)'")
_CLOSED = ("Bad file descriptor", "closed file", "negative integer (-1)", "not a socket")
_NOT_CONNECTED = "not connected"  # any more: the program has ended the connection, or the client has broken it off
_HANDS_OVER = ("thread", "started", "fork")


# ── the end of the stream, and waiting ───────────────────────────────────────────────────────────────────────────────


@mistake("asks-without-waiting")
@mistake("closed-too-early")
@mistake("end-not-noticed")
def asks_without_end(story: Story, rule: str) -> Diagnosis | None:
    """The program reads and reads, and each time it gets the end, nothing yet, or an error."""
    if story.block is None or story.block.kind != "spinning":
        return None
    talk = Dialogue(story)
    polls = [e for e in story.trace.of("poll") if e.get("count", 0) > 1]
    if not polls:
        line = _asks_with_no_limit(story)
        return Diagnosis("asks-without-waiting", story.at(line)) if line else None
    what, site = polls[-1].get("what"), polls[-1].site
    if what == "recv" and talk.has_left:
        return Diagnosis("end-not-noticed", site)
    if what == "BlockingIOError":
        return Diagnosis("asks-without-waiting", site)
    if what == "OSError":
        return Diagnosis("closed-too-early", _close(story) or site)
    return None


def _asks_with_no_limit(story: Story) -> int | None:
    """Return the line that asks for news with a limit of 0, in the loop in which the program was seen."""
    line = story.waits_at.line if story.waits_at is not None else 0
    for call in story.code.calls("select", "poll"):
        limits = call.args[-1:] + [k.value for k in call.keywords if k.arg == "timeout"]
        is_zero = any(isinstance(x, ast.Constant) and x.value == 0 and x.value is not False for x in limits)
        if is_zero and story.code.shares_a_loop(call.lineno, line):
            return call.lineno
    return None


@mistake("time-limit-on-the-client")
def sets_a_time_limit(story: Story, rule: str) -> Diagnosis | None:
    """The program has waited for a while, and took a silent client for one that has left."""
    line = time_limit(story)
    if line is None or Dialogue(story).has_left:
        return None
    if story.ended is not None or (story.raised is not None and story.raised.get("type") == "TimeoutError"):
        return Diagnosis("time-limit-on-the-client", story.at(line))
    return None


def time_limit(story: Story) -> int | None:
    """Return the line that limits how long a connection may be silent."""
    for call in story.code.calls("settimeout", "setdefaulttimeout", "select", "poll"):
        limits = call.args[-1:] + [k.value for k in call.keywords if k.arg == "timeout"]
        if last_name(call.func) == "select" and len(call.args) == 3:
            continue
        if any(isinstance(x, ast.Constant) and isinstance(x.value, int | float) and x.value for x in limits):
            return call.lineno
    return None


def _close(story: Story) -> Site | None:
    """Return the line that closes the connection."""
    line = story.code.line_of_call("close", "shutdown")
    for node in story.code.nodes():
        if line is None and isinstance(node, ast.With) and isinstance(node.items[0].context_expr, ast.Name):
            line = node.lineno
    return story.at(line)


# ── exceptions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("closed-too-early")
def closed_too_early(story: Story, rule: str) -> Diagnosis | None:
    """The program has closed the connection, and its client is still there."""
    talk = Dialogue(story)
    error, message = _raised(story)
    signs = _CLOSED if talk.has_left else (*_CLOSED, _NOT_CONNECTED)
    is_closed = error in ("OSError", "ValueError") and any(part in message for part in signs)
    was_closed = rule in ("answer", "going on") and talk.was_closed  # later, the program's own end closes it
    if is_closed or was_closed or (not talk.has_left and error == "BrokenPipeError"):
        site = _close(story)
        return Diagnosis("closed-too-early", site or (story.raised.site if story.raised else None))
    return None


@mistake("bytes-taken-for-text")
@mistake("letter-cut-in-two")
@mistake("text-instead-of-bytes")
def mixes_text_and_bytes(story: Story, rule: str) -> Diagnosis | None:
    """A text where bytes belong, or bytes that are taken for a text."""
    error, message = _raised(story)
    site = story.raised.site if story.raised else None
    if error == "TypeError" and "str" in message and "byte" in message:
        return Diagnosis("text-instead-of-bytes", site)
    missing = _MISSING.search(message) if error == "AttributeError" else None
    if missing is not None and (hasattr(str, missing[1]) or hasattr(bytes, missing[1])):  # else it is a misspelt name
        return Diagnosis("text-instead-of-bytes", site)
    if error in ("UnicodeDecodeError", "UnicodeEncodeError"):
        is_cut = "unexpected end of data" in message
        return Diagnosis("letter-cut-in-two" if is_cut else "bytes-taken-for-text", site)
    return None


@mistake("recursion-instead-of-a-loop")
def calls_itself(story: Story, rule: str) -> Diagnosis | None:
    """A function that calls itself for each piece comes to Python's limit."""
    if story.raised is None or story.raised.get("type") != "RecursionError":
        return None
    frames = [(f[0], f[1], f[2]) for f in story.raised.get("frames", ()) if not f[0].startswith("…")]
    (file, line, function), _ = Counter(frames).most_common(1)[0] if frames else (("", 0, ""), 0)
    return Diagnosis("recursion-instead-of-a-loop", Site(file, line, function) if line else story.raised.site)


@mistake("broken-pipe-not-caught")
@mistake("reset-not-caught")
def gone_client(story: Story, rule: str) -> Diagnosis | None:
    """The client has gone without a goodbye, and the error that says so has ended the program."""
    how, (error, message) = Dialogue(story).has_left, _raised(story)
    if story.raised is None or story.trace.facts.function == "receive_message":
        return None
    if how and error == "BrokenPipeError":
        return Diagnosis("broken-pipe-not-caught", story.raised.site)
    # As it came, or as another that the program made of it; a slip in an except block is something else.
    is_raised_again = any(isinstance(n, ast.Raise) and n.lineno == _line(story) for n in story.code.nodes())
    is_of_the_connection = how == "reset" and (is_error(story.raised, "OSError") or is_raised_again)
    if (
        is_of_the_connection
        or (how and _NOT_CONNECTED in message)
        or (how and error in ("ConnectionResetError", "ConnectionAbortedError"))
    ):
        return Diagnosis("reset-not-caught", story.raised.site)
    return None


def _line(story: Story) -> int:
    return story.raised.site.line if story.raised is not None and story.raised.site is not None else 0


@mistake("answer-dropped")
@mistake("nothing-there-yet")
def gives_up_sending(story: Story, rule: str) -> Diagnosis | None:
    """On a connection that does not wait, sendall() gives up where there is no room."""
    talk = Dialogue(story)
    if _raised(story)[0] == "BlockingIOError" and story.raised is not None and story.raised.site is not None:
        is_sending = any(c.lineno == story.raised.site.line for c in story.code.calls(*SENDS))
        return Diagnosis("answer-dropped" if is_sending else "nothing-there-yet", story.raised.site)
    if not story.code.calls("setblocking"):
        return None
    is_owed = rule == "going on" and talk.has_left == "half" and bool(story.code.calls("sendall"))
    if is_owed or (rule == "answer" and talk.missing > 0 and talk.heard_last):
        return Diagnosis("answer-dropped", story.at(last(talk.sends)))
    return None


def _raised(story: Story) -> tuple[str, str]:
    if story.raised is None:
        return "", ""
    return str(story.raised.get("type")), str(story.raised.get("message"))


# ── what was answered ────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("answer-thrown-away")
def throws_away(story: Story, rule: str) -> Diagnosis | None:
    """Closed with SO_LINGER, the connection was broken off with what the client had not read yet."""
    talk = Dialogue(story)
    if not talk.is_compared or talk.missing <= 0 or not talk.was_broken_off:
        return None
    lines = [c.lineno for c in story.code.calls("setsockopt") if "SO_LINGER" in ast.unparse(c)]
    return Diagnosis("answer-thrown-away", story.at(lines[0])) if lines else None


@mistake("send-instead-of-sendall")
def sends_only_a_part(story: Story, rule: str) -> Diagnosis | None:
    """What send() did not take was not sent again."""
    parts = story.trace.of("sent-in-part")
    if rule != "answer" or not parts or Dialogue(story).missing <= 0:
        return None
    return Diagnosis("send-instead-of-sendall", parts[-1].site)


@mistake("bytes-turned-into-str")
def shows_bytes(story: Story, rule: str) -> Diagnosis | None:
    """What was sent is how Python shows bytes, with b and quotation marks."""
    talk = Dialogue(story)
    found = _AS_TEXT.search(talk.heard_last)
    if not talk.is_compared or found is None or found[0] in talk.wanted:
        return None
    shown = [n.lineno for n in story.code.nodes() if isinstance(n, ast.JoinedStr)]
    line = story.code.line_of_call("str", "repr", "format") or first(shown)
    return Diagnosis("bytes-turned-into-str", story.at(line or last(talk.sends)))


@mistake("speaks-unasked")
@only_for("answer")
def speaks_unasked(story: Story, rule: str) -> Diagnosis | None:
    """The client has heard something before it said anything."""
    if not _is_handler(story) or not _spoke_first(story):
        return None
    return Diagnosis("speaks-unasked", story.at(first(Dialogue(story).sends)))


def _spoke_first(story: Story) -> bool:
    """Whether the client in question had heard something when it said its first word."""
    client = story.asked.get("client", 1)
    mine = [e for e in story.trace.of("client-said", "client-heard") if e.get("client") == client]
    heard = next((e for e in mine if e.kind == "client-said" or e.get("size")), None)
    return heard is not None and heard.kind == "client-heard"


@mistake("answer-not-in-capitals")
@mistake("answer-repeated")
@mistake("answer-stripped")
@mistake("answer-with-more")
@mistake("bytes-taken-for-text")
def answers_wrongly(story: Story, rule: str) -> Diagnosis | None:
    """The answer is not what it should be, and what it is tells what was done to it."""
    talk = Dialogue(story)
    heard, wanted = talk.heard_last, talk.wanted
    if not talk.is_compared or not _is_handler(story) or not heard or heard == wanted or not talk.said:
        return None
    sends = story.at(last(talk.sends))
    if heard.upper() == wanted:
        return Diagnosis("answer-not-in-capitals", sends)
    if any(byte > 127 for byte in wanted) and _plain(wanted) in (b"", _plain(heard)):
        line = first(talk.lines("decode", "str")) or first(talk.lines("makefile", "TextIOWrapper"))
        return Diagnosis("bytes-taken-for-text", story.at(line or last(talk.reads)))
    if len(heard) < len(wanted) and heard.strip(BLANKS) == wanted.strip(BLANKS):
        line = first(talk.lines("strip", "rstrip", "lstrip", "splitlines", "split"))
        return Diagnosis("answer-stripped", story.at(line) or sends)
    if wanted and heard in (talk.heard_before + wanted, wanted * (len(heard) // len(wanted))):
        return Diagnosis("answer-repeated", sends)
    return Diagnosis("answer-with-more", sends) if wanted in heard else None


def _plain(data: bytes) -> bytes:
    """Leave out all that is not ASCII, and what stands in for it."""
    return data.decode("utf-8", "ignore").encode("ascii", "ignore").replace(b"?", b"").upper()


def _is_handler(story: Story) -> bool:
    return story.trace.facts.function != "send_message"


# ── answers that did not come ────────────────────────────────────────────────────────────────────────────────────────


@mistake("returns-before-the-answer")
@mistake("returns-too-early")
@mistake("served-in-the-background")
def comes_back_too_early(story: Story, rule: str) -> Diagnosis | None:
    """The function has come back while its client was there, or before all of the answer was on its way to it."""
    talk = Dialogue(story)
    is_owed = talk.has_left == "half" and rule == "going on"
    if story.ended is None or rule not in ("answer", "going on") or not _is_handler(story):
        return None
    if talk.has_left and not is_owed:
        return None
    others = [e for e in story.trace.events[story.begin : story.end] if e.kind in _HANDS_OVER and e.site]
    if others:
        return Diagnosis("served-in-the-background", others[-1].site)
    if is_owed:
        return Diagnosis("returns-before-the-answer", story.at(_way_out(story, talk)))
    if not talk.heard_before and not talk.heard_last and not story.code.calls(*SENDS):
        return None  # then that is the reason
    return Diagnosis("returns-too-early", story.at(_way_out(story, talk)))


def _way_out(story: Story, talk: Dialogue) -> int | None:
    """Return the last line that leaves a loop, or without a loop the one that reads."""
    for node in reversed(list(story.code.nodes())):
        if isinstance(node, ast.Return | ast.Break) and story.code.loops_around(node.lineno):
            return node.lineno
    return first(talk.reads)


@mistake("nothing-sent")
def never_sends(story: Story, rule: str) -> Diagnosis | None:
    """There is no line that could send anything."""
    talk = Dialogue(story)
    if rule != "answer" or talk.missing <= 0 or talk.heard_last:
        return None
    if any(story.code_of(file).calls(*SENDS) for file in story.trace.facts.sources):
        return None  # it may be in a file beside this one
    files = any(k.arg == "file" for call in story.code.calls("print") for k in call.keywords)
    if files:
        return None
    values = [n.lineno for n in talk.returns if n.value is not None]
    line = last(talk.lines("print", "append")) or last(values) or last(talk.reads)
    name = story.trace.facts.function
    return Diagnosis("nothing-sent", story.at(line or story.code.line_of_definition(name)))


@mistake("not-flushed")
def does_not_flush(story: Story, rule: str) -> Diagnosis | None:
    """What was written to a file over the connection is still in its buffer."""
    talk = Dialogue(story)
    if rule != "answer" or talk.missing <= 0 or talk.heard_last or talk.line_of_buffer is None:
        return None
    if story.code.calls("flush") or story.code.calls("sendall", "send"):
        return None
    return Diagnosis("not-flushed", story.at(last(talk.sends)))


@mistake("waits-for-a-full-buffer")
@mistake("waits-for-a-line-end")
@mistake("waits-for-the-end")
def waits_for_more(story: Story, rule: str) -> Diagnosis | None:
    """The program has read all that there was, and waits for more instead of answering."""
    talk = Dialogue(story)
    if rule != "answer" or talk.missing <= 0 or story.block is None or story.waits_at is None or talk.has_left:
        return None
    name = _what_it_waits_for(story, story.waits_at.line)
    if not talk.said or (talk.heard_last and name != "waits-for-a-full-buffer"):
        return None
    return Diagnosis(name, story.waits_at)


def _what_it_waits_for(story: Story, line: int) -> str:
    """Return which end of a message the program waits for: of a line, of its buffer, or of the stream."""
    loops = [n for n in story.code.loops_around(line) if isinstance(n, ast.While | ast.For)]
    parts = [part for loop in loops for part in ast.walk(loop)]
    here = [part for part in story.code.nodes() if getattr(part, "lineno", 0) == line]
    calls = {last_name(part.func): part for part in here if isinstance(part, ast.Call)}
    has_line_end = any(isinstance(p, ast.Constant) and p.value in (b"\n", b"\r\n", "\n") for p in parts)
    goes_through_lines = any(isinstance(n, ast.For) and "iter" not in calls for n in here)
    if "readline" in calls or has_line_end or goes_through_lines:
        return "waits-for-a-line-end"
    counts = [
        p for loop in loops if isinstance(loop, ast.While) for p in ast.walk(loop.test) if isinstance(p, ast.Call)
    ]
    is_whole_read = "read" in calls and bool(calls["read"].args)
    waits_for_all = any(last_name(p) == "MSG_WAITALL" for p in here)
    if is_whole_read or waits_for_all or any(last_name(c.func) == "len" for c in counts):
        return "waits-for-a-full-buffer"
    return "waits-for-the-end"


@mistake("never-returns")
@only_for("finish")
def never_returns(story: Story, rule: str) -> Diagnosis | None:
    """The client has left, and the function has not come back."""
    if story.ended is not None or story.raised is not None or story.block is None:
        return None
    if story.block.kind == "deadline":
        return None
    return Diagnosis("never-returns", story.waits_at or story.at(first(Dialogue(story).reads)))


@mistake("busy-without-work")
def works_in_vain(story: Story, rule: str) -> Diagnosis | None:
    """All others wait, nobody has said anything that was not answered, and yet somebody is at work without end."""
    if story.block is None or story.block.kind != "spinning" or story.block.get("how") == "waits again and again":
        return None
    busy = [w.get("pid") for w in story.block.get("waits", ()) if w.get("kind") == "running"]
    site = next((site for pid in busy if (site := story.waits_of(pid)) is not None), story.waits_at)
    return Diagnosis("busy-without-work", site)


RECOGNISERS = (
    asks_without_end,
    sets_a_time_limit,
    mixes_text_and_bytes,
    calls_itself,
    gives_up_sending,
    closed_too_early,
    gone_client,
    throws_away,
    sends_only_a_part,
    shows_bytes,
    speaks_unasked,
    answers_wrongly,
    comes_back_too_early,
    never_sends,
    does_not_flush,
    waits_for_more,
)
LAST = (works_in_vain, never_returns)
