"""How an operator is declared, and how all of them are led through a program."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conc_checker.mutation.source import Edit, Source

    Operator = Callable[["Place"], Iterator[Edit]]

OPERATORS: dict[str, Operator] = {}  # by name, in the order in which they were declared

# Not a part of what a program does: what is said of types, and in a message for people.
_HINTS = ("annotation", "returns", "type_comment", "type_params")
_FOR_PEOPLE = {"print", "debug", "info", "warning", "error", "exception"}
_DANGEROUS = {"kill", "killpg", "setpgid"}  # a process number of 0 or -1 means many, and some of them are not ours


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a program's syntax tree, with those above it, the innermost first."""

    source: Source
    node: ast.AST
    above: tuple[ast.AST, ...]

    @property
    def function(self) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | None:
        """The innermost function that this belongs to."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        return next((node for node in self.above if isinstance(node, kinds)), None)

    @property
    def loop(self) -> ast.AST | None:
        """The innermost loop around this, within its function."""
        for node in self.above:
            if isinstance(node, ast.For | ast.AsyncFor | ast.While):
                return node
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
                break
        return None


def operator(name: str) -> Callable[[Operator], Operator]:
    """Declare an operator: a function that goes through the changes that it makes at a place."""

    def declare(function: Operator) -> Operator:
        OPERATORS[name] = function
        return function

    return declare


def edits(source: Source) -> Iterator[tuple[str, str, Edit]]:
    """Go through all changes of a program: the operator, the name of the function that it is in, and the change."""
    for place in _places(source, source.tree, ()):
        names = [n.name for n in place.above if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        for name, function in OPERATORS.items():
            for edit in function(place):
                yield name, ".".join(reversed(names)), edit


def _places(source: Source, node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[Place]:
    yield Place(source, node, above)
    for field, value in ast.iter_fields(node):
        if field in _HINTS:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(node, child):
                yield from _places(source, child, (node, *above))


def _is_left_alone(node: ast.AST, child: ast.AST) -> bool:
    """Whether a change there would say nothing of the checks: docstrings, messages; or would do harm."""
    if isinstance(node, ast.Expr) and isinstance(child, ast.Constant):
        return True
    if isinstance(child, ast.JoinedStr):  # until Python 3.12 nothing in it says where it is
        return True
    if isinstance(child, ast.Call) and child.args and called(child) in _FOR_PEOPLE | _DANGEROUS:
        return True
    if isinstance(node, ast.Raise) and isinstance(child, ast.Call):
        return True
    return isinstance(child, ast.Compare) and isinstance(child.left, ast.Name) and child.left.id == "__name__"


def called(call: ast.Call) -> str:
    """Return the last name of what is called; "" where it has none."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
