"""Who said what on a connection, as a learner reads it: in order, cut to the width, and only those who matter."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from conc_checker import topics
from conc_checker.diagnosis.story import Story
from conc_checker.record.trace import Event, Trace
from conc_checker.record.verdict import Outcome, Verdict
from conc_checker.report.canvas import Canvas
from conc_checker.report.lifelines import tell
from conc_checker.texts.messages import LANGUAGES
from conc_checker.topics.sockets.transcript import transcript

MESSAGES = {language: topics.messages("sockets", language) for language in LANGUAGES}
BEGIN = Event("run-begin", data={"pid": 7})


def said(data: bytes, client: int = 1, size: int = 0) -> Event:
    """Return the event of a client that says something; of much data only the begin is known."""
    text = data.decode("latin-1")
    return Event("client-said", data={"client": client, "size": size or len(data), "text": text})


def heard(data: bytes, client: int = 1, size: int = 0) -> Event:
    """Return the event of a client that has heard something."""
    return Event("client-heard", data={**said(data, client, size).data, "total": 0, "digest": ""})


def lines(
    *events: Event,
    rule: str = "answer",
    language: str = "en",
    width: int = 80,
    ascii: bool = False,  # noqa: A002
    expected: dict[str, Any] | None = None,
) -> list[str]:
    """Return the lines of a transcript."""
    trace = Trace([BEGIN, *events])
    verdict = Verdict(Outcome.FAILED, rule, asked=expected or {})
    canvas = Canvas(MESSAGES[language], width, ascii=ascii)
    found = transcript(trace, verdict, tell(Story(trace), verdict), canvas)
    return [line.plain.rstrip() for line in found]


def expected(data: bytes, missing: int, client: int = 1, size: int = 0) -> dict[str, Any]:
    """Return the fact of what a client should have heard last."""
    text = data.decode("latin-1")
    return {"client": client, "text": text, "size": size or len(data), "missing": missing}


def test_what_was_said_stands_in_order() -> None:
    """A client's words point away from it, what it hears points at it, and a missing answer is the last line."""
    found = lines(
        *(said(b"hello"), heard(b"HELLO"), said(b"world")),
        expected=expected(b"WORLD", 5),
    )
    assert found == [
        '  client  ▶  b"hello"',
        '          ◀  b"HELLO"',
        '  client  ▶  b"world"',
        '          ◀  b"WORLD"  (expected, and nothing came)',
    ]


def test_a_part_is_told_from_something_else() -> None:
    """Missing bytes are counted where all that came was right so far; otherwise the two are laid side by side."""
    part = lines(said(b"hello"), heard(b"HEL"), expected=expected(b"HELLO", 2))
    assert part[-1] == '          ◀  b"HELLO"  (expected; the last 2 of 5 bytes did not come)'
    other = lines(said(b"hello"), heard(b"hel"), expected=expected(b"HELLO", 2))
    assert other[-1] == '          ◀  b"HELLO"  (this was expected)'


