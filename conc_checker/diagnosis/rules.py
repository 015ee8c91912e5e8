"""What must hold of a run. Each rule is a pure function from a Trace to a Verdict.

A rule decides by order and by the kernel's facts alone. Only when it does not hold are the claims of the subject and
its source read, to say which mistake it was (`conc_checker.diagnosis.explain`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.story import Story
from conc_checker.record.verdict import Diagnosis, Verdict, passed

if TYPE_CHECKING:
    from collections.abc import Collection

    from conc_checker.record.trace import Trace

_ROUNDING = 0.05  # learners may round to a tenth of a second; no other slack


def ran(trace: Trace, rule: str = "ran") -> Verdict:
    """The program could be imported, was not ended by itself, raised nothing, and kept to its limits."""
    story = Story(trace)
    bad = (
        story.raised is not None
        or trace.first("cap", "limit", "deadline", "function-missing", "kill-refused", "fell-through") is not None
        or (trace.first("spinning") is not None and not story.inside and story.ended is None)
        or (story.exit_of(story.main) is not None and story.ended is None and trace.facts.get("mode") != "import")
        or any(e.get("shadows") for e in trace)
        or story.sleep_at_the_top is not None
    )
    return explain(trace, rule, Diagnosis("crashed")) if bad else passed(rule)


def started_nothing(trace: Trace) -> Verdict:
    """Importing the module came to its end, started no process, wrote no file and bound no port."""
    story = Story(trace)
    acts = trace.of("create", "start", "fork", "task", "open", "thread", "bind")
    if acts or story.workers or trace.first("imported") is None:
        return explain(trace, "import", Diagnosis("no-main-guard", acts[0].site if acts else None))
    return passed("import")


def defines(trace: Trace, names: Collection[str]) -> Verdict:
    """The module has functions of these names."""
    trace.facts["definitions"] = list(names)
    imported = trace.first("imported")
    found = (imported.get("lines") or {}) if imported else {}
    if all(name in found for name in names):
        return passed("definitions")
    return explain(trace, "definitions", Diagnosis("function-missing", None, {"name": ", ".join(names)}))


def alive_together(trace: Trace, count: int) -> Verdict:
    """`count` tasks were inside at the same moment."""
    story = Story(trace)
    inside = len(story.inside)
    if inside >= count:
        return passed("overlap")
    return explain(trace, "overlap", Diagnosis("not-alive-together", story.waits_at, {"inside": inside}))


def separate(trace: Trace) -> Verdict:
    """The tasks that are inside are in processes of their own, none of them main."""
    story = Story(trace)
    owners = [t.pid for t in story.inside]
    if len(set(owners)) == len(owners) and story.main not in owners:
        return passed("separation")
    return explain(trace, "separation", Diagnosis("not-separate", story.start_site, {"processes": len(set(owners))}))


def numbered(trace: Trace, expected: Collection[Any]) -> Verdict:
    """Each of the expected numbers was given to exactly one task."""
    story = Story(trace)
    given = [t.index for t in story.tasks]
    if sorted(map(repr, given)) == sorted(map(repr, expected)):
        return passed("numbers")
    facts = {"given": len(given), "expected": len(expected)}
    return explain(trace, "numbers", Diagnosis("wrong-numbers", story.start_site, facts))


def still_waits(trace: Trace, rule: str = "waiting") -> Verdict:
    """Main has not come back while a task, a write or a process's beginning is still held."""
    story = Story(trace)
    back = story.ended or story.raised or story.exit_of(story.main)
    busy = any(e.get("how") != "waits again and again" for e in trace.of("spinning"))
    if not back and not busy:
        return passed(rule)
    return explain(trace, rule, Diagnosis("not-joined", story.start_site))


def nobody_was_ended(trace: Trace) -> Verdict:
    """The tasks that are still held live: main has not ended them to be done sooner."""
    story = Story(trace)
    lost = [t for t in story.tasks if t.end is None and story.exit_of(t.pid) is not None]
    if not lost:
        return passed("waiting")
    return explain(trace, "waiting", Diagnosis("terminated-too-early", story.start_site, {"task": lost[0].index}))


def came_back(trace: Trace) -> Verdict:
    """Main has come back, and a script with the exit code of success."""
    story = Story(trace)
    if story.ended is None:
        return explain(trace, "finish", Diagnosis("deadlocked", story.waits_at))
    if story.ended.get("code"):
        return explain(trace, "finish", Diagnosis("exits-the-program", story.ended.site))
    return passed("finish")


def returned_last(trace: Trace) -> Verdict:
    """Main came back only after every task had ended.

    Sound for naps, which end at a moment of the virtual clock; for tasks that were released, `still_waits` proves it.
    """
    story = Story(trace)
    if all(story.ended_before_main(t) for t in story.tasks):
        return passed("finish")
    return explain(trace, "finish", Diagnosis("not-joined", story.start_site))


def took(trace: Trace, seconds: float) -> Verdict:
    """The learner's own reading says how long it took, and that was as long as the longest task."""
    story = Story(trace)
    assert story.ended is not None
    begin = trace.events[story.begin]
    number = story.ended.get("value", {}).get("number")
    longest = story.ended.virtual - begin.virtual
    ends = [trace.events[t.end].virtual for t in story.tasks if t.end is not None]
    begins = [trace.events[t.begin].virtual for t in story.tasks]
    least = max(ends, default=0.0) - max(begins, default=0.0)
    # What time really ran for (a machine's real waits) is nobody's mistake; what it jumped is the program's own.
    jumped = longest - trace.facts.get("ran_for", 0.0)
    right = isinstance(number, int | float) and least - _ROUNDING <= number <= longest + _ROUNDING
    if right and (trace.facts.get("real_time") or jumped <= seconds + 0.001):
        return passed("timing")
    facts = {"value": number, "expected": seconds, "took": round(longest, 2)}
    return explain(trace, "timing", Diagnosis("elapsed-wrong", None, facts))


def left_nothing(trace: Trace) -> Verdict:
    """When main came back, no process of its own was left, neither alive nor as a zombie."""
    event = trace.first("left")
    rows = {r["pid"]: r for r in event.get("processes", ()) if r.get("role") != "helper"} if event else {}
    over = trace.first("over")
    rows |= {r["pid"]: r for r in over.get("left", ()) if r.get("role") != "helper"} if over else {}
    if not rows:
        return passed("cleanup")
    story = Story(trace)
    zombies = [r for r in rows.values() if r.get("state") == "Z"]
    name = "zombie-left" if zombies else "left-running"
    return explain(trace, "cleanup", Diagnosis(name, story.start_site, {"left": len(rows)}))


def written_by_a_child(trace: Trace, path: str) -> Verdict:
    """The file was opened for writing by a process of main's, not by main."""
    trace.facts["path"] = path
    story = Story(trace)
    opened = [e for e in trace.of("open") if e.get("path") == path]
    if opened and all(e.pid != story.main for e in opened):
        return passed("written")
    return explain(trace, "written", Diagnosis("nothing-written", story.start_site, {"path": path}))


def wrote(trace: Trace, path: str, content: str) -> Verdict:
    """When the program was over, the file held exactly this text."""
    over = trace.last("over", "left")
    found = (over.get("written") or {}).get(path) if over else None
    wanted = content.encode().decode("latin-1")
    if found == wanted:
        return passed("content")
    facts = {"path": path, "expected": content, "found": found}
    return explain(trace, "content", Diagnosis("wrong-content", None, facts))
