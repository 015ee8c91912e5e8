"""What must hold of every run, whatever its topic. Each rule is a pure function from a Story to a Verdict.

A rule decides by order and by the kernel's facts alone, and knows no mistakes: which one it was is for the recognisers
of a topic to say, who also read the claims of the subject and its source (`conc_checker.diagnosis.explain`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.diagnosis.mistake import Mistake, rule
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict, failed, passed

if TYPE_CHECKING:
    from conc_checker.diagnosis.story import Story


@rule("ran", Mistake("crashed", outcome=Outcome.CRASHED, placed=False))
def ran(story: Story, rule: str = "ran") -> Verdict:
    """The program could be imported, was not ended by itself, raised nothing, and kept to its limits."""
    bad = (
        story.raised is not None
        or story.trace.first("cap", "limit", "deadline", "function-missing", "kill-refused", "fell-through") is not None
        or (story.trace.first("spinning") is not None and not story.inside and story.ended is None)
        or (story.exit_of(story.main) is not None and story.ended is None and story.trace.facts.mode != "import")
        or any(e.get("shadows") for e in story.trace)
        or story.sleep_at_the_top is not None
    )
    return failed(rule, Diagnosis("crashed")) if bad else passed(rule)


@rule("import", Mistake("no-main-guard"))
def started_nothing(story: Story) -> Verdict:
    """Importing the module came to its end, started no process, wrote no file and bound no port."""
    acts = story.trace.of("create", "start", "fork", "task", "open", "thread", "bind")
    if acts or story.workers or story.trace.first("imported") is None:
        return failed("import", Diagnosis("no-main-guard", acts[0].site if acts else None))
    return passed("import")


@rule("finish", Mistake("deadlocked"), Mistake("exits-the-program"))
def came_back(story: Story) -> Verdict:
    """Main has come back, and a script with the exit code of success."""
    if story.ended is None:
        return failed("finish", Diagnosis("deadlocked", story.waits_at))
    if story.ended.get("code"):
        return failed("finish", Diagnosis("exits-the-program", story.ended.site))
    return passed("finish")