def test_it_can_be_read_in_ascii_and_in_chinese() -> None:
    """In ASCII arrows are plain; in Chinese the words are Chinese."""
    events = (said(b"caf\xc3\xa9\n"), heard(b"x" * 500))
    found = lines(*events, ascii=True, expected=expected(b"CAF\xc3\xa9\n", -494))
    assert found[0] == r'  client  >  b"caf\xc3\xa9\n"'
    assert all(line.isascii() for line in found)
    assert found[1].endswith('"  (500 bytes in all)')
    assert "..." in found[1]
    assert lines(said(b"hi"), language="zh-CN", expected=expected(b"HI", 2))[-1].endswith("\u6ca1\u6709\u6765)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_every_line_fits(language: str, ascii: bool, width: int) -> None:  # noqa: A002
    """Whatever is said, no line is wider than the page."""
    events = [said(bytes(range(120)), size=10**9), heard(b"\xff" * 120, size=10**9), said(b'"\\' * 60)]
    found = lines(*events, language=language, width=width, ascii=ascii, expected=expected(b"\0" * 120, 9, size=10**9))
    assert found
    assert max(map(cell_len, found)) <= width


def test_what_is_cut_shows_its_size_and_both_ends_as_far_as_they_are_known() -> None:
    """All of it known: its begin and its end; only the begin known: no end is made up."""
    known = lines(said(b"a" * 60 + b"z" * 60))[0]
    assert "aaa…zzz" in known.replace("a" * 20, "a")
    assert known.endswith('z"  (120 bytes in all)')
    begin = lines(said(b"a" * 120, size=5_500_000))[0]
    assert begin.endswith('a…"  (5500000 bytes in all)')


def test_bytes_that_were_sent_one_by_one_share_a_line() -> None:
    """A message in pieces is one line that says in how many."""
    assert lines(*(said(bytes([byte])) for byte in b"abc"))[0] == '  client  ▶  b"abc"  (in 3 pieces)'


def test_leaving_and_the_end_are_told() -> None:
    """How a client left, and that the program closed the connection, stand in brackets: nobody sent that."""
    left = Event("client-leave", data={"client": 1, "how": "reset"})
    ended = Event("client-end", data={"client": 1, "how": "ended"})
    assert lines(said(b"x"), left)[-1] == "  client  ▶  (breaks the connection off)"
    assert lines(said(b"x"), ended)[-1] == "          ◀  (the connection has ended)"


def test_an_end_by_our_own_hand_is_not_told() -> None:
    """What ends after everything has come to a standstill, or after the function is done, is nobody's doing."""
    ended = Event("client-end", data={"client": 1, "how": "ended"})
    assert "has ended" not in lines(said(b"x"), Event("stuck"), ended)[-1]
    assert "has ended" not in lines(said(b"x"), Event("call-end", 7), ended, rule="finish")[-1]
    assert "has ended" in lines(said(b"x"), Event("call-end", 7), ended, rule="answer")[-1]


def test_what_was_returned_stands_below() -> None:
    """Where the returned values were the question, they follow, and then what was expected instead of the last."""
    values = [{"type": "bytes", "text": "hell", "size": 4, "digest": "x"}, {"type": "NoneType", "plain": None}]
    end = Event("call-end", 7, data={"values": values})
    found = lines(said(b"\0\0\0\5hello"), end, rule="returned", expected={"number": 0, "text": "hello", "size": 5})
    assert found[1:4] == [
        '             b"hell"  (returned)',
        "             (returned: None)",
        '             b"hello"  (this was expected)',
    ]


def test_of_many_clients_only_those_that_matter_are_shown() -> None:
    """The one that the check spoke of, numbered; all others are counted."""
    events = [event for n in range(1, 51) for event in (said(b"hello", n), heard(b"HELLO", n))]
    found = lines(*events, said(b"again", 40), expected=expected(b"AGAIN", 5, client=40))
    assert found == [
        '  client 40  ▶  b"hello"',
        '             ◀  b"HELLO"',
        '  client 40  ▶  b"again"',
        '             ◀  b"AGAIN"  (expected, and nothing came)',
        "  … more clients: 49",
    ]
    assert lines(*events, rule="apart")[-1] == "  … more clients: 47"


def test_two_clients_are_told_apart_also_by_what_they_hear() -> None:
    """A line whose client is not that of the line before names its own."""
    found = lines(said(b"a", 1), said(b"b", 2), heard(b"A", 1), heard(b"B", 2), rule="apart")
    assert [line.split()[:2] for line in found] == [["client", "1"], ["client", "2"]] * 2


def test_a_long_talk_is_cut_in_the_middle() -> None:
    """Its begin shows how it began and its end what went wrong; between them the lines are counted."""
    events = [event for n in range(20) for event in (said(b"%d" % n), heard(b"%d" % n))]
    found = lines(*events, rule="going on")
    assert len(found) == 13
    assert found[4] == "  … 28 more lines"
    assert found[0].endswith('b"0"')
    assert found[-1].endswith('b"19"')


def test_silence_has_no_transcript() -> None:
    """Without a word on any connection there is nothing to write."""
    assert lines(Event("client-connect", data={"client": 1, "state": "open"}), heard(b"")) == []
