"""The picture of a schedule: the right chart above the learner's; of a call that has not come back, the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conc_checker.report.timeline import lives
from conc_checker.topics.scheduling.case import Case
from conc_checker.topics.scheduling.gantt import gantt
from conc_checker.topics.scheduling.rules import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.verdict import Verdict
    from conc_checker.report.canvas import Canvas


def picture(story: Story, verdict: Verdict, canvas: Canvas) -> Iterable[list[Text]]:
    """Draw the charts of a call."""
    case = Case.of(story.trace)
    if case is not None and verdict.rule == RULE:
        yield gantt(case.chart(), canvas.messages, canvas.width, ascii=canvas.ascii)
    else:
        yield from lives(story, verdict, canvas)
