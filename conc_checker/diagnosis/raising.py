"""Mistakes that Python itself reports with an exception, in main or in a child."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.diagnosis.mistake import mistake, passes_on
from conc_checker.record.verdict import Diagnosis, Outcome

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Event, Site

# type, part of the message, library function that raised (None: any) → diagnosis
_KNOWN: tuple[tuple[str, str, str | None, str], ...] = (
    ("AssertionError", "group argument must be None", None, "target-passed-as-group"),
    ("AssertionError", "can only join a started process", None, "joined-before-start"),
    ("AssertionError", "cannot start a process twice", None, "started-twice"),
    ("AssertionError", "can only join a child process", None, "joined-a-sibling"),
    ("AssertionError", "can only test a child process", None, "joined-a-sibling"),
    ("AssertionError", "daemonic processes are not allowed to have children", None, "daemon-with-children"),
    ("AssertionError", "process has already started", None, "daemon-set-after-start"),
    ("ValueError", "Cannot close a process while it is still running", None, "closed-while-running"),
    ("AssertionError", "Process.__init__() not called", None, "super-init-missing"),
    ("AttributeError", "object has no attribute '_closed'", None, "super-init-missing"),
    ("AttributeError", "object has no attribute '_popen'", None, "super-init-missing"),
    ("AttributeError", "object has no attribute '_config'", None, "super-init-missing"),
    ("RuntimeError", "context has already been set", None, "start-method-set-twice"),
    ("EOFError", "EOF when reading a line", None, "input-in-a-child"),
)


def _last_library_function(event: Event) -> str:
    frames = event.get("frames", ())
    return frames[-1][2] if frames and frames[-1][0].startswith("…") else ""


def _pickling(event: Event) -> str | None:
    """Return the diagnosis for an object that cannot travel to a new interpreter."""
    message = str(event.get("message"))
    in_pickle = any(f[0].endswith(("reduction.py", "pickle.py")) for f in event.get("frames", ()))
    if "pickle" not in message and not (
        in_pickle and event.get("type") in ("TypeError", "AttributeError", "RuntimeError")
    ):
        return None
    if "<lambda>" in message:
        return "lambda-as-target"
    if "<locals>" in message or "local object" in message:
        return "nested-function-as-target"
    return "argument-not-picklable"


def _name(story: Story, event: Event) -> Diagnosis | None:
    kind, message = event.get("type"), str(event.get("message"))
    site = event.site
    facts = {"error": kind, "message": message}
    for known, part, function, diagnosis in _KNOWN:
        if kind == known and part in message and function in (None, _last_library_function(event)):
            if diagnosis == "joined-before-start" and story.code.line_of_call("start") is None:
                bare = story.at(story.code.line_of_bare("start"))
                created = story.created[-1].site if story.created else site
                return Diagnosis("created-never-started", bare or created, facts)
            return Diagnosis(diagnosis, _better_site(story, diagnosis, site), facts)
    unpicklable = _pickling(event)
    if unpicklable:
        return Diagnosis(unpicklable, _pickled_site(story, unpicklable, site, message), facts)
    if kind == "TypeError" and "not iterable" in message and _last_library_function(event) == "__init__":
        return Diagnosis("args-not-a-tuple", site, facts)
    if kind == "TypeError" and "argument after * must be an iterable" in message:
        return Diagnosis("args-not-a-tuple", site or _bare_args(story), facts)
    if kind == "TypeError" and "object is not callable" in message and _last_library_function(event) == "run":
        sites = [e.site for e in story.created if e.site]
        return Diagnosis("target-is-no-function", site or (sites[-1] if sites else None), facts)
    if "NoneType" in message and site is not None:
        return _result_used(story, site, facts)
    return None


def _bare_args(story: Story) -> Site | None:
    """Return the line that hands over a value as `args`, in place of a tuple."""
    for node in story.code.nodes():
        if isinstance(node, ast.keyword) and node.arg == "args" and not isinstance(node.value, ast.Tuple | ast.List):
            return story.at(node.value.lineno)
    return None


def _better_site(story: Story, diagnosis: str, site: Site | None) -> Site | None:
    if diagnosis == "super-init-missing":
        return story.at(story.code.line_of_definition("__init__")) or site
    if diagnosis == "daemon-with-children":
        return story.at(story.code.line_of_daemon()) or site
    return site


def _pickled_site(story: Story, diagnosis: str, site: Site | None, message: str) -> Site | None:
    """Return the line that hands the object over, which for a call over several lines is not where start() failed."""
    if diagnosis == "lambda-as-target":
        line = next((n.lineno for n in story.code.nodes() if isinstance(n, ast.Lambda)), None)
        return story.at(line) or site
    if diagnosis == "nested-function-as-target":
        name = message.partition("<locals>.")[2].split(" ")[0].split("'")[0].split(".")[-1]
        return story.at(story.code.line_of_definition(name)) or site
    created = [e.site for e in story.created if e.site]
    return site if not created else created[-1] if site and created[-1].line != site.line else site


def _result_used(story: Story, site: Site, facts: dict[str, object]) -> Diagnosis | None:
    """The None that join() or start() returns was used as a result."""
    statements = {id(n.value) for n in story.code.nodes() if isinstance(n, ast.Expr)}
    for name, diagnosis in (("start", "start-result-used"), ("join", "join-result-used")):
        for call in story.code.calls(name):
            if id(call) not in statements and not call.args:
                where = site if name == "join" and call.lineno == site.line else story.at(call.lineno)
                return Diagnosis(diagnosis, where, facts)
    return None


@mistake("args-not-a-tuple", "error", "message")
@mistake("argument-not-picklable", "error", "message")
@mistake("closed-while-running", "error", "message")
@mistake("created-never-started", "error", "message")
@mistake("daemon-set-after-start", "error", "message")
@mistake("daemon-with-children", "error", "message")
@mistake("input-in-a-child", "error", "message")
@mistake("join-result-used", "error", "message")
@mistake("joined-a-sibling", "error", "message")
@mistake("joined-before-start", "error", "message")
@mistake("lambda-as-target", "error", "message")
@mistake("nested-function-as-target", "error", "message")
@mistake("start-method-set-twice", "error", "message")
@mistake("start-result-used", "error", "message")
@mistake("started-twice", "error", "message")
@mistake("super-init-missing", "error", "message")
@mistake("target-is-no-function", "error", "message")
@mistake("target-passed-as-group", "error", "message")
def named_in_main(story: Story, rule: str) -> Diagnosis | None:
    """An exception left main that Python raises for just one mistake."""
    return _name(story, story.raised) if story.raised is not None else None


@passes_on(named_in_main)
def named_in_a_child(story: Story, rule: str) -> Diagnosis | None:
    """A child ended by such an exception."""
    return next((d for e in story.failures if (d := _name(story, e)) is not None), None)


@mistake("child-failed-unnoticed", "error", "failed", "message")
def child_failed_unnoticed(story: Story, rule: str) -> Diagnosis | None:
    """The learner's own code raised in a child, before or instead of the task, and main did not notice."""
    if not story.failures:
        return None
    event = story.failures[0]
    return Diagnosis(
        "child-failed-unnoticed",
        event.site,
        {"error": event.get("type"), "message": event.get("message"), "failed": len(story.failures)},
    )


@mistake("crashed", "error", "message", outcome=Outcome.CRASHED)
def crashed(story: Story, rule: str) -> Diagnosis | None:
    """An exception left main that none of the others explains."""
    if story.raised is None:
        return None
    return Diagnosis(
        "crashed",
        story.raised.site,
        {"error": story.raised.get("type"), "message": story.raised.get("message")},
    )


NAMED = (named_in_main, named_in_a_child)
