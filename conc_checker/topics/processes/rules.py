"""What must hold of processes that are started, waited for and ended: pure, and decided by the kernel's facts.

They run a task of the check's, held at the barrier or asleep, or write a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.mistake import Mistake, rule
from conc_checker.record.verdict import Diagnosis, Verdict, failed, passed

if TYPE_CHECKING:
    from collections.abc import Collection

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Event

_ROUNDING = 0.05  # learners may round to a tenth of a second; no other slack
LONGEST_PAUSE = 0.5  # seconds between two looks at the processes: what the contract allows


@rule("definitions", Mistake("function-missing", frozenset({"name"}), placed=False))
def defines(story: Story, names: Collection[str]) -> Verdict:
    """The module has functions of these names."""
    imported = story.trace.first("imported")
    found = (imported.get("lines") or {}) if imported else {}
    if all(name in found for name in names):
        return passed("definitions")
    diagnosis = Diagnosis("function-missing", None, {"name": ", ".join(names)})
    return failed("definitions", diagnosis, names=list(names))


@rule("overlap", Mistake("not-alive-together", frozenset({"inside"})))
def alive_together(story: Story, count: int) -> Verdict:
    """`count` tasks were inside at the same moment."""
    inside = len(story.inside)
    if inside >= count:
        return passed("overlap")
    return failed("overlap", Diagnosis("not-alive-together", story.waits_at, {"inside": inside}))


@rule("separation", Mistake("not-separate", frozenset({"processes"})))
def separate(story: Story) -> Verdict:
    """The tasks that are inside are in processes of their own, none of them main."""
    owners = [t.pid for t in story.inside]
    if len(set(owners)) == len(owners) and story.main not in owners:
        return passed("separation")
    return failed("separation", Diagnosis("not-separate", story.start_site, {"processes": len(set(owners))}))


@rule("numbers", Mistake("wrong-numbers", frozenset({"given", "expected"})))
def numbered(story: Story, expected: Collection[Any]) -> Verdict:
    """Each of the expected numbers was given to exactly one task."""
    given = [t.index for t in story.tasks]
    if sorted(map(repr, given)) == sorted(map(repr, expected)):
        return passed("numbers")
    facts = {"given": len(given), "expected": len(expected)}
    return failed("numbers", Diagnosis("wrong-numbers", story.start_site, facts), expected=len(expected))


@rule("numbers", Mistake("wrong-numbers", frozenset({"given", "expected"})))
def nobody_else_is_held(story: Story, kept: Collection[int]) -> Verdict:
    """The tasks that are inside are those that began at these positions: the others that the check knows are over.

    Without that nothing can be said of whom main waits for: a task too many holds it as well.
    """
    others = [t for t in story.inside if t.begin not in kept]
    if not others:
        return passed("numbers")
    facts = {"given": len(story.tasks), "expected": story.trace.facts.count}
    diagnosis = Diagnosis("wrong-numbers", story.start_site, facts)
    return failed("numbers", diagnosis, expected=story.trace.facts.count)


@rule("waiting", Mistake("not-joined"))
@rule("slow")
def still_waits(story: Story, rule: str = "waiting") -> Verdict:
    """Main has not come back while a task, a write or a process's beginning is still held."""
    back = story.ended or story.raised or story.exit_of(story.main)
    busy = any(e.get("how") != "waits again and again" for e in story.trace.of("spinning"))
    if not back and not busy:
        return passed(rule)
    return failed(rule, Diagnosis("not-joined", story.start_site))


@rule("waiting", Mistake("terminated-too-early", frozenset({"task"})))
def nobody_was_ended(story: Story) -> Verdict:
    """The tasks that are still held live: main has not ended them to be done sooner."""
    lost = [t for t in story.tasks if t.end is None and story.exit_of(t.pid) is not None]
    if not lost:
        return passed("waiting")
    return failed("waiting", Diagnosis("terminated-too-early", story.start_site, {"task": lost[0].index}))


@rule("finish", Mistake("not-joined"))
def returned_last(story: Story) -> Verdict:
    """Main came back only after every task had ended.

    Sound for naps, which end at a moment of the virtual clock; for tasks that were released, `still_waits` proves it.
    """
    if all(story.ended_before_main(t) for t in story.tasks):
        return passed("finish")
    return failed("finish", Diagnosis("not-joined", story.start_site))


@rule("waiting", Mistake("not-joined"))
def waits_for_ends(story: Story) -> Verdict:
    """Main has not come back while one of its processes is held at its end."""
    held = [e.pid for e in story.trace.of("return") if e.get("hold") and e.pid != story.main]
    back = story.ended or story.raised or story.exit_of(story.main)
    if not back or all(story.position_of_exit(pid) < story.end for pid in held):
        return passed("waiting")
    return failed("waiting", Diagnosis("not-joined", story.start_site))


