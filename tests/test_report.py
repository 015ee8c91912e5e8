"""Reports as learners read them: golden files, and no text of a program does more than be read.

The files in `tests/golden` are what reports are meant to look like. After a change that shall change them:

    CONC_GOLDEN=write pytest tests/test_report.py

and look at the difference (`git diff tests/golden`) with a learner's eyes before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from conc_checker import topics
from conc_checker.diagnosis.story import Story
from conc_checker.record.document import from_json, to_json
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Event, Site, Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.report import terminal
from conc_checker.report.layout import fit, fit_end, harmless, visible, wrap
from conc_checker.texts.messages import LANGUAGES, Messages

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
MESSAGES = {language: topics.messages("processes", language) for language in LANGUAGES}
ENGLISH = MESSAGES["en"]
FILE = "start_and_join.py"
SOURCE_NAMES = {FILE: f"katas/03_multiprocess/{FILE}"}


def load(name: str) -> Trace:
    """Return a recorded trace."""
    return Trace.from_json((HERE / "traces" / f"{name}.json").read_text(encoding="utf-8"))


def render(verdict: Verdict, trace: Trace, messages: Messages, **options: Any) -> str:
    """Return the report on a trace."""
    return terminal.render(verdict, Story(trace), messages, **options)


def one_line(verdict: Verdict, trace: Trace, messages: Messages) -> str:
    """Return the report in one line."""
    return terminal.one_line(verdict, Story(trace), messages)


def failed(name: str, line: int | None, function: str = "run_all", **facts: object) -> Verdict:
    """Return a verdict that names a mistake."""
    return Verdict(Outcome.FAILED, "any", Diagnosis(name, Site(FILE, line, function) if line else None, facts))


CASES = {
    "joined_inside_the_loop": failed("joined-inside-the-loop", 14, inside=1, count=10),
    "not_joined": failed("not-joined", 13, count=10),
    "args_not_a_tuple": Verdict(Outcome.CRASHED, "any"),
    "child_failed_unnoticed": failed(
        "child-failed-unnoticed", 12, "worker", error="KeyError", message="'colour'", failed=10
    ),
    "deadlocked": failed("deadlocked", 19),
    "timed_out": Verdict(Outcome.TIMED_OUT, "any"),
    "zombie_left": Verdict(Outcome.INCONCLUSIVE, "any"),
}


def check_golden(name: str, text: str) -> None:
    """Compare a text with its golden file, or write it."""
    path = GOLDEN / name
    if os.environ.get("CONC_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path} is missing: write it with CONC_GOLDEN=write pytest tests/test_report.py"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ascii", [False, True], ids=["unicode", "ascii"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_report_is_as_its_golden_file(name: str, language: str, ascii: bool) -> None:  # noqa: A002
    """The whole report at 80 columns, in both languages, drawn with blocks and in ASCII."""
    text = render(
        CASES[name],
        load(name),
        MESSAGES[language],
        ascii=ascii,
        hint="conc hint 03",
        source_names=SOURCE_NAMES,
    )
    assert all(cell_len(line) <= 80 and line == line.rstrip() for line in text.split("\n"))
    assert not ascii or language != "en" or text.isascii()
    check_golden(f"{name}.{language}{'.ascii' if ascii else ''}.txt", text)


def test_no_golden_file_is_left_over() -> None:
    """Each golden file belongs to a case."""
    known = {f"{n}.{language}{a}.txt" for n in CASES for language in LANGUAGES for a in ("", ".ascii")}
    assert {path.name for path in GOLDEN.iterdir()} == known


@pytest.mark.parametrize("name", CASES)
def test_colour_changes_nothing_but_colour(name: str) -> None:
    """Without its ANSI sequences, which only set styles, the coloured report is the plain one."""
    plain = render(CASES[name], load(name), ENGLISH)
    coloured = render(CASES[name], load(name), ENGLISH, colour=True)
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_colour_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the terminal can do is the caller's to find out: the same call gives the same text anywhere."""
    before = render(CASES["deadlocked"], load("deadlocked"), ENGLISH, colour=True)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "20", "FORCE_COLOR": "0"}.items():
        monkeypatch.setenv(name, value)
    assert render(CASES["deadlocked"], load("deadlocked"), ENGLISH, colour=True) == before


