"""The picture: which rows there are, how they stand at the decisive moment, and that it always fits.

The traces in `tests/traces` were recorded from programs of `tests/programs`, but for `timed_out`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from conc_checker import topics
from conc_checker.diagnosis.story import Story
from conc_checker.record.events import Kind
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Event, Site, Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.report import lifelines
from conc_checker.report import timeline as drawing
from conc_checker.report.canvas import Canvas
from conc_checker.report.lifelines import Lifelines, Row, State, find_moment
from conc_checker.texts.messages import LANGUAGES, Messages

TRACES = Path(__file__).parent / "traces"
NAMES = sorted(path.stem for path in TRACES.glob("*.json"))
FAILED = Verdict(Outcome.FAILED, "any")
MESSAGES = {language: topics.messages("processes", language) for language in LANGUAGES}
ENGLISH = MESSAGES["en"]


def load(name: str) -> Trace:
    """Return a recorded trace."""
    return Trace.from_json((TRACES / f"{name}.json").read_text(encoding="utf-8"))


def tell(trace: Trace, verdict: Verdict) -> Lifelines:
    """Return the rows of a trace."""
    return lifelines.tell(Story(trace), verdict)


def timeline(trace: Trace, verdict: Verdict, messages: Messages, width: int = 80, ascii: bool = False) -> list[Text]:  # noqa: A002
    """Draw the rows of a trace."""
    return drawing.timeline(tell(trace, verdict), Canvas(messages, width, ascii=ascii))


def story(name: str, verdict: Verdict = FAILED) -> Lifelines:
    """Return the story of a recorded trace."""
    return tell(load(name), verdict)


def row(name: str, key: str, index: object = None) -> Row:
    """Return one row of a recorded trace's story."""
    return next(r for r in story(name).rows if r.key == key and r.index == index)


def picture(trace: Trace, width: int = 80, *, ascii: bool = False) -> list[str]:  # noqa: A002
    """Return the lines of a picture in English."""
    return [line.plain for line in timeline(trace, FAILED, ENGLISH, width, ascii)]


def labels(name: str) -> list[tuple[str, object, str]]:
    """Return what the rows are and how they stand at last."""
    return [(r.key, r.index, r.label) for r in story(name).rows]


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 57, 80, 200])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_too_wide_and_all_rows_align(name: str, width: int, language: str, ascii: bool) -> None:  # noqa: A002
    """Counted in terminal cells, each line fits, and all rows have their edge in one column."""
    lines = [line.plain for line in timeline(load(name), FAILED, MESSAGES[language], width, ascii)]
    assert lines
    assert max(map(cell_len, lines)) <= width
    edge = "|" if ascii else "\N{BOX DRAWINGS LIGHT VERTICAL}"
    assert len({cell_len(line[: line.index(edge)]) for line in lines[1:-1]}) == 1
    assert cell_len(lines[0].split("v" if ascii else "\N{BLACK DOWN-POINTING TRIANGLE}")[0]) == cell_len(
        lines[1][: lines[1].index(edge)]
    )


@pytest.mark.parametrize("name", NAMES)
def test_ascii_means_ascii(name: str) -> None:
    """The plain picture has no character beyond ASCII, and in Chinese none but the words."""
    assert all(line.isascii() for line in picture(load(name), ascii=True))
    chinese = [line.plain for line in timeline(load(name), FAILED, MESSAGES["zh-CN"], 80, ascii=True)]
    assert not set("".join(chinese)) & set("\u2588\u2584\u2592\u00b7\u2502\u25bc\u2026")


@pytest.mark.parametrize("name", NAMES)
def test_all_rows_are_equally_long_and_few_are_shown(name: str) -> None:
    """Each row has a state for each column; heading and legend apart, at most 12 lines are drawn."""
    rows = story(name).rows
    assert len({len(r.states) for r in rows}) == 1
    assert len(picture(load(name))) - 2 <= 12


