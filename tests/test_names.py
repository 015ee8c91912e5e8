"""What the code and the documents say of the project is there: modules, files, and names in them."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
from corpus import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
CODE = sorted([*(ROOT / "conc_checker").rglob("*.py"), *(ROOT / "tests").glob("*.py"), *ROOT.glob("katas/*/test_*.py")])
_DOTTED = re.compile(r"`(conc_checker(?:\.\w+)+)`")
_PROPERTIES = {"conc_checker.points"}  # of a JUnit file
_FILE = re.compile(r"`((?:conc_checker|tests|katas|solutions|docs|\.ci|\.github)/[\w./-]*\w)`")


def _prose(path: Path) -> str:
    """Return what a file says: all of a document, the docstrings and comments of a module."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return "\n".join([*docstrings, *re.findall(r"#.*", text)])


def _exists(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for part in parts[count:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@pytest.mark.parametrize("path", [*DOCUMENTS, *CODE], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_named_is_there(path: Path) -> None:
    """No name is left over from a place where something once was."""
    prose = _prose(path)
    assert [name for name in _DOTTED.findall(prose) if name not in _PROPERTIES and not _exists(name)] == []
    # A history tells of what was.
    files = _FILE.findall(prose) if path.name != "CHANGELOG.md" else []
    assert [name for name in files if not (ROOT / name).exists() and "NN_" not in name and "NAME" not in name] == []