@pytest.mark.parametrize(
    ("outcome", "english", "chinese"),
    [
        (Outcome.NOT_STARTED, "not started: This one waits for you.", "\u5c1a\u672a\u5f00\u59cb\uff1a"),
        (Outcome.BLOCKED, "blocked: A check that this one builds on", "\u6682\u4e0d\u68c0\u67e5\uff1a"),
        (Outcome.PASSED, "passed: The property holds.", "\u901a\u8fc7\uff1a"),
    ],
)
def test_what_has_nothing_to_explain_takes_one_line(outcome: Outcome, english: str, chinese: str) -> None:
    """An untouched stub, and a check that waits for another, give one line each, and perhaps a hint."""
    verdict = Verdict(outcome, "any")
    assert one_line(verdict, Trace(), ENGLISH).startswith(english)
    assert one_line(verdict, Trace(), MESSAGES["zh-CN"]).startswith(chinese)
    assert render(verdict, load("not_joined"), ENGLISH).count("\n") == 1
    assert render(verdict, Trace(), ENGLISH, hint="conc hint 03").endswith("\n\n  Hint  conc hint 03\n")


def test_an_untouched_stub_is_named_by_its_line() -> None:
    """The line that raised NotImplementedError is where to begin."""
    raised = Event("call-raised", 1, site=Site("a.py", 7, "f"), data={"type": "NotImplementedError"})
    assert one_line(Verdict(Outcome.NOT_STARTED, "any"), Trace([raised]), ENGLISH).endswith("(a.py:7)")


def test_every_outcome_has_a_report_in_each_language() -> None:
    """No outcome, with or without diagnosis, on an empty or a full trace, fails to be rendered."""
    for outcome in Outcome:
        for diagnosis in (None, Diagnosis("crashed"), Diagnosis("made-up", Site("a.py", 10**6))):
            for trace in (Trace(), load("timed_out"), load("args_not_a_tuple")):
                for messages in MESSAGES.values():
                    verdict = Verdict(outcome, "any", diagnosis)
                    assert render(verdict, trace, messages).endswith("\n")
                    assert one_line(verdict, trace, messages)


def test_a_traceback_has_the_learners_frames_only() -> None:
    """Frames of the standard library and of ours are left out; the exception comes last."""
    text = render(CASES["args_not_a_tuple"], load("args_not_a_tuple"), ENGLISH)
    assert "start_and_join.py:13  in run_all" in text
    assert "multiprocessing/process.py" not in text
    assert "TypeError: 'int' object is not iterable" in text


def test_a_deep_recursion_is_cut_in_the_middle() -> None:
    """Of many frames the first three and the last five are shown, and the others counted."""
    frames = [["a.py", i + 1, "f"] for i in range(40)]
    raised = Event("call-raised", 1, data={"type": "RecursionError", "message": "", "frames": frames})
    text = render(Verdict(Outcome.CRASHED, "any"), Trace([raised]), ENGLISH)
    assert "32 calls left out" in text
    assert [int(n) for n in re.findall(r"a\.py:(\d+)", text)] == [1, 2, 3, 36, 37, 38, 39, 40]
    assert "  RecursionError\n" in text


def test_much_output_is_cut_in_the_middle() -> None:
    """Ten lines are shown in full; of more, five from each end."""
    for count, expected in ((10, list(range(10))), (11, [0, 1, 2, 3, 4, 6, 7, 8, 9, 10])):
        printed = "".join(f"line {i}\n" for i in range(count))
        text = render(failed("x", None), _printed(printed), ENGLISH)
        assert [int(n) for n in re.findall(r"\| line (\d+)", text)] == expected
        assert ("1 lines left out" in text) is (count == 11)


def test_a_source_line_of_any_length_fits() -> None:
    """A long line of code stands below its place, cut off; a line that is not there is left out."""
    trace = Trace(facts=Facts(sources={"a.py": "x = 1\n" + "    call(" + "y" * 200 + ")"}))
    place = Verdict(Outcome.FAILED, "any", Diagnosis("x", Site("a.py", 2)))
    lines = render(place, trace, ENGLISH, source_names={"a.py": "katas/a.py"}).split("\n")
    assert "  katas/a.py:2" in lines
    assert max(map(cell_len, lines)) == 80
    beyond = Verdict(Outcome.FAILED, "any", Diagnosis("x", Site("a.py", 3)))
    assert "katas" not in render(beyond, trace, ENGLISH, source_names={"a.py": "katas/a.py"})


def test_markup_in_a_learners_text_is_text() -> None:
    """Square brackets and emoji names are shown as they were printed."""
    text = render(failed("x", None), _printed("[bold red]hi[/] :smile: [link=x]"), ENGLISH, colour=True)
    assert "[bold red]hi[/] :smile: [link=x]" in text


