"""Mistakes about who runs the task: main itself, threads, one process for all."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.mistake import mistake
from conc_checker.diagnosis.story import Story, frame_site, is_learners
from conc_checker.record.verdict import Diagnosis

if TYPE_CHECKING:
    from conc_checker.record.trace import Event, Site


def main_opened(story: Story) -> Event | None:
    """Return the event of main's opening the exercise's file for writing."""
    path = story.trace.facts.path
    opened = [e for e in story.trace.of("open") if e.pid == story.main and e.get("path") == path]
    return opened[0] if path and opened else None


@mistake("called-instead-of-passed")
@mistake("run-instead-of-start")
@mistake("start-overridden")
@mistake("task-called-in-main")
@mistake("threads-instead-of-processes")
@mistake("work-in-init")
def in_main(story: Story, rule: str) -> Diagnosis | None:
    """The work was done in the main process: in threads, by run(), by a call in the wrong place."""
    kinds = ("task", "task-misused")
    work = next((e for e in story.trace if e.kind in kinds and e.pid == story.main), None) or main_opened(story)
    if work is None:
        return _threads_of_a_child(story)
    frames: list[list[Any]] = work.get("stack", [])
    learners = [f for f in frames if is_learners(f)]
    begun = story.trace.first("call-begin", "script-begin", "import-begin")
    if begun is not None and work.thread != begun.thread:
        return Diagnosis("threads-instead-of-processes", _thread_site(story))
    functions = [f[2] for f in learners]
    library = [f[2] for f in frames if f[0].endswith("multiprocessing/process.py")]
    if "start" in functions:
        return Diagnosis("start-overridden", _definition(story, "start", learners))
    if "__init__" in functions:
        return Diagnosis("work-in-init", frame_site(learners[functions.index("__init__")]))
    if "run" in library:
        before = next((f for f in reversed(frames[: _index_of_run(frames)]) if is_learners(f)), None)
        return Diagnosis("run-instead-of-start", frame_site(before) if before else None)
    if "run" in functions[1:] and story.created:
        return Diagnosis("run-instead-of-start", frame_site(learners[functions.index("run", 1) - 1]))
    line = story.code.call_as_target()
    if line is not None:
        return Diagnosis("called-instead-of-passed", story.at(line))
    if work.kind == "open":
        return None
    return Diagnosis("task-called-in-main", frame_site(learners[-1]) if learners else None)


def _thread_site(story: Story) -> Site | None:
    """Return where threads come from: their creation or, for multiprocessing.dummy, its import."""
    for node in story.code.nodes():
        if isinstance(node, ast.ImportFrom | ast.Import) and "multiprocessing.dummy" in ast.unparse(node):
            return story.at(node.lineno)
    line = story.code.line_of_call("Thread", "ThreadPoolExecutor", "ThreadPool", "to_thread", "Timer")
    sites = [e.site for e in story.trace.of("thread") if e.site]
    return story.at(line) or (sites[-1] if sites else None)


def _index_of_run(frames: list[list[Any]]) -> int:
    return next(i for i, f in enumerate(frames) if f[0].endswith("multiprocessing/process.py") and f[2] == "run")


def _definition(story: Story, name: str, learners: list[list[Any]]) -> Site | None:
    return story.at(story.code.line_of_definition(name)) or frame_site(learners[-1])


def _threads_of_a_child(story: Story) -> Diagnosis | None:
    """Several tasks at once in one child: threads there."""
    inside = story.inside
    if len({t.pid for t in inside}) < len(inside):
        return Diagnosis("threads-instead-of-processes", _thread_site(story))
    return None


@mistake("created-never-started")
def never_started(story: Story, rule: str) -> Diagnosis | None:
    """Processes were created and never started."""
    if story.raised is not None and story.raised.get("type") != "AssertionError":
        return None  # it never came so far
    if story.never_started and not story.trace.of("start"):
        line = story.code.line_of_bare("start")
        return Diagnosis("created-never-started", story.at(line) or story.never_started[-1].site)
    return None


@mistake("forked-child-returns")
def forked_child_returns(story: Story, rule: str) -> Diagnosis | None:
    """A forked child was not ended and came back from the learner's function like main."""
    event = story.trace.first("fell-through")
    if event is None:
        return None
    for node in story.code.nodes():
        if isinstance(node, ast.Return) and any(
            isinstance(i, ast.If) and i.lineno < node.lineno <= (i.end_lineno or 0) for i in story.code.nodes()
        ):
            return Diagnosis("forked-child-returns", story.at(node.lineno))
    return Diagnosis("forked-child-returns", story.at(story.code.line_of_call("fork")))


RECOGNISERS = (in_main, forked_child_returns)
LAST = (never_started,)
