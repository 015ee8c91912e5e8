"""The pytest plugin: options, the `lab` fixture, and how a verdict becomes a report. Nothing else."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from conc_checker import topics
from conc_checker.course import curriculum, source
from conc_checker.diagnosis.story import Story
from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Lab, Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict
from conc_checker.texts.messages import LANGUAGES, Messages, choose_language

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from conc_checker.topics.topic import Topic

METHODS = ("fork", "spawn", "forkserver")
PROPERTY = "conc_checker"  # of a report: the verdict as JSON text, for whatever reads reports
_MARK = "every_start_method"
_QUIET = {Outcome.NOT_STARTED: ("n", "NOT STARTED"), Outcome.BLOCKED: ("b", "BLOCKED")}
_REMOTE = pytest.StashKey[Remote]()
_FAILED = pytest.StashKey[dict[tuple[str, str], Outcome]]()


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; all but one begin with --kata, so that they never meet another plugin's."""
    group = parser.getgroup("conc_checker", "katas of process-based concurrency")
    group.addoption(
        "--kata-source",
        metavar="DIR",
        help="take the learner's modules from another folder of the same shape: solutions, a submission",
    )
    group.addoption(
        "--kata-start-method",
        metavar="METHOD[,METHOD]",
        help=f"start methods to check under, of {', '.join(METHODS)} (default: all that this machine has)",
    )
    group.addoption("--kata-lang", choices=LANGUAGES, help="language of the messages (default: CONC_LANG, then LANG)")
    group.addoption("--kata-trace", metavar="DIR", help="write what each checked run did to a JSON file in this folder")
    group.addoption(
        "--real-time", action="store_true", help="let learners' programs see the real clock, not a virtual one"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker and read the options that can be wrong."""
    config.addinivalue_line("markers", f"{_MARK}: run this check under each start method that the machine has")
    config.stash[_FAILED] = {}
    _methods(config)
    folder = config.getoption("kata_source")
    if folder and not _source(config, folder).is_dir():
        raise pytest.UsageError(
            f"--kata-source {folder}: there is no such folder; name one that holds folders like katas does, "
            "for example --kata-source solutions"
        )
    folder = config.getoption("kata_trace")
    if folder and _source(config, folder).exists() and not _source(config, folder).is_dir():
        raise pytest.UsageError(
            f"--kata-trace {folder}: this is a file; name a folder, which is made when it is missing"
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the supervisor, and with it all that still runs."""
    remote = config.stash.get(_REMOTE, None)
    if remote is not None:
        remote.close()


def _methods(config: pytest.Config) -> list[str]:
    """Return the start methods to check under, the first being the one for checks that need only one."""
    here = multiprocessing.get_all_start_methods()
    asked = config.getoption("kata_start_method")
    if not asked:
        return here
    chosen = [name.strip() for name in asked.split(",")]
    for name in chosen:
        if name not in here:
            raise pytest.UsageError(
                f"--kata-start-method {name}: this machine has {', '.join(here)}; choose among these"
            )
    return chosen


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the checks of an exercise on one worker, in their order: only there it is known what has failed."""
    if config.getoption("dist") not in ("load", "worksteal"):
        return None
    return importlib.import_module("xdist.scheduler").LoadFileScheduling(config, log)


def _source(config: pytest.Config, folder: str) -> Path:
    return (config.invocation_params.dir / folder).resolve()


# ── the fixture ──────────────────────────────────────────────────────────────────────────────────────────────────────


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat a marked check for each start method."""
    if "lab" in metafunc.fixturenames and metafunc.definition.get_closest_marker(_MARK):
        metafunc.parametrize("lab", _methods(metafunc.config), indirect=True)


@pytest.fixture
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """Runs the learner's program of this exercise under observation, and states what must hold of it."""
    exercise = _exercise(request.node)
    folder = request.config.getoption("kata_source")
    home = request.path.parent
    place = _source(request.config, folder) / exercise.kata if folder else home
    config = request.config
    chosen = config.getoption("kata_start_method")
    method = getattr(request, "param", None) or (_methods(config)[0] if chosen else None)
    settings = Settings(method, real_time=config.getoption("real_time"), deadline=exercise.deadline)
    laboratory = _topic(exercise).lab(_remote(config), source.from_folder(place, exercise.name), settings)
    try:
        yield laboratory
    finally:
        laboratory.close()


_find_exercise = cache(curriculum.find_exercise)


def _exercise(item: Any) -> curriculum.Exercise:
    """Return the exercise that a test checks; one outside a kata's folder is an error with a remedy."""
    exercise = _find_exercise(item.path)
    if exercise is None:
        pytest.fail(
            f"{item.path}: the lab fixture belongs to a kata, and there is no kata.toml beside this test; "
            "put the test into a folder such as katas/03_multiprocess",
            pytrace=False,
        )
    return exercise


def _topic(exercise: curriculum.Exercise) -> Topic:
    """Return the topic that a kata names; one that there is not is an error with a remedy."""
    try:
        return topics.find(exercise.topic)
    except KeyError as error:
        pytest.fail(f"{exercise.kata}/{curriculum.KATA_FILE}: topic: {error.args[0]}", pytrace=False)


def _remote(config: pytest.Config) -> Remote:
    """Return this process's supervisor; CONC_HOST=portable makes it work as on any platform."""
    remote = config.stash.get(_REMOTE, None)
    if remote is None:
        remote = config.stash[_REMOTE] = Remote(os.environ.get("CONC_HOST", ""))
    return remote


# ── running a check ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a check; again, once, when the machine was too busy to tell; not at all, when what it builds on failed."""
    laboratory = pyfuncitem.funcargs.get("lab")
    if not isinstance(laboratory, Lab):
        return None
    _refuse_if_blocked(pyfuncitem)
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    try:
        pyfuncitem.obj(**arguments)
    except CheckFailedError as failure:
        if failure.verdict.outcome is not Outcome.INCONCLUSIVE:
            raise
        laboratory.close()
        pyfuncitem.obj(**arguments)
    finally:
        laboratory.close()
        _write_trace(pyfuncitem, laboratory)
    return True


def _refuse_if_blocked(item: pytest.Function) -> None:
    exercise = _exercise(item)
    check = next((c for c in exercise.checks if c.test == item.originalname), None)
    for name in check.builds_on if check else ():
        outcome = item.config.stash[_FAILED].get((str(item.path), name))
        if outcome is None:
            continue
        # What has not been started is not blocked either: it is one thing to say, once.
        known = Outcome.NOT_STARTED if outcome is Outcome.NOT_STARTED else Outcome.BLOCKED
        diagnosis = Diagnosis("not-started" if known is Outcome.NOT_STARTED else "blocked", None, {"check": name})
        story = Story(Trace(facts=Facts(program=exercise.name)))
        raise CheckFailedError(Verdict(known, "blocked", diagnosis), story)


def _write_trace(item: pytest.Function, laboratory: Lab) -> None:
    folder = item.config.getoption("kata_trace")
    if folder and laboratory.last_trace is not None:
        target = item.config.invocation_params.dir / folder
        target.mkdir(parents=True, exist_ok=True)
        name = f"{_exercise(item).name}-{item.name}".replace("[", "-").replace("]", "")
        (target / f"{name}.json").write_text(laboratory.last_trace.to_json(), encoding="utf-8")


# ── reports ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the verdict in the place of a traceback, as text for people and as JSON for programs."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, CheckFailedError) and isinstance(item, pytest.Function) and "lab" in item.funcargs:
        verdict = error.verdict
        item.config.stash[_FAILED][str(item.path), item.originalname] = verdict.outcome
        report.longrepr = _text(item, verdict, error.story)
        facts = {"outcome": str(verdict.outcome), "exercise": _place(item), **verdict.to_json()}
        entry = (PROPERTY, json.dumps(facts))
        report.user_properties.append(entry)
        item.user_properties.append(entry)  # JUnit files take the properties of the teardown's report
    return report


def _language(config: pytest.Config) -> str:
    return choose_language(config.getoption("kata_lang"), os.environ)


def _text(item: pytest.Function, verdict: Verdict, story: Story) -> str:
    from conc_checker.report import terminal  # noqa: PLC0415 (a session in which all passes does without rich)

    exercise = _exercise(item)
    topic = _topic(exercise)
    messages = topics.messages(exercise.topic, _language(item.config))
    if verdict.outcome in _QUIET:
        return terminal.one_line(verdict, story, messages)
    folder = item.config.getoption("kata_source")
    home = _source(item.config, folder) / exercise.kata if folder else item.path.parent
    names = {name: _relative(item.config, home / name) for name in story.trace.facts.sources}
    step = min(2, len(exercise.hints))
    writer = item.config.get_terminal_writer()
    return terminal.render(
        verdict,
        story,
        messages,
        picture=topic.load_picture(),
        width=80,
        colour=writer.hasmarkup,
        ascii=_wants_ascii(item.config),
        hint=messages.word(
            "next hint",
            step=step,
            steps=len(exercise.hints[messages.language]),
            kata=_hint_for(item.path.parent, exercise),
        ),
        source_names=names,
    )


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


def _relative(config: pytest.Config, path: Path) -> str:
    """Return a path as the user would type it."""
    try:
        return path.relative_to(config.invocation_params.dir).as_posix()
    except ValueError:
        return str(path)


def _place(item: pytest.Function) -> str:
    folder = item.config.getoption("kata_source")
    exercise = _exercise(item)
    home = _source(item.config, folder) / exercise.kata if folder else item.path.parent
    return _relative(item.config, home / f"{exercise.name}.py")


def _verdict(report: Any) -> dict[str, Any] | None:
    text = dict(getattr(report, "user_properties", ())).get(PROPERTY)
    return json.loads(text) if isinstance(text, str) else None


def pytest_report_teststatus(report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
    """Count what was not started, or waits for another check, apart from failures: it needs no page of its own."""
    verdict = _verdict(report)
    if verdict is None or report.when != "call" or not report.failed:
        return None
    outcome = Outcome(verdict["outcome"])
    if outcome not in _QUIET:
        return None
    letter, word = _QUIET[outcome]
    return str(outcome), letter, word


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line each which exercises have not been started, and what other checks wait for."""
    messages = Messages.load(_language(config))
    for outcome in _QUIET:
        verdicts = [v for r in terminalreporter.stats.get(str(outcome), ()) if (v := _verdict(r))]
        reasons = Counter(
            (v["exercise"], v["diagnosis"]["facts"].get("check", "") if outcome is Outcome.BLOCKED else "")
            for v in verdicts
        )
        for (exercise, check), number in reasons.items():
            text = messages.word(f"{outcome} here", exercise=exercise, check=check, number=number)
            terminalreporter.write_line(text, yellow=True)
