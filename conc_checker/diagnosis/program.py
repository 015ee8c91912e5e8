"""Mistakes of the program as a whole: it cannot be imported, leaves no time, or runs into a limit."""

from __future__ import annotations

import ast
import signal
from typing import TYPE_CHECKING

from conc_checker.diagnosis.code import last_name
from conc_checker.diagnosis.mistake import mistake
from conc_checker.record.trace import Site
from conc_checker.record.verdict import Diagnosis, Outcome

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story


@mistake("too-many-processes", "cap", "live")
def too_many_processes(story: Story, rule: str) -> Diagnosis | None:
    """More processes lived at once than a run may have."""
    event = story.trace.first("cap")
    if event is None:
        return None
    last = story.trace.last("fork")
    return Diagnosis(
        "too-many-processes",
        event.site or (last.site if last else None),
        {"live": event.get("live"), "cap": event.get("cap")},
    )


@mistake("endless-output", "megabytes")
@mistake("forged-report")
@mistake("never-ends", outcome=Outcome.TIMED_OUT)
def endless_output(story: Story, rule: str) -> Diagnosis | None:
    """The program printed without end."""
    event = story.trace.first("limit")
    if event is None:
        return None
    if event.get("what") == "endless-output":
        site = story.at(story.code.line_of_call("print", "write"))
        return Diagnosis("endless-output", site, {"megabytes": event.get("size", 0) // 2**20})
    last = next((e for e in reversed(story.trace.events) if e.site), None)
    if event.get("what") == "forged":
        return Diagnosis("forged-report", event.site or (last.site if last else None))
    return Diagnosis("never-ends", last.site if last else None)


@mistake("stopped-itself")
def stopped_itself(story: Story, rule: str) -> Diagnosis | None:
    """A process has stopped (SIGSTOP), and nobody will let it continue."""
    if story.block is None or not any(w.get("kind") == "stopped" for w in story.block.get("waits", ())):
        return None
    sent = story.trace.last("kill")
    return Diagnosis("stopped-itself", sent.site if sent else None)


@mistake("debugger-called")
def calls_a_debugger(story: Story, rule: str) -> Diagnosis | None:
    """A debugger was called, which finds nobody to talk to, and ends what the program was doing."""
    event = story.trace.first("debugger")
    return Diagnosis("debugger-called", event.site) if event else None


@mistake("kills-its-parent")
def kills_its_parent(story: Story, rule: str) -> Diagnosis | None:
    """The program sent a signal to a process that is not its own."""
    event = story.trace.first("kill-refused")
    return Diagnosis("kills-its-parent", event.site) if event else None


@mistake("shadows-a-standard-module", "name")
def shadows_a_standard_module(story: Story, rule: str) -> Diagnosis | None:
    """A file beside the module has the name of a standard module that the program needs."""
    for event in story.trace:
        names = event.get("shadows")
        if names:
            name = names[0]
            used = next((line for n in story.code.nodes() if (line := _line_of_import(n, name))), None)
            where = story.at(used) or Site(f"{name}.py", 1)
            return Diagnosis("shadows-a-standard-module", where, {"name": name})
    return None


def _line_of_import(node: ast.AST, name: str) -> int | None:
    if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == name for alias in node.names):
        return node.lineno
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == name:
        return node.lineno
    return None


@mistake("not-started", outcome=Outcome.NOT_STARTED)
@mistake("stub-called")
def not_started(story: Story, rule: str) -> Diagnosis | None:
    """The stub is as it was, or one in another file that the program uses: it raises NotImplementedError."""
    for event in (story.raised, *story.failures):
        if event is not None and event.get("type") == "NotImplementedError":
            is_elsewhere = event.site is not None and event.site.file != story.program
            return Diagnosis("stub-called" if is_elsewhere else "not-started", event.site)
    return None


_ENCODING = ("Non-UTF-8 code", "codec can't decode", "null byte", "invalid character '\\ufffd'")


@mistake("saved-in-another-encoding", "message")
@mistake("syntax-error", "message")
def syntax_error(story: Story, rule: str) -> Diagnosis | None:
    """The module is not Python."""
    event = story.raised
    if event is None or event.get("type") not in ("SyntaxError", "IndentationError", "TabError"):
        return None
    said = str(event.get("message", ""))
    message = said.rpartition(" (")[0] or said  # without the place, which is named besides
    if any(part in message for part in _ENCODING) and "unicodeescape" not in message:
        return Diagnosis("saved-in-another-encoding", event.site or story.at(1), {"message": message})
    return Diagnosis("syntax-error", event.site, {"message": message})


@mistake("import-never-ends")
def import_never_ends(story: Story, rule: str) -> Diagnosis | None:
    """The module does its work at the top: Python never comes to the end of the import."""
    if story.trace.first("import-begin") is None or story.trace.first("imported", "import-raised") is not None:
        return None
    if story.block is None or story.trace.first("cap", "start", "fork") is not None:
        return None
    site = story.at(_top_level_call(story)) or story.waits_at
    return Diagnosis("import-never-ends", site) if site else None


@mistake("listens-on-import")
def listens_on_import(story: Story, rule: str) -> Diagnosis | None:
    """The module opens a port at the top: whoever imports it listens."""
    imported = story.trace.first("imported")
    early = story.trace.events[: story.position(imported)] if imported else []
    bound = next((e for e in early if e.kind == "bind" and e.pid == story.main), None)
    return Diagnosis("listens-on-import", bound.site) if bound else None


@mistake("function-has-not-run", "kind")
def only_made_a_coroutine(story: Story, rule: str) -> Diagnosis | None:
    """Calling an `async def`, or a function with a yield, runs nothing of it."""
    kind = str(story.ended.get("value", {}).get("type")) if story.ended else ""
    if kind not in ("coroutine", "generator", "async_generator"):
        return None
    name = story.trace.facts.function
    return Diagnosis("function-has-not-run", story.at(story.code.line_of_definition(name)), {"kind": kind})


@mistake("no-main-guard")
@mistake("written-on-import", "path")
def no_main_guard(story: Story, rule: str) -> Diagnosis | None:
    """Importing the module starts processes; under spawn each child would do so again."""
    failure = next((e for e in story.failures if "bootstrapping phase" in str(e.get("message"))), None)
    imported = story.trace.first("imported", "import-raised")
    if failure is None and imported is None:
        # In a script, children of a new interpreter import it again.
        return None
    if failure is None and story.trace.first("import-begin") is not None:
        assert imported is not None
        early = story.trace.events[: story.position(imported)]
        acts = [e for e in early if e.kind in ("create", "start", "fork", "task", "thread") and e.site]
        opened = [e for e in early if e.kind == "open"] if rule == "import" else []
        if not acts and not opened:
            return None
        if opened and not acts:
            return Diagnosis("written-on-import", opened[0].site, {"path": opened[0].get("path")})
    return Diagnosis("no-main-guard", story.at(_top_level_call(story)) or story.start_site)


def _top_level_call(story: Story) -> int | None:
    """Return the line at the top of the module that calls one of its own functions, or starts a process."""
    own = {n.name for n in story.code.tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    own |= {"start", "Process"}
    for statement in story.code.tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            continue
        if isinstance(statement, ast.If):  # a guard that lets everything through
            return statement.lineno
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and last_name(node.func) in own:
                return node.lineno
    return None


@mistake("died-by-a-signal", "signal", outcome=Outcome.CRASHED)
@mistake("exits-the-program", "how")
def exits_the_program(story: Story, rule: str) -> Diagnosis | None:
    """Main ended the interpreter instead of returning."""
    event = story.raised
    if event is not None and event.get("type") == "SystemExit":
        return Diagnosis("exits-the-program", event.site, {"how": "sys.exit"})
    if story.ended is not None and story.ended.get("exited") and rule in ("waiting", "script"):
        return Diagnosis("exits-the-program", story.ended.site, {"how": "sys.exit"})
    ended = story.exit_of(story.main)
    if ended is None or story.ended or event or story.trace.first("function-missing"):
        return None
    if story.trace.first("import-begin", "script-begin") is None or story.trace.facts.mode == "import":
        return None
    code = ended.get("code")
    if isinstance(code, int) and code < 0 and story.trace.facts.why != "ended":
        return None  # that was us: the run had come to a standstill
    if isinstance(code, int) and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        last = next((e for e in reversed(story.trace.events) if e.site and e.pid == story.main), None)
        return Diagnosis("died-by-a-signal", last.site if last else None, {"signal": name})
    line = story.code.line_of_call("_exit", "exit", "quit")
    return Diagnosis("exits-the-program", story.at(line), {"how": "os._exit"})


@mistake("function-missing", "name")
def function_missing(story: Story, rule: str) -> Diagnosis | None:
    """The module has no function of the name that the task gives."""
    event = story.trace.first("function-missing")
    if event is None:
        return None
    first = next((n.lineno for n in story.code.tree.body if isinstance(n, ast.FunctionDef)), None)
    return Diagnosis("function-missing", story.at(first), {"name": event.get("name")})


@mistake("wrong-signature", "message")
def wrong_signature(story: Story, rule: str) -> Diagnosis | None:
    """The function cannot be called as the task says."""
    event = story.raised
    name = story.trace.facts.function
    if event is None or event.get("type") != "TypeError" or event.get("frames"):
        return None
    site = story.at(story.code.line_of_definition(name))
    return Diagnosis("wrong-signature", site, {"message": event.get("message")})


@mistake("top-level-work-repeated", "seconds")
def repeated_at_the_top(story: Story, rule: str) -> Diagnosis | None:
    """Work at the top of the module is done again by each new interpreter."""
    event = story.sleep_at_the_top
    return Diagnosis("top-level-work-repeated", event.site, {"seconds": event.get("seconds")}) if event else None


@mistake("machine-too-busy", outcome=Outcome.INCONCLUSIVE, placed=False)
@mistake("never-ends", "seconds", outcome=Outcome.TIMED_OUT)
def never_ends(story: Story, rule: str) -> Diagnosis | None:
    """The run was still busy when its time was up."""
    if story.block is None or story.block.kind != "deadline":
        return None
    if story.trace.facts.why == "starved":
        return Diagnosis("machine-too-busy", None)
    return Diagnosis("never-ends", story.waits_at, {"seconds": story.trace.facts.deadline})


RECOGNISERS = (
    too_many_processes,
    endless_output,
    stopped_itself,
    kills_its_parent,
    calls_a_debugger,
    shadows_a_standard_module,
    not_started,
    syntax_error,
    import_never_ends,
    listens_on_import,
    only_made_a_coroutine,
    no_main_guard,
    function_missing,
    wrong_signature,
    exits_the_program,
    repeated_at_the_top,
)