def test_json_goes_there_and_back() -> None:
    """A report read back is the same verdict and the same trace, and the same text."""
    for name, verdict in CASES.items():
        trace = load(name)
        text = to_json(verdict, trace)
        again, events = from_json(text)
        assert again == verdict
        assert events.to_json() == trace.to_json()
        assert to_json(again, events) == text


@pytest.mark.parametrize("text", ["[]", "{}", '{"version": 2}', "not json"])
def test_json_of_another_kind_is_refused(text: str) -> None:
    """Another version, and what is no report, raise ValueError."""
    with pytest.raises(ValueError, match=r"version|Expecting"):
        from_json(text)


# ── what a learner's program may print, raise and be named ──────────────────────────────────────────────


def _printed(text: str) -> Trace:
    """Return a trace of a program that printed something."""
    return Trace([Event("over", data={"output": {"stdout": text, "stderr": ""}})])


NASTY = st.one_of(
    st.text(max_size=300),
    st.text(st.sampled_from("\x1b[]0;31m\r\n\t:: #vso\b\x07\x9b\u202e\u2028\u200b\ufe0f\u65b0\uff0ca\U0001f600\u0301")),
    st.lists(
        st.sampled_from(
            [
                "::error file=x::",
                "##[error]",
                "##vso[task]",
                "\x1b]0;title\x07",
                "\x1b[2J",
                " ",
                "\n",
                "word",
                "\u8fdb\u7a0b\u3002",
                "\u200d",
                "\U0001f468\u200d\U0001f469",
                "\U0001f1e9\U0001f1ea",
                "x" * 90,
                "\udc80",
            ]
        ),
        max_size=40,
    ).map("".join),
)


def _assert_harmless(text: str, width: int) -> None:
    for line in text.split("\n"):
        assert line == "" or line.isprintable(), line
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line
        assert cell_len(line) <= width, (cell_len(line), line)
        line.encode()


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=NASTY, width=st.integers(40, 130), ascii=st.booleans(), language=st.sampled_from(LANGUAGES))
@example(text="a" * 72 + " ::error::b", width=80, ascii=False, language="en")
@example(text="\r::error::x", width=80, ascii=False, language="en")
@example(text="\x85::error::\u2028::error::", width=80, ascii=True, language="zh-CN")
def test_whatever_a_program_says_is_only_text(text: str, width: int, ascii: bool, language: str) -> None:  # noqa: A002
    """Printed, raised, as a name, a file, a function, a fact: no controls, no commands, no line too wide."""
    site = Site(text, 1, text)
    trace = Trace(
        [
            Event("run-begin", data={"pid": 1}),
            Event("call-begin", 1, 1),
            Event("begin", 2, 2, data={"name": text}),
            Event("task", 2, 2, data={"args": [text], "task": 1}),
            Event("begin", 3, 3, data={"name": text}),
            Event("raised", 3, 3, site=site, data={"type": text, "message": text, "frames": [[text, 1, text]]}),
            Event(
                "call-raised",
                1,
                1,
                site=site,
                data={"type": text, "message": text, "frames": [[text, 1, text]]},
            ),
            Event("deadline", data={"stacks": {"2": [[0, text, 1, text], [0, "a.py", 1, text]]}, "waits": []}),
            Event("over", data={"output": {"stdout": text, "stderr": text}}),
        ],
        Facts(sources={text: text, "a.py": text}),
    )
    facts = {"inside": text, "count": text, "type": text, "message": text}
    messages = MESSAGES[language]
    for verdict in (
        Verdict(Outcome.CRASHED, "any"),
        Verdict(Outcome.TIMED_OUT, "any"),
        Verdict(Outcome.FAILED, "any", Diagnosis("joined-inside-the-loop", Site(text, 1, text), facts)),
        Verdict(Outcome.FAILED, "any", Diagnosis("crashed", Site("a.py", 1, text), facts)),
        Verdict(Outcome.NOT_STARTED, "any", Diagnosis("crashed", site, facts)),
    ):
        report = render(verdict, trace, messages, width=width, ascii=ascii, hint=text, source_names={"a.py": text})
        _assert_harmless(report, width)
        assert not ascii or language != "en" or report.isascii()
        coloured = render(verdict, trace, messages, width=width, ascii=ascii, colour=True)
        _assert_harmless(re.sub(r"\x1b\[[0-9;]*m", "", coloured), width)
        line = one_line(verdict, trace, messages)
        assert line.isprintable()
        assert not line.startswith("::")