def test_joined_inside_the_loop_shows_main_waiting_and_the_others_never_started() -> None:
    """Main waits in join on its line, the first task is held inside, the others were never started."""
    assert labels("joined_inside_the_loop") == [
        ("main", None, "waiting in"),
        ("task", 0, "inside the task"),
        *[("task", i, "never started") for i in range(1, 10)],
    ]
    main = row("joined_inside_the_loop", "main")
    assert main.facts == {"call": "join"}
    assert main.site is not None
    assert main.site.line == 14
    assert main.state is State.WAITING
    assert set(row("joined_inside_the_loop", "task", 9).states) == {State.ABSENT}


def test_naps_one_after_another_make_a_staircase() -> None:
    """With naps instead of holds, no two tasks are inside in the same column."""
    tasks = [r for r in story("joined_inside_the_loop_naps").rows if r.key == "task"]
    assert len(tasks) == 10
    assert max(sum(t.states[i] is State.INSIDE for t in tasks) for i in range(len(tasks[0].states))) == 1


def test_not_joined_shows_main_returned_while_tasks_are_inside() -> None:
    """The picture stops where the function returned: what was killed later counts as inside."""
    rows = story("not_joined").rows
    assert rows[0].label == "returned"
    assert {r.label for r in rows if r.key == "task"} == {"inside the task"}


def test_helpers_of_forkserver_are_no_rows() -> None:
    """The fork server and the resource tracker are not the learner's processes; the tasks under them are."""
    rows = story("loop_and_list_forkserver").rows
    assert [(r.key, r.index) for r in rows] == [("main", None), *[("task", i) for i in range(10)]]


def test_threads_are_shown_as_in_main() -> None:
    """Tasks that ran in threads get rows, and these say that they were in main."""
    assert {r.label for r in story("threads").rows[1:]} == {"done, in main"}


def test_a_task_called_in_main_keeps_main_inside() -> None:
    """Main itself is inside the task that it called."""
    rows = story("task_called_in_main").rows
    assert (rows[0].label, rows[0].state) == ("inside the task", State.INSIDE)
    assert rows[1].label == "inside the task, in main"


def test_exceptions_in_children_are_shown_with_their_line() -> None:
    """A child that ended by an exception says which, and where."""
    children = [r for r in story("child_failed_unnoticed").rows if r.key == "name"]
    assert len(children) == 10
    assert {(r.label, r.facts["type"]) for r in children} == {("raised", "KeyError")}
    assert {str(r.site) for r in children} == {"start_and_join.py:12"}


def test_a_join_of_what_never_started_is_no_wait() -> None:
    """It raised at once, so main was never waiting."""
    assert State.WAITING not in row("created_never_started", "main").states


def test_zombies_are_named() -> None:
    """A process that had ended and was never joined is a zombie when the function returns; main is not."""
    found = [r.label for r in story("zombie_left").rows]
    assert "zombie" in found[1:]
    assert found[0] == "returned"


def test_a_census_after_tasks_moved_on_says_nothing_of_the_moment() -> None:
    """When tasks were let go before the processes were counted, those that ended since are no zombies."""
    trace = _starts(1, hold=False)
    left = Event("left", 1, data={"processes": [{"pid": 100, "state": "Z", "role": "worker"}]})
    trace.events += [Event("call-end", 1), left]
    assert tell(trace, FAILED).rows[1].label == "zombie"
    trace.events.insert(-1, Event("released", 101, data={"number": 1}))
    assert tell(trace, FAILED).rows[1].label == "running"


def test_terminated_tasks_say_by_what() -> None:
    """Tasks that main ended carry the call and its line, also where their end is noted before the call."""
    tasks = [r for r in story("terminated").rows if r.key == "task"]
    assert {r.label for r in tasks} == {"ended by"}
    assert {r.facts["call"] for r in tasks} == {"terminate"}


def test_polling_is_named() -> None:
    """A loop that asks again and again is shown as that, with its line, and not as waiting."""
    main = row("busy_waiting", "main")
    assert (main.label, main.facts) == ("asking without end", {"call": "is_alive"})
    assert main.site is not None
    assert main.site.line == 14


