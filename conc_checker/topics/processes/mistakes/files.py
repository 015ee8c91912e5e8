"""Mistakes about the file that the first kata writes."""

from __future__ import annotations

import ast

from conc_checker.diagnosis.mistake import mistake, only_for
from conc_checker.diagnosis.story import Story, is_learners
from conc_checker.record.trace import Site
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.processes.mistakes.running import main_opened

_WRITES = ("write", "write_text", "write_bytes", "writelines", "print")


@mistake("opened-in-main")
@mistake("written-by-main")
def written_by_main(story: Story, rule: str) -> Diagnosis | None:
    """Main wrote the file itself: by calling the task, or with what a child had put into its own memory."""
    event = main_opened(story)
    if rule not in ("written", "script", "finish") or event is None:
        return None
    learners = [f for f in event.get("stack", ()) if is_learners(f)]
    if learners and learners[-1][2] == "task" and len(learners) > 1:
        return Diagnosis("written-by-main", Site(*learners[-2]))
    return Diagnosis("opened-in-main", event.site)


@mistake("guard-never-true")
@mistake("main-never-called")
@only_for("written", "script")
def guard_never_true(story: Story, rule: str) -> Diagnosis | None:
    """The script did nothing: its guard is never true, or it names main without calling it."""
    if story.created or story.workers:
        return None
    for node in story.code.tree.body:
        if not isinstance(node, ast.If) or "__name__" not in ast.unparse(node.test):
            continue
        if "__main__" not in ast.unparse(node.test):
            return Diagnosis("guard-never-true", story.at(node.lineno))
        for statement in node.body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name):
                return Diagnosis("main-never-called", story.at(statement.lineno))
    if not any(isinstance(n, ast.If | ast.Expr) and not _is_text(n) for n in story.code.tree.body):
        return Diagnosis("main-never-called", story.at(story.code.line_of_definition("main")))
    return None


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@mistake("wrong-file", "name")
@only_for("written", "content", "task")
def wrong_file(story: Story, rule: str) -> Diagnosis | None:
    """A file of another name was written."""
    others = [
        e
        for e in story.trace.of("open")
        if e.get("path") != story.trace.facts.path and (e.pid != story.main or rule == "task")
    ]
    if not others:
        return None
    return Diagnosis("wrong-file", others[-1].site, {"name": others[-1].get("path")})


@mistake("exit-without-flushing")
def exit_without_flushing(story: Story, rule: str) -> Diagnosis | None:
    """The child ended by os._exit while its text was still in a buffer."""
    line = story.code.line_of_call("_exit")
    if rule != "content" or line is None or story.trace.first("return") is not None:
        return None
    return Diagnosis("exit-without-flushing", story.at(line))


@mistake("wrong-content", "found")
@only_for("content")
def wrong_content(story: Story, rule: str) -> Diagnosis | None:
    """The file says something else."""
    over = story.trace.last("over", "left")
    found = (over.get("written") or {}).get(story.trace.facts.path) if over else None
    # A text that is there but not in UTF-8 was spoilt where the file was opened, any other where it was written.
    spoilt = found is not None and ("\0" in found or found.startswith("ï»¿"))
    opened = story.trace.first("open")
    line = opened.site.line if spoilt and opened and opened.site else story.code.line_of_call(*_WRITES)
    return Diagnosis("wrong-content", story.at(line), {"found": ascii(found) if found is not None else "—"})


@mistake("global-set-under-the-guard", "name")
@only_for("content")
def text_set_in_main_only(story: Story, rule: str) -> Diagnosis | None:
    """The child wrote an empty text: main had put the real one into a global of its own."""
    for node in story.code.nodes():
        if isinstance(node, ast.Global):
            name = node.names[0]
            return Diagnosis("global-set-under-the-guard", story.at(story.code.assignment(name)), {"name": name})
    return None


@mistake("main-missing", "name")
@mistake("task-missing", "name")
@only_for("definitions")
def definition_missing(story: Story, rule: str) -> Diagnosis | None:
    """The script lacks one of the functions that the task names."""
    imported = story.trace.first("imported")
    lines = (imported.get("lines") or {}) if imported else {}
    for name in story.asked.get("names", ()):
        if name not in lines:
            return Diagnosis(f"{name}-missing", _place_of_missing(story, name), {"name": name})
    return None


def _place_of_missing(story: Story, name: str) -> Site | None:
    """Return where the function's work is done instead: in another function, or under the guard."""
    for node in story.code.nodes():
        if isinstance(node, ast.FunctionDef) and name == "task" and node.name != "main":
            return story.at(node.lineno)
        if isinstance(node, ast.If) and name == "main":
            return story.at(node.lineno)
    return None


RECOGNISERS = (text_set_in_main_only, written_by_main, guard_never_true, wrong_file, exit_without_flushing)
LAST = (wrong_content,)
FIRST = (definition_missing,)
