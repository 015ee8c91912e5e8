"""The architecture: which package may import which, at every depth. Data at the bottom, the plugin at the top."""

from __future__ import annotations

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from conc_checker import topics
from conc_checker.course.curriculum import load_course

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "conc_checker"

# Each package, and those from which it may import. What is not here is not in the architecture.
ALLOWED = {
    "scheduling": set(),  # the words that learners import
    "record": set(),
    "course": set(),
    "texts": {"record"},
    "diagnosis": {"record"},
    "engine": {"record", "scheduling"},
    "report": {"diagnosis", "record", "texts"},
    "lab": {"course", "diagnosis", "engine", "record"},
    "topics": {"course", "diagnosis", "engine", "lab", "record", "report", "scheduling", "texts"},
    "grading": {"course", "record", "report", "texts", "topics"},
    "mutation": {"course", "engine", "lab", "record", "topics"},
    "commands": {"course", "grading", "lab", "mutation", "record", "report", "texts", "topics"},
    "plugin": {"course", "diagnosis", "engine", "lab", "record", "report", "texts", "topics"},
}
# Inside the engine, what runs in learners' processes is below all else, and knows nothing of it.
ENGINE = {
    "channel": set(),
    "wire": set(),
    "subject": {"channel"},
    "supervisor": {"channel", "subject", "wire"},
}
STANDARD_LIBRARY_ONLY = {"scheduling", "record", "course", "texts", "diagnosis", "engine"}
MAY_USE_PSUTIL = {"engine"}  # where /proc is not there to be read; imported only where it is needed
FOR_PYTEST = {"plugin/__init__.py", "plugin/checker.py", "plugin/telling.py", "plugin/distribution.py"}
FOR_PYTEST |= {"grading/collector.py"}  # the modules that pytest loads, and nobody else does


@cache
def _imports(path: Path) -> frozenset[str]:
    """Return the full names of what a module imports, wherever in it, also where only types are checked."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively; write the full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def _parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(PACKAGE).with_suffix("").parts


def _modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def _own(path: Path) -> set[tuple[str, ...]]:
    """Return what a module imports of ours, as the parts of the modules' names."""
    found = set()
    for name in _imports(path):
        if name.startswith("conc_checker."):
            parts = tuple(name.split(".")[1:])
            is_module = (PACKAGE.joinpath(*parts).with_suffix(".py")).is_file() or PACKAGE.joinpath(*parts).is_dir()
            found.add(parts if is_module else parts[:-1])
    return found - {()}


by_path = pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())


def test_every_package_is_known() -> None:
    """A new package has a place in the architecture, or the architecture is changed knowingly."""
    assert {_parts(path)[0] for path in _modules()} == set(ALLOWED)


@by_path
def test_imports_point_one_way(path: Path) -> None:
    """No module imports from a package above its own, or beside it."""
    own = _parts(path)[0]
    assert {parts[0] for parts in _own(path)} - {own} <= ALLOWED[own]


@by_path
def test_the_subject_knows_nothing_of_those_who_watch_it(path: Path) -> None:
    """Inside the engine, too, imports point one way."""
    if _parts(path)[0] != "engine" or len(_parts(path)) < 2 or _parts(path)[1] not in ENGINE:
        return
    own = _parts(path)[1]
    used = {parts[1] for parts in _own(path) if parts[0] == "engine" and len(parts) > 1}
    assert used - {own} <= ENGINE[own]


@by_path
def test_a_topic_knows_no_other(path: Path) -> None:
    """Each room can be taken out, or a new one added, without a look into the others; nothing else knows any."""
    inside = _parts(path)[1] if _parts(path)[0] == "topics" and len(_parts(path)) > 2 else None
    known = {parts[1] for parts in _own(path) if parts[0] == "topics" and len(parts) > 1} & set(topics.names())
    assert known <= ({inside} if inside else set())


def test_there_is_no_circle_of_modules() -> None:
    """However deep: what a module imports never leads back to it, not even for types alone."""
    graph = {"/".join(_parts(path)): {"/".join(parts) for parts in _own(path)} for path in _modules()}
    names = set(graph)
    # A package stands for its __init__ module.
    as_module = {name: name if name in names else f"{name}/__init__" for used in graph.values() for name in used}
    order = TopologicalSorter({name: {as_module[u] for u in used} - {name} for name, used in graph.items()})
    order.prepare()  # raises CycleError, with the circle


@by_path
def test_what_runs_in_learners_processes_needs_nothing_installed(path: Path) -> None:
    """The data, the diagnosis and the engine are standard library only; pytest is for the plugin alone."""
    own = _parts(path)[0]
    outside = {name.split(".")[0] for name in _imports(path)} - set(sys.stdlib_module_names) - {"conc_checker"}
    if own in STANDARD_LIBRARY_ONLY:
        assert outside <= ({"psutil"} if own in MAY_USE_PSUTIL else set())
    if path.relative_to(PACKAGE).as_posix() not in FOR_PYTEST:
        assert "pytest" not in outside


# ── shared code knows no topic ───────────────────────────────────────────────────────────────────────────────────────

# Words of everyday use that are also names of exercises' functions: they say nothing of an exercise.
EVERYDAY = {"task", "main", "times", "handle"}


def _names_of_exercises() -> set[str]:
    """Return the names of katas and exercises, and of the functions that learners write."""
    katas = load_course(ROOT / "katas")
    names = {kata.folder.name for kata in katas}
    for kata in katas:
        for exercise in kata.exercises:
            names.add(exercise.name)
            stub = ast.parse((kata.folder / f"{exercise.name}.py").read_text("utf-8"))
            names |= {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    return names - EVERYDAY


@by_path
def test_shared_code_names_no_exercise_and_no_function_of_a_learner(path: Path) -> None:
    """Neither as a name nor as a text; so a new kata needs no word anywhere in shared code."""
    if _parts(path)[0] in ("topics", "scheduling"):
        return
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} if node.value.isidentifier() else set()
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
    assert found & _names_of_exercises() == set()
