"""Statements that are dropped, swapped, cut short, or left by another way; resources that are never closed."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from conc_checker.mutation.operators.operator import Place, operator
from conc_checker.mutation.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_JUMPS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_COMPUTE = {"all", "any", "bytearray", "bytes", "deque", "dict", "enumerate", "int", "len", "list", "max", "min"}
_COMPUTE |= {"range", "reversed", "set", "sorted", "str", "sum", "tuple", "zip"}  # they change nothing
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NEVER_MOVED = (*_DEFINITIONS, ast.Global, ast.Nonlocal, ast.Pass, *_JUMPS)
_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try)
_DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Return, ast.Delete, ast.Assert, *_BLOCKS)


@operator("dropped-statement")
def dropped_statement(place: Place) -> Iterator[Edit]:
    """Leave out a statement: not the only one that gives a name its value, for that could only end in a NameError."""
    node = place.node
    if isinstance(node, ast.Return) and _is_last(place) and (node.value is None or _is_none(node.value)):
        return  # it would fall off the end all the same
    if isinstance(node, _DROPPED) and not _is_docstring(node) and not _is_guard(node):
        yield place.source.instead(node, "pass")
    elif isinstance(node, ast.Assign):
        targets = [name for target in node.targets for name in _names(target, ast.Store)]
        given = [name for name in _names(place.source.tree, ast.Store) if name in targets]
        if len(given) > len(targets) or not targets:
            yield place.source.instead(node, "pass")


@operator("swapped-statements")
def swapped_statements(place: Place) -> Iterator[Edit]:
    """Let two neighbouring statements change places, where their order can matter."""
    for body in _bodies(place.node):
        for first, second in pairwise(body):
            if isinstance(first, _NEVER_MOVED) or isinstance(second, _NEVER_MOVED) or _is_docstring(first):
                continue
            if place.source.indent(first) is None or place.source.indent(second) is None or _is_guard(second):
                continue
            if not _commute(first, second):
                begin, end = place.source.begin(first), place.source.end(second)
                between = place.source.between(place.source.end(first), place.source.begin(second))
                yield Edit(begin, end, place.source.of(second) + between + place.source.of(first))


@operator("early-return")
def early_return(place: Place) -> Iterator[Edit]:
    """Leave a function before a statement."""
    node, source = place.node, place.source
    if not isinstance(node, ast.stmt) or isinstance(node, (*_JUMPS, *_NEVER_MOVED)) or _is_docstring(node):
        return
    indent = source.indent(node)
    if isinstance(place.function, ast.FunctionDef | ast.AsyncFunctionDef) and indent is not None:
        around = place.above[0]
        if isinstance(around, ast.If) and isinstance(node, ast.If) and node in around.orelse:
            return  # perhaps an elif, which does not begin a statement of its own
        if _is_last(place):
            return  # that is to drop it
        yield Edit(source.begin(node), source.begin(node), f"return\n{indent}")


@operator("one-round")
def one_round(place: Place) -> Iterator[Edit]:
    """Leave a loop after its first round."""
    node, source = place.node, place.source
    if isinstance(node, ast.For | ast.AsyncFor | ast.While):
        last = node.body[-1]
        indent = source.indent(last)
        if indent is not None and not isinstance(last, _JUMPS):
            yield Edit(source.end(last), source.end(last), f"\n{indent}break")


@operator("other-jump")
def other_jump(place: Place) -> Iterator[Edit]:
    """Go on with a loop instead of leaving it, leave it instead of going on, or do neither."""
    match place.node:
        case ast.Break() as node:
            others = ["continue", "pass"]
        case ast.Continue() as node:
            others = ["break", "pass"]
        case ast.Return() as node if place.loop is not None:
            others = ["continue", "break"]
        case _:
            return
    for other in others:
        yield place.source.instead(node, other)


@operator("other-exception")
def other_exception(place: Place) -> Iterator[Edit]:
    """Catch nothing, everything, or one kind less; raise another kind; raise again what was caught."""
    source = place.source
    match place.node:
        case ast.ExceptHandler(type=ast.expr() as kind, body=body):
            yield source.instead(kind, "()")
            yield source.instead(kind, "BaseException")
            if isinstance(kind, ast.Tuple):
                for left_out in kind.elts:
                    rest = [source.of(one) for one in kind.elts if one is not left_out]
                    yield source.instead(kind, f"({', '.join(rest)},)")
            if not isinstance(body[-1], ast.Raise):
                yield Edit(source.begin(body[0]), source.end(body[-1]), "raise")
        case ast.Raise(exc=ast.Call(func=ast.Name() as kind) | (ast.Name() as kind)) if kind.id[:1].isupper():
            yield source.instead(kind, "Exception")


@operator("other-value")
def other_value(place: Place) -> Iterator[Edit]:
    """Return nothing, nought, or only the whole part."""
    match place.node:
        case ast.Return(value=ast.expr() as value):
            if not _is_none(value):
                if not _is_last(place):  # there it is to drop it
                    yield place.source.instead(value, "None")
                yield place.source.instead(value, "0")
            if isinstance(value, ast.BinOp):
                yield place.source.instead(value, f"int({place.source.of(value)})")


@operator("never-closed")
def never_closed(place: Place) -> Iterator[Edit]:
    """Let a `with` leave open what it would close."""
    if isinstance(place.node, ast.With):
        for item in place.node.items:
            text = place.source.of(item.context_expr)
            yield place.source.instead(item.context_expr, f"__import__('contextlib').nullcontext({text})")


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if isinstance(body, list):
            yield body


def _is_last(place: Place) -> bool:
    """Whether a statement is the last of its function."""
    around = place.above[0]
    return isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef) and place.node is around.body[-1]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_guard(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__name__" in _names(node.test, ast.Load)


def _names(node: ast.AST, context: type[ast.expr_context]) -> list[str]:
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)]


def _commute(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether the order of two statements cannot matter: neither gives what the other uses, and one only computes."""
    own = {name for one in (first, second) for name in _of_comprehensions(one)}
    stored = [(set(_names(one, ast.Store)) | _changed(one)) - own for one in (first, second)]
    used = [set(_names(one, ast.Load)) - own for one in (first, second)]
    if stored[0] & (used[1] | stored[1]) or stored[1] & used[0]:
        return False
    return not (_acts(first) and _acts(second))


def _of_comprehensions(node: ast.AST) -> Iterator[str]:
    """Go through the names that are known inside comprehensions only."""
    for part in ast.walk(node):
        if isinstance(part, ast.comprehension):
            yield from _names(part.target, ast.Store)


def _changed(node: ast.AST) -> set[str]:
    """Return the names of the objects of which a part is assigned to."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Store | ast.Del):
            found |= set(_names(part.value, ast.Load))
    return found


def _acts(node: ast.AST) -> bool:
    """Whether a statement does more than to compute."""
    kinds = (ast.Await, ast.Yield, ast.YieldFrom, *_JUMPS, ast.With)
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    computes = all(isinstance(call.func, ast.Name) and call.func.id in _COMPUTE for call in calls)
    return not computes or any(isinstance(part, kinds) for part in ast.walk(node))
