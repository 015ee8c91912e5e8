"""The pytest plugin: options, the `lab` fixture, and the hooks. Nothing else.

It is loaded into every pytest session of the environment, and most of them have no katas. So this module imports
nothing of ours before a check is met, and its hooks ask first whether there is one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from conc_checker.lab.lab import Lab
    from conc_checker.plugin.checker import Checker

METHODS = ("fork", "spawn", "forkserver")
LANGUAGES = ("en", "zh-CN")  # those of the messages, which are not read for the sake of an option
PROPERTY = "conc_checker"  # of a report: the verdict as JSON text, for whatever reads reports
_MARK = "every_start_method"
_QUIET = {"not started": ("n", "NOT STARTED"), "blocked": ("b", "BLOCKED")}  # outcomes that need no page of their own
_CHECKER = pytest.StashKey["Checker"]()
_LAB = pytest.StashKey["Lab"]()  # of a test that is a check: other projects have fixtures called `lab` too
_DISTRIBUTED = pytest.StashKey[bool]()


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
    if config.getoption("kata_start_method"):
        start_methods(config)
    start = config.invocation_params.dir
    folder = config.getoption("kata_source")
    if folder and not (start / folder).is_dir():
        raise pytest.UsageError(
            f"--kata-source {folder}: there is no such folder; name one that holds folders like katas does, "
            "for example --kata-source solutions"
        )
    folder = config.getoption("kata_trace")
    if folder and (start / folder).exists() and not (start / folder).is_dir():
        raise pytest.UsageError(
            f"--kata-trace {folder}: this is a file; name a folder, which is made when it is missing"
        )


def start_methods(config: pytest.Config) -> list[str]:
    """Return the start methods to check under, the first being the one for checks that need only one."""
    import multiprocessing  # noqa: PLC0415 (other projects' sessions do without)

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


# ── running a check ──────────────────────────────────────────────────────────────────────────────────────────────────


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat a marked check for each start method."""
    if "lab" in metafunc.fixturenames and metafunc.definition.get_closest_marker(_MARK):
        metafunc.parametrize("lab", start_methods(metafunc.config), indirect=True)


@pytest.fixture
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """Runs the learner's program of this exercise under observation, and states what must hold of it."""
    config = request.config
    method = getattr(request, "param", None)
    if method is None and config.getoption("kata_start_method"):
        method = start_methods(config)[0]
    laboratory = request.node.stash[_LAB] = _checker(config).lab(request.node, method)
    try:
        yield laboratory
    finally:
        laboratory.close()


def _checker(config: pytest.Config) -> Checker:
    """Return what checks in this process; it is made when the first check is about to run."""
    from conc_checker.plugin.checker import Checker  # noqa: PLC0415 (other projects' sessions do without)

    checker = config.stash.get(_CHECKER, None)
    if checker is None:
        checker = config.stash[_CHECKER] = Checker(config)
    return checker


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a check in our way."""
    laboratory = pyfuncitem.stash.get(_LAB, None)
    if laboratory is None:
        return None
    _checker(pyfuncitem.config).call(pyfuncitem, laboratory)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the verdict in the place of a traceback, as text for people and as JSON for programs."""
    report = yield
    if _LAB in item.stash and isinstance(item, pytest.Function):
        facts = _checker(item.config).report(item, call, report)
        if facts is not None:
            entry = (PROPERTY, json.dumps(facts))
            report.user_properties.append(entry)
            item.user_properties.append(entry)  # JUnit files take the properties of the teardown's report
    return report


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the supervisor, and with it all that still runs."""
    checker = config.stash.get(_CHECKER, None)
    if checker is not None:
        checker.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: Sequence[str]) -> None:
    """Keep the checks of an exercise on one worker, in their order: only there it is known what has not passed.

    The first worker to tell its tests decides, before any test is handed out; without katas xdist's schedule stays.
    """
    config = node.config
    # The others keep the tests of a module together anyway.
    if _DISTRIBUTED in config.stash or config.getoption("dist") not in ("load", "worksteal", "loadgroup"):
        return
    config.stash[_DISTRIBUTED] = True
    folders = {test.partition("::")[0].rpartition("/")[0] for test in ids}
    katas = {folder for folder in folders if (config.rootpath / folder / "kata.toml").is_file()}
    if katas:
        from conc_checker.plugin.distribution import keep_together  # noqa: PLC0415 (xdist need not be installed)

        keep_together(config, katas)


# ── what pytest prints ───────────────────────────────────────────────────────────────────────────────────────────────


def _verdict(report: Any) -> dict[str, Any] | None:
    text = dict(getattr(report, "user_properties", ())).get(PROPERTY)
    return json.loads(text) if isinstance(text, str) else None


def pytest_report_teststatus(report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
    """Count what was not started, or waits for another check, apart from failures: it needs no page of its own."""
    if report.when != "call" or not report.failed:
        return None
    outcome = (_verdict(report) or {}).get("outcome")
    if outcome not in _QUIET:
        return None
    letter, word = _QUIET[outcome]
    return outcome, letter, word


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line each which exercises have not been started, and what other checks wait for."""
    quiet = [v for name in _QUIET for r in terminalreporter.stats.get(name, ()) if (v := _verdict(r))]
    if quiet:
        from conc_checker.plugin import telling  # noqa: PLC0415 (other projects' sessions do without)

        for line in telling.summary(quiet, config):
            terminalreporter.write_line(line, yellow=True)
