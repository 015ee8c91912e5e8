"""Mistakes about memory: each process has its own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.diagnosis.mistake import mistake
from conc_checker.record.verdict import Diagnosis
from conc_checker.topics.processes.mistakes.running import main_opened
from conc_checker.topics.processes.mistakes.timing import return_site

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site


@mistake("global-set-in-main-only", "name")
@mistake("global-set-under-the-guard", "name")
def set_in_main_only(story: Story, rule: str) -> Diagnosis | None:
    """A child failed over a global that main had set after the import, or under its guard."""
    end = story.ended or story.raised
    if rule == "task" and story.raised is not None and story.raised.get("type") == "NameError":
        name = str(story.raised.get("message")).split("'")[1]
        line = story.code.assignment(name)
        guards = [n for n in story.code.tree.body if isinstance(n, ast.If) and "__name__" in ast.unparse(n.test)]
        if line and any(guard.lineno < line <= (guard.end_lineno or 0) for guard in guards):
            return Diagnosis("global-set-under-the-guard", story.at(line), {"name": name})
    for failure in story.failures:
        used = set(failure.get("names", ()))
        text = str(failure.get("message"))
        if failure.get("type") == "NameError":
            name = text.split("'")[1] if text.count("'") >= 2 else ""
            if end is not None and name in (end.get("names") or ()):
                return Diagnosis("global-set-under-the-guard", story.at(story.code.assignment(name)), {"name": name})
        changed = [n for n in ((end.get("globals") if end else None) or ()) if n in used]
        if changed:
            name = changed[0]
            return Diagnosis("global-set-in-main-only", story.at(story.code.assignment(name)), {"name": name})
    return None


@mistake("argument-not-shared")
@mistake("global-not-shared", "name")
def change_lost(story: Story, rule: str) -> Diagnosis | None:
    """Main looked for a result that a child had put into its own copy of a variable or argument."""
    lost = [e for e in story.trace.of("changed-in-child") if e.get("names") or e.get("arguments")]
    spins = story.trace.last("spinning", "deadline") is not None and not story.inside
    if not lost or main_opened(story) or not (story.raised or spins or rule == "timing"):
        return None
    names = [n for e in lost for n in (e.get("names") or ())]
    site = story.raised.site if story.raised else story.waits_at if spins else return_site(story)
    if spins and site is not None:
        site = _loop_of(story, site)
    if names:
        return Diagnosis("global-not-shared", site, {"name": names[0]})
    return Diagnosis("argument-not-shared", site)


def _loop_of(story: Story, site: Site) -> Site:
    loops = story.code.loops_around(site.line)
    return story.at(getattr(loops[-1], "lineno", site.line)) or site if loops else site


@mistake("getppid-is-not-main")
def parent_is_not_main(story: Story, rule: str) -> Diagnosis | None:
    """A child asked for its parent and did not find main there: under forkserver the server is the parent."""
    for event in story.trace.of("getppid"):
        if (
            event.pid != story.main
            and event.get("found") != story.main
            and not any(t.pid == event.pid for t in story.tasks)
        ):
            return Diagnosis("getppid-is-not-main", event.site)
    return None


RECOGNISERS = (set_in_main_only, change_lost, parent_is_not_main)
