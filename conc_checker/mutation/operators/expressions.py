"""Conditions, comparisons, arithmetic, numbers, texts and bounds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.mutation.operators.operator import Place, called, operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conc_checker.mutation.source import Edit, Source

_LARGE = 100  # the size of a buffer, say: one more or less of it means nothing
_COMPARISONS = {
    ast.Lt: ("<", "<=", ">"),
    ast.LtE: ("<=", "<", ">"),
    ast.Gt: (">", ">=", "<"),
    ast.GtE: (">=", ">", "<"),
    ast.Eq: ("==", "!=", ">=", "<="),
    ast.NotEq: ("!=", "==", ">", "<"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_APART = (ast.Call, ast.keyword, ast.Assign, ast.Compare, ast.Subscript, ast.arguments)  # where no brackets are needed
_LOOSE = (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr)  # what takes in more than it should
_SIMPLE = (ast.Name, ast.Call, ast.Attribute, ast.Constant, ast.Subscript)


def _tests(place: Place) -> list[ast.expr]:
    match place.node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            return [test]
        case ast.comprehension(ifs=ifs):
            return ifs
    return []


@operator("negated-condition")
def negated_condition(place: Place) -> Iterator[Edit]:
    """Turn the condition of a branch, a loop or a comprehension round."""
    for test in _tests(place):
        text = place.source.of(test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield place.source.instead(test, place.source.of(test.operand))
        elif isinstance(test, _SIMPLE):
            yield place.source.instead(test, f"not {text}")
        else:
            # Its own brackets are not a part of it, where it has some.
            yield place.source.instead(test, f"not ({text})")


@operator("settled-condition")
def settled_condition(place: Place) -> Iterator[Edit]:
    """Let a condition always hold, or never."""
    for test in _tests(place):
        if not isinstance(test, ast.Constant):
            yield place.source.instead(test, "True")
            # A loop that is never entered, or a branch without another, is one that was dropped.
            if not isinstance(place.node, ast.While) and not (isinstance(place.node, ast.If) and not place.node.orelse):
                yield place.source.instead(test, "False")


@operator("comparison")
def comparison(place: Place) -> Iterator[Edit]:
    """Move the bound of a comparison by one, or turn it round."""
    node = place.node
    if not isinstance(node, ast.Compare):
        return
    if node in _tests_above(place) and isinstance(node.ops[0], ast.Is | ast.IsNot | ast.In | ast.NotIn):
        return  # that is to negate the condition
    sides = [node.left, *node.comparators]
    for left, kind, right in zip(sides, node.ops, sides[1:], strict=False):
        token, *others = _COMPARISONS[type(kind)]
        if any(isinstance(side, ast.Constant) and not _is_number(side) for side in (left, right)):
            others = others[:1]  # what is no number has no neighbours
        for other in others:
            yield from place.source.token(place.source.end(left), place.source.begin(right), token, other)


@operator("arithmetic")
def arithmetic(place: Place) -> Iterator[Edit]:
    """Use the opposite of an arithmetic operator."""
    source = place.source
    match place.node:
        case ast.BinOp(left=left, op=kind, right=right) if type(kind) in _ARITHMETIC:
            for other in _ARITHMETIC[type(kind)][1:]:
                yield from source.token(source.end(left), source.begin(right), _ARITHMETIC[type(kind)][0], other)
        case ast.AugAssign(target=target, op=kind, value=value) if type(kind) in _ARITHMETIC:
            token, *others = _ARITHMETIC[type(kind)]
            for other in (*(f"{other}=" for other in others), "="):
                yield from source.token(source.end(target), source.begin(value), f"{token}=", other)


@operator("boolean")
def boolean(place: Place) -> Iterator[Edit]:
    """Write `or` for `and`, and `and` for `or`; leave out one side; leave out a `not`."""
    source, node = place.source, place.node
    if isinstance(node, ast.BoolOp):
        token, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield from source.token(source.end(left), source.begin(right), token, other)
        for left_out in node.values:
            rest = [_whole(source, value) for value in node.values if value is not left_out]
            yield source.instead(node, f" {token} ".join(rest))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and node not in _tests_above(place):
        yield source.instead(node, _whole(source, node.operand))


def _whole(source: Source, node: ast.expr) -> str:
    """Return the text of a part, in brackets where it needs them in the place of another."""
    text = source.of(node)
    return f"({text})" if isinstance(node, _LOOSE) else text


def _tests_above(place: Place) -> list[ast.expr]:
    return _tests(Place(place.source, place.above[0], place.above[1:])) if place.above else []


@operator("number")
def number(place: Place) -> Iterator[Edit]:
    """One more, one less, and nothing; of a large number a small part and nothing; but not of a file's rights."""
    match place.node:
        case ast.Constant(value=int() | float() as value) as node if _is_number(node):
            if place.source.of(node).startswith("0o"):  # root may do all the same, and another user may not
                return
            for other in dict.fromkeys([value // 64, 0] if abs(value) > _LARGE else [value + 1, value - 1, 0]):
                if other != value:
                    text = repr(other)
                    in_brackets = other < 0 and not isinstance(place.above[0], _APART)
                    yield place.source.instead(node, f"({text})" if in_brackets else text)


def _is_number(node: ast.Constant) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


@operator("flag")
def flag(place: Place) -> Iterator[Edit]:
    """Write False for True, and True for False."""
    match place.node:
        case ast.Constant(value=bool() as value) as node if node not in _tests_above(place):
            yield place.source.instead(node, repr(not value))


@operator("text")
def text(place: Place) -> Iterator[Edit]:
    """Let a text be empty, and let it have one character more."""
    match place.node:
        case ast.Constant(value=str() | bytes() as value) as node:
            if value:
                yield place.source.instead(node, repr(value[:0]))
            yield place.source.instead(node, repr(value + "x" if isinstance(value, str) else value + b"x"))


@operator("sign")
def sign(place: Place) -> Iterator[Edit]:
    """Leave out a minus."""
    match place.node:
        case ast.UnaryOp(op=ast.USub(), operand=operand) as node:
            yield place.source.instead(node, place.source.of(operand))


@operator("slice")
def slice_(place: Place) -> Iterator[Edit]:
    """Leave out one bound of a slice."""
    match place.node:
        case ast.Subscript(slice=ast.Slice() as node):
            parts = [node.lower, node.upper, node.step]
            for left_out in filter(None, parts):
                rest = [place.source.of(part) if part and part is not left_out else "" for part in parts]
                yield place.source.instead(node, ":".join(rest if rest[2] else rest[:2]))


@operator("rounds")
def rounds(place: Place) -> Iterator[Edit]:
    """Let a loop or a comprehension leave out the first or the last, or make one round more."""
    match place.node:
        case ast.For(iter=over) | ast.comprehension(iter=over, is_async=0):
            pass
        case _:
            return
    source = place.source
    match over:
        case ast.Call(func=ast.Name(id="range"), args=[bound], keywords=[]):
            count = source.of(bound)
            for other in (f"1, {count}", f"{count} - 1", f"{count} + 1"):
                yield source.instead(bound, other)
        case ast.Call() if called(over) in ("iter", "count", "repeat"):  # they may have no end
            return
        case _:
            yield source.instead(over, f"list({source.of(over)})[1:]")
            yield source.instead(over, f"list({source.of(over)})[:-1]")