@rule("timing", Mistake("elapsed-wrong", frozenset({"value", "expected", "took"}), placed=False))
def timed(story: Story) -> Verdict:
    """The learner's own reading covers the tasks, from the first one's beginning to the last one's end."""
    assert story.ended is not None
    number = story.number
    least, longest = _shortest(story), story.took
    if isinstance(number, int | float) and least - _ROUNDING <= number <= longest + _ROUNDING:
        return passed("timing")
    facts = {"value": number, "expected": round(least, 2), "took": round(longest, 2)}
    return failed("timing", Diagnosis("elapsed-wrong", None, facts), seconds=round(least, 2))


def _shortest(story: Story) -> float:
    """Return the seconds that the tasks took, of which the first began when the work did."""
    ends = [story.trace.events[t.end].virtual for t in story.tasks if t.end is not None]
    begins = [story.trace.events[t.begin].virtual for t in story.tasks]
    return max(ends, default=0.0) - min(begins, default=0.0)


@rule("timing", Mistake("elapsed-wrong", frozenset({"value", "expected", "took"}), placed=False))
def took(story: Story, seconds: float) -> Verdict:
    """The learner's own reading says how long it took: as long as the longest task, and until main looked again."""
    assert story.ended is not None
    longest = story.took
    # What time really ran for (a machine's real waits) is nobody's mistake; what it jumped is the program's own.
    jumped = longest - story.trace.facts.ran_for
    in_time = jumped <= seconds + LONGEST_PAUSE + 0.001 and not too_long_pauses(story)
    if timed(story).passed and (story.trace.facts.real_time or in_time):
        return passed("timing")
    facts = {"value": story.number, "expected": seconds, "took": round(longest, 2)}
    return failed("timing", Diagnosis("elapsed-wrong", None, facts), seconds=seconds)


def too_long_pauses(story: Story) -> list[Event]:
    """Return main's sleeps between two looks that were longer than a pause may be, whatever came of it."""
    first = min((t.begin for t in story.tasks), default=len(story.trace))
    sleeps = [e for e in story.sleeps if story.position(e) > first]
    return [e for e in sleeps if float(e.get("seconds", 0.0)) > LONGEST_PAUSE + 1e-6]


@rule("cleanup", Mistake("zombie-left", frozenset({"left"})), Mistake("left-running", frozenset({"left"})))
def left_nothing(story: Story) -> Verdict:
    """When main came back, no process of its own was left, neither alive nor as a zombie."""
    event = story.trace.first("left")
    rows = {r["pid"]: r for r in event.get("processes", ()) if r.get("role") != "helper"} if event else {}
    over = story.trace.first("over")
    rows |= {r["pid"]: r for r in over.get("left", ()) if r.get("role") != "helper"} if over else {}
    if not rows:
        return passed("cleanup")
    zombies = [r for r in rows.values() if r.get("state") == "Z"]
    name = "zombie-left" if zombies else "left-running"
    return failed("cleanup", Diagnosis(name, story.start_site, {"left": len(rows)}))


@rule("written", Mistake("nothing-written", frozenset({"path"})))
@rule("script")
def written_by_a_child(story: Story, path: str) -> Verdict:
    """The file was opened for writing by a process of main's, not by main."""
    opened = [e for e in story.trace.of("open") if e.get("path") == path]
    if opened and all(e.pid != story.main for e in opened):
        return passed("written")
    site = story.start_site or story.at(story.code.line_of_definition(story.trace.facts.function or "main"))
    return failed("written", Diagnosis("nothing-written", site, {"path": path}))


@rule("task", Mistake("task-writes-nothing", frozenset({"path"})))
def has_written(story: Story, path: str) -> Verdict:
    """When the program was over, the file was there."""
    over = story.trace.last("over", "left")
    if over is not None and path in (over.get("written") or {}):
        return passed("task")
    line = story.code.line_of_definition(story.trace.facts.function)
    return failed("task", Diagnosis("task-writes-nothing", story.at(line), {"path": path}))


@rule("content", Mistake("wrong-content", frozenset({"path", "expected", "found"}), placed=False))
def wrote(story: Story, path: str, content: str) -> Verdict:
    """When the program was over, the file held exactly this text."""
    over = story.trace.last("over", "left")
    found = (over.get("written") or {}).get(path) if over else None
    wanted = content.encode().decode("latin-1")
    if found == wanted:
        return passed("content")
    facts = {"path": path, "expected": content, "found": found}
    return failed("content", Diagnosis("wrong-content", None, facts))