def test_a_poller_that_is_caught_asleep_is_still_a_poller() -> None:
    """At the moment of the look it may be in a system call; what it does is ask."""
    trace = load("busy_waiting")
    moment = trace.last("spinning")
    assert moment is not None
    moment.data["waits"] = [{"pid": trace.main, "thread": trace.main, "kind": "untimed", "call": "wait4"}]
    assert tell(trace, FAILED).rows[0].label == "asking without end"


def test_a_wait_without_a_known_call_is_found_in_the_stack() -> None:
    """What main waits in is taken from its stack: the function that the learner's own line called."""
    main = row("deadlocked", "main")
    assert (main.label, main.facts, str(main.site)) == (
        "waiting in",
        {"call": "wait"},
        "start_and_join.py:19",
    )


def test_a_forked_child_does_not_stand_on_its_parents_line() -> None:
    """A child's stack goes on into its parent's at the fork; that line is not where the child is."""
    rows = story("queue_not_drained").rows[1:]
    assert {r.label for r in rows} == {"waiting", "waiting to end"}
    assert {r.site for r in rows} == {None}


def test_a_timed_out_run_shows_where_each_process_is() -> None:
    """At the deadline each process shows its wait and the learner's line."""
    children = [r for r in story("timed_out").rows if r.key == "name"]
    assert [(r.label, r.facts, str(r.site)) for r in children] == [
        ("waiting in", {"call": "read"}, "start_and_join.py:21")
    ] * 2


def test_many_alike_are_folded() -> None:
    """Thirty tasks that fared alike are two rows and a count."""
    lines = picture(load("thirty"))
    assert len(lines) == 6
    assert "28 more like this" in lines[3]


def test_many_different_ones_are_folded_in_the_middle() -> None:
    """Where no two rows beside each other are alike, the middle ones are counted."""
    trace = _starts(30)
    for i in range(30):
        kind: Kind = "task-end" if i % 2 else "poll"
        trace.events.append(Event(kind, 100 + i, data={"task": i}))
    trace.events.append(Event("call-end", 1))
    lines = picture(trace)
    assert len(lines) - 2 == 12
    assert any("20 more" in line for line in lines)


def _starts(count: int, *, hold: bool = True) -> Trace:
    """Return a trace in which main has started tasks, and all of them are inside."""
    events = [Event("run-begin", data={"pid": 1}), Event("call-begin", 1, 1)]
    for i in range(count):
        pid = 100 + i
        events.append(Event("start", 1, 1, site=Site("a.py", 5), data={"key": f"1.{i}"}))
        events.append(Event("begin", pid, pid, data={"name": f"Process-{i}"}))
        if hold:
            events.append(Event("task", pid, pid, data={"args": [i], "task": i}))
    return Trace(events, Facts(count=count))


def test_the_same_sleep_again_and_again_takes_no_more_room() -> None:
    """Two hundred wake-ups from the same line do not push the rest out of the picture."""
    trace = _starts(2)
    for _ in range(200):
        trace.events.append(Event("sleep", 1, 1, site=Site("a.py", 9), data={"seconds": 0.1}))
        trace.events.append(Event("woke", 1, 1))
    before = len(tell(_starts(2), FAILED).rows[0].states)
    trace.events.append(Event("spinning", data={"how": "waits again and again"}))
    assert len(tell(trace, FAILED).rows[0].states) <= before + 4


def test_tasks_in_one_process_say_so() -> None:
    """A second task in the same process has a row of its own, which names the row of the process."""
    trace = _starts(1)
    trace.events += [
        Event("task-end", 100, data={"task": 0}),
        Event("task", 100, 100, data={"args": [1], "task": 1}),
        Event(
            "stuck",
            data={"waits": [{"pid": 100, "thread": 100, "kind": "untimed", "call": "recv", "held": 1}]},
        ),
    ]
    lines = picture(trace)
    assert "inside the task, in task 0's process" in lines[3]


@pytest.mark.parametrize("index", [None, {"type": "list"}, "a\x1b[31m\nvery long name indeed", "::error::x", True, 1.5])
def test_any_index_makes_a_row(index: object) -> None:
    """A task may be called with anything: the row's name stays short, plain and harmless."""
    trace = _starts(1)
    trace.events[-1].data["args"] = [index]
    trace.events += [Event("call-end", 1)]
    lines = picture(trace)
    assert any("inside the task" in line for line in lines)
    assert all(line.isprintable() and not line.lstrip().startswith("::") for line in lines)


