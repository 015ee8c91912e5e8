"""Runs the checks of a pytest session: which exercise a test belongs to, its lab, its verdict, and what waits for it.

The plugin makes a `Checker` when it meets the first check; a session without katas does not load this module.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from conc_checker import topics
from conc_checker.course import curriculum, source
from conc_checker.diagnosis.story import Story
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from conc_checker.lab.lab import Lab
    from conc_checker.topics.topic import Topic


class Checker:
    """Checks in one pytest process; it owns the supervisor, and knows which checks have not passed so far."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._remote: Remote | None = None
        self._find_exercise = cache(curriculum.find_exercise)
        # By module and function; then by node id, for a check may fail under one start method and pass under another.
        self._not_passed: dict[tuple[Path, str], dict[str, Outcome]] = {}

    def close(self) -> None:
        """End the supervisor, and with it all that still runs."""
        if self._remote is not None:
            self._remote.close()

    def lab(self, item: pytest.Function, method: str | None) -> Lab:
        """Return a lab for the program that a test checks."""
        exercise = self._exercise(item)
        config = self._config
        settings = Settings(method, real_time=config.getoption("real_time"), deadline=exercise.deadline)
        if self._remote is None:
            self._remote = Remote(os.environ.get("CONC_HOST", ""))  # "portable" makes it work as on any platform
        return self._topic(exercise).lab(self._remote, source.from_folder(self._home(item), exercise.name), settings)

    def call(self, item: pytest.Function, lab: Lab) -> None:
        """Call a check; again, once, when the machine was too busy to tell; not at all, when it builds on a failure."""
        self._refuse_if_blocked(item)
        arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
        try:
            item.obj(**arguments)
        except CheckFailedError as failure:
            if failure.verdict.outcome is not Outcome.INCONCLUSIVE:
                raise
            lab.close()
            item.obj(**arguments)
        finally:
            lab.close()
            self._write_trace(item, lab)

    def report(
        self, item: pytest.Function, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> dict[str, Any] | None:
        """Put a failed check's text into a report, and return its verdict as plain facts; remember how it ended."""
        known = self._not_passed.setdefault((item.path, item.originalname), {})
        error = call.excinfo.value if call.excinfo else None
        if not isinstance(error, CheckFailedError):
            if report.when == "call" and report.passed:
                known.pop(item.nodeid, None)  # it was run again, by a plugin that does so, and passes now
            return None
        known[item.nodeid] = error.verdict.outcome
        from conc_checker.plugin import telling  # noqa: PLC0415 (a session in which all passes does without)

        exercise, home = self._exercise(item), self._home(item)
        report.longrepr = telling.text(
            error.verdict, error.story, self._config, exercise, kata=item.path.parent, home=home
        )
        place = telling.relative(self._config, home / f"{exercise.name}.py")
        return {"outcome": str(error.verdict.outcome), "exercise": place, **error.verdict.to_json()}

    def _exercise(self, item: pytest.Function) -> curriculum.Exercise:
        """Return the exercise that a test checks; one outside a kata's folder is an error with a remedy."""
        exercise = self._find_exercise(item.path)
        if exercise is None:
            pytest.fail(
                f"{item.path}: the lab fixture belongs to a kata, and there is no kata.toml beside this test; "
                "put the test into a folder such as katas/03_multiprocess",
                pytrace=False,
            )
        return exercise

    def _topic(self, exercise: curriculum.Exercise) -> Topic:
        """Return the topic that a kata names; one that there is not is an error with a remedy."""
        try:
            return topics.find(exercise.topic)
        except KeyError as error:
            pytest.fail(f"{exercise.kata}/{curriculum.KATA_FILE}: topic: {error.args[0]}", pytrace=False)

    def _home(self, item: pytest.Function) -> Path:
        """Return the folder in which the learner's module lies."""
        folder: str | None = self._config.getoption("kata_source")
        if not folder:
            return item.path.parent
        return (self._config.invocation_params.dir / folder).resolve() / self._exercise(item).kata

    def _refuse_if_blocked(self, item: pytest.Function) -> None:
        """Raise for a check that builds on one that was run before it, in this session, and has not passed."""
        exercise = self._exercise(item)
        check = next((c for c in exercise.checks if c.test == item.originalname), None)
        for name in check.builds_on if check else ():
            outcomes = self._not_passed.get((item.path, name))
            if not outcomes:
                continue
            # What has not been started is not blocked either: it is one thing to say, once.
            waits = Outcome.NOT_STARTED in outcomes.values()
            outcome, id_ = (Outcome.NOT_STARTED, "not-started") if waits else (Outcome.BLOCKED, "blocked")
            first = self._first_failed(item, exercise, name)
            verdict = Verdict(outcome, "blocked", Diagnosis(id_, None, {"check": first}))
            raise CheckFailedError(verdict, Story(Trace(facts=Facts(program=exercise.name))))

    def _first_failed(self, item: pytest.Function, exercise: curriculum.Exercise, name: str) -> str:
        """Return the check that has to pass first: this one, or where it is blocked itself, that which blocks it."""
        builds_on = {check.test: check.builds_on for check in exercise.checks}
        while set(self._not_passed[item.path, name].values()) == {Outcome.BLOCKED}:
            name = next(below for below in builds_on[name] if self._not_passed.get((item.path, below)))
        return name

    def _write_trace(self, item: pytest.Function, lab: Lab) -> None:
        folder = self._config.getoption("kata_trace")
        if folder and lab.last_trace is not None:
            target = self._config.invocation_params.dir / folder
            target.mkdir(parents=True, exist_ok=True)
            name = f"{self._exercise(item).name}-{item.name}".replace("[", "-").replace("]", "")
            (target / f"{name}.json").write_text(lab.last_trace.to_json(), encoding="utf-8")