@settings(deadline=None)
@given(text=NASTY)
def test_printed_lines_are_all_behind_a_bar(text: str) -> None:
    """Below the heading of what was printed, each line begins with a bar or says what was left out."""
    report = render(failed("x", None), _printed(text), ENGLISH)
    _, found, below = report.partition("  Printed\n")
    if found:
        assert all(line.startswith(("  |", "  \N{HORIZONTAL ELLIPSIS} ")) for line in below.rstrip("\n").split("\n"))


@settings(deadline=None)
@given(text=NASTY, width=st.integers(10, 100))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Lines put together again are the text, but for spaces at their ends and the escape of a command."""
    safe = visible(text)
    lines = wrap(safe, width)
    assert all(cell_len(line) <= width for line in lines)
    joined = "".join(lines).replace("\\x3a", ":")
    assert joined.replace(" ", "") == safe.replace("\\x3a", ":").replace(" ", "")


def test_no_line_of_a_broken_text_begins_a_command() -> None:
    """A `::` that comes to stand at the begin of a line is escaped; elsewhere it stays."""
    assert wrap("aaaaaaaaaa::error::x", 10) == ["aaaaaaaaaa", "\\x3a:error", "\\x3a:x"]
    assert wrap("bind to ::1", 8) == ["bind to", "\\x3a:1"]
    assert wrap("bind to ::1", 20) == ["bind to ::1"]
    assert harmless("  ::error::") == "  \\x3a:error::"
    assert harmless("a ::error::") == "a ::error::"


def test_a_nameless_row_does_not_begin_a_command() -> None:
    """A process is named by a space, its file by a command: the line begins with neither."""
    trace = Trace(
        [
            Event("run-begin", data={"pid": 1}),
            Event("call-begin", 1, 1),
            Event("begin", 2, 2, data={"name": " "}),
            Event("deadline", data={"stacks": {"2": [[0, "::error::", 1, "f"]]}}),
        ]
    )
    _assert_harmless(render(Verdict(Outcome.TIMED_OUT, "any"), trace, ENGLISH), 80)


def test_chinese_breaks_anywhere_but_before_closing_punctuation() -> None:
    """A line is filled up, no comma begins one, no opening quote ends one, and words stay whole."""
    assert wrap("\u4e00\u4e8c\u4e09\uff0c\u56db\u4e94", 6) == ["\u4e00\u4e8c", "\u4e09\uff0c\u56db", "\u4e94"]
    assert wrap("\u4e00\u4e8c\u300c\u4e09\u300d", 6) == ["\u4e00\u4e8c", "\u300c\u4e09\u300d"]
    assert wrap("\u7b49\u5f85join()\u8fd4\u56de", 8) == ["\u7b49\u5f85", "join()\u8fd4", "\u56de"]


def test_english_breaks_at_spaces_only() -> None:
    """Words stay whole, also quoted ones, unless one is wider than the line."""
    assert wrap("one 'two' (three) four", 9) == ["one 'two'", "(three)", "four"]
    assert wrap("abcdefghij k", 4) == ["abcd", "efgh", "ij k"]
    assert wrap("", 5) == [""]


def test_a_cut_says_that_it_is_one() -> None:
    """What does not fit ends in a mark, within the width, also where a wide character would cross it."""
    assert fit("abcdef", 6) == "abcdef"
    assert fit("abcdefg", 6) == "abcde\N{HORIZONTAL ELLIPSIS}"
    assert fit("abcdefg", 6, ascii=True) == "abc..."
    assert fit_end("abcdefg", 6) == "\N{HORIZONTAL ELLIPSIS}cdefg"
    assert fit_end("abcdefg", 6, ascii=True) == "...efg"
    assert fit("\u4e00\u4e8c\u4e09\u56db", 6) == "\u4e00\u4e8c\N{HORIZONTAL ELLIPSIS}"


def test_invisible_characters_are_shown() -> None:
    """Control and format characters, and odd spaces, are written as escapes, a tab as spaces."""
    assert visible("\ufe0f\xa0\u3000a\tb\x1b[0m\x07\r\n\x9b\u202e\udc80\U000e0041") == (
        r"\ufe0f\xa0  a    b\x1b[0m\x07\r\n\x9b\u202e\udc80\U000e0041"
    )
    assert visible("\u8fdb \u2192 \xe9", ascii=True) == r"\u8fdb -> \xe9"
    assert visible("##[error] ##vso[x] # [y]") == r"##\x5berror] ##vso\x5bx] # [y]"


def test_a_report_is_plain_json_types() -> None:
    """The document can be read by any JSON reader, and says its version first."""
    document = json.loads(to_json(CASES["deadlocked"], load("deadlocked")))
    assert next(iter(document)) == "version"
    assert document["verdict"]["diagnosis"]["id"] == "deadlocked"
