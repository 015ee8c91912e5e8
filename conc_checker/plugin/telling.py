"""Says in a pytest session what a verdict means: the page of a failure, and the lines at the session's end."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from conc_checker import topics
from conc_checker.course import curriculum
from conc_checker.record.verdict import Outcome
from conc_checker.report import terminal
from conc_checker.texts.messages import Messages, choose_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pytest

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.verdict import Verdict


def _language(config: pytest.Config) -> str:
    return choose_language(config.getoption("kata_lang"), os.environ)


def text(  # noqa: PLR0913 (what a page is made of)
    verdict: Verdict,
    story: Story,
    config: pytest.Config,
    exercise: curriculum.Exercise,
    *,
    kata: Path,
    home: Path,
) -> str:
    """Return the page of a verdict, or its line; `kata` is the folder of the checks, `home` that of the module."""
    messages = topics.messages(exercise.topic, _language(config))
    if verdict.outcome in (Outcome.NOT_STARTED, Outcome.BLOCKED):
        return terminal.one_line(verdict, story, messages)
    names = {name: relative(config, home / name) for name in story.trace.facts.sources}
    step = min(2, len(exercise.hints))
    return terminal.render(
        verdict,
        story,
        messages,
        picture=topics.find(exercise.topic).load_picture(),
        width=80,
        colour=config.get_terminal_writer().hasmarkup,
        ascii=_wants_ascii(config),
        hint=messages.word(
            "next hint",
            step=step,
            steps=len(exercise.hints[messages.language]),
            kata=_hint_for(kata, exercise),
        ),
        source_names=names,
    )


def summary(verdicts: Iterable[dict[str, Any]], config: pytest.Config) -> Iterator[str]:
    """Return a line for each exercise that was not started, and for each check that others wait for."""
    messages = Messages.load(_language(config))
    reasons = Counter(
        (v["outcome"], v["exercise"], v["diagnosis"]["facts"].get("check", "") if v["outcome"] == "blocked" else "")
        for v in verdicts
    )
    for (outcome, exercise, check), number in reasons.items():
        yield messages.word(f"{outcome} here", exercise=exercise, check=check, number=number)


def relative(config: pytest.Config, path: Path) -> str:
    """Return a path as the user would type it."""
    try:
        return path.relative_to(config.invocation_params.dir).as_posix()
    except ValueError:
        return str(path)


def _hint_for(folder: Path, exercise: curriculum.Exercise) -> str:
    """Return what `conc hint` has to be told: the kata's number, and the exercise where there are several."""
    kata = curriculum.load_kata(folder)
    return kata.number if len(kata.exercises) == 1 else f"{kata.number} {exercise.name}"


def _wants_ascii(config: pytest.Config) -> bool:
    """Whether the terminal, or who sits before it, asks for plain characters."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return True
    encoding = getattr(config.get_terminal_writer()._file, "encoding", None) or "ascii"
    try:
        "█▄▒│…▼→".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return False
