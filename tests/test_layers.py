"""The architecture: which module may import which. Data at the bottom, the plugin at the top, one way only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "conc_checker"

ALLOWED = {
    "trace": set(),
    "verdict": {"trace"},
    "messages": {"verdict"},
    "curriculum": set(),
    "source": set(),
    "channel": set(),
    "scheduling": set(),
    "checks": {"scheduling", "trace", "verdict"},
    "report": {"trace", "verdict", "messages"},
    "subject": {"channel", "scheduling"},
    "supervisor": {"channel", "subject"},
    "calls": {"checks", "trace", "verdict"},
    "schedules": {"checks", "scheduling", "trace", "verdict"},
    "workloads": {"lab", "run", "scheduling"},
    "clients": {"checks", "run"},  # run: for its type only
    "run": {"checks", "clients", "supervisor", "trace", "verdict"},
    "server": {"checks", "clients", "run", "supervisor", "trace"},
    "lab": {"calls", "checks", "run", "schedules", "scheduling", "server", "source", "supervisor", "trace", "verdict"},
    "checking": {"curriculum", "lab", "run", "source", "supervisor", "telling", "trace", "verdict"},
    "telling": {"curriculum", "messages", "report", "trace", "verdict"},
    "together": set(),
    "plugin": {"checking", "lab", "telling", "together"},
    "course": {"curriculum"},
    "grading": {"course", "curriculum", "messages", "report", "source", "verdict"},
    "hints": {"course", "curriculum"},
    "verify": {"course", "curriculum", "grading", "messages"},
    "cli": {"course", "curriculum", "grading", "hints", "verify"},
}
STANDARD_LIBRARY_ONLY = {
    "scheduling",
    "subject",
    "channel",
    "trace",
    "verdict",
    "checks",
    "source",
    "curriculum",
    "messages",
}
PYTESTS = {"plugin", "checking", "telling", "together"}  # what pytest loads, all but the first only when it has katas
COLLECTOR = PACKAGE / "grading" / "collector.py"  # the other module that pytest loads
EXCEPTIONS = {("channel", "psutil")}  # on a platform without Unix sockets, and only there


def _imports(path: Path) -> set[str]:
    """Return the full names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively; write the full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def test_every_layer_is_known() -> None:
    """A new module has a place in the architecture, or the architecture is changed knowingly."""
    assert {_layer(path) for path in _modules()} == set(ALLOWED)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    """No module imports from a layer above its own, or beside it."""
    own = _layer(path)
    used = {name.split(".")[1] for name in _imports(path) if name.startswith("conc_checker.")}
    assert used - {own} <= ALLOWED[own]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_what_runs_in_learners_processes_needs_nothing_installed(path: Path) -> None:
    """The subject, the data and the checks are standard library only; pytest is for the plugin alone."""
    import sys

    own = _layer(path)
    outside = {name.split(".")[0] for name in _imports(path)} - set(sys.stdlib_module_names) - {"conc_checker"}
    if own in STANDARD_LIBRARY_ONLY:
        assert {name for name in outside if (own, name) not in EXCEPTIONS} == set()
    if own not in PYTESTS and path != COLLECTOR:
        assert "pytest" not in outside