def test_a_process_name_is_never_a_command() -> None:
    """A learner may name a process `::error::`; at the begin of a row it is escaped."""
    trace = _starts(1, hold=False)
    trace.events[-1].data["name"] = "::error::"
    trace.events += [Event("call-end", 1)]
    assert any(line.lstrip().startswith(r"\x3a:error") for line in picture(trace))


def test_nothing_is_drawn_of_a_program_that_never_ran() -> None:
    """Without the learner's code having begun, and with main alone, there is nothing to see."""
    assert picture(Trace()) == []
    assert picture(Trace([Event("run-begin", data={"pid": 1}), Event("exit", 1)])) == []
    alone = Trace([Event("run-begin", data={"pid": 1}), Event("call-begin", 1), Event("call-end", 1)])
    assert picture(alone) == []


def test_main_alone_and_waiting_is_drawn() -> None:
    """A program without other processes that waits for ever is worth a picture."""
    trace = Trace(
        [
            Event("run-begin", data={"pid": 1}),
            Event("call-begin", 1, 1),
            Event("stuck", data={"waits": [{"pid": 1, "thread": 1, "kind": "untimed", "call": "accept4"}]}),
        ]
    )
    assert any("waiting in accept()" in line for line in picture(trace))


def test_the_moment_is_the_standstill_on_the_line_of_the_diagnosis() -> None:
    """A later end of the run does not hide the standstill that the diagnosis is about."""
    trace = load("joined_inside_the_loop")
    stuck = next(i for i, e in enumerate(trace.events) if e.kind == "stuck")
    trace.events.insert(stuck + 1, Event("call-end", trace.main))
    diagnosis = Diagnosis("joined-inside-the-loop", Site("start_and_join.py", 14))
    assert find_moment(trace, Verdict(Outcome.FAILED, "overlap", diagnosis)) == stuck
    assert find_moment(trace, FAILED) == stuck + 1


def test_the_last_standstill_on_that_line_counts() -> None:
    """A check may have held a task first, to prove that main waits: that standstill was no mistake."""
    trace = load("deadlocked")
    standstills = [i for i, e in enumerate(trace.events) if e.kind == "stuck"]
    assert len(standstills) == 2
    verdict = Verdict(Outcome.FAILED, "any", Diagnosis("deadlocked", Site("start_and_join.py", 19)))
    assert find_moment(trace, verdict) == standstills[1]


def test_a_check_may_name_the_moment() -> None:
    """The fact `moment`, a position in the trace, goes before all else; one beyond it is passed over."""
    trace = load("not_joined")
    for moment, found in ((20, 20), (10**6, find_moment(trace, FAILED))):
        verdict = Verdict(Outcome.FAILED, "any", Diagnosis("x", None, {"moment": moment}))
        assert find_moment(trace, verdict) == found


def test_being_killed_by_us_is_no_moment() -> None:
    """A run that was broken off while all tasks were held shows them inside, and main alive."""
    trace = _starts(3)
    trace.events += [Event("exit", 1, data={"code": -9}), Event("exit", 100), Event("over")]
    rows = tell(trace, FAILED).rows
    assert {r.label for r in rows[1:]} == {"inside the task"}
    assert rows[0].state is State.ALIVE


def test_a_program_that_exits_by_itself_has_its_end_as_the_moment() -> None:
    """`os._exit(3)` in main is the moment, and its code is shown."""
    trace = _starts(2)
    trace.events += [Event("exit", 1, data={"code": 3}), Event("over")]
    assert any("ended, exit code 3" in line for line in picture(trace))


def test_prefixes_of_a_trace_can_be_drawn() -> None:
    """A run may be broken off anywhere."""
    for name in NAMES:
        trace = load(name)
        for end in range(0, len(trace.events), 7):
            for line in picture(Trace(trace.events[:end], trace.facts), 60):
                assert cell_len(line) <= 60
