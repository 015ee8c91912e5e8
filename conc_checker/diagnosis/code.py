"""Reads a learner's source as far as an explanation needs it; a verdict never rests on it."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Code:
    """One module's syntax tree; empty for text that does not parse."""

    def __init__(self, text: str) -> None:
        try:
            self.tree: ast.Module = ast.parse(text)
        except (SyntaxError, ValueError):
            self.tree = ast.Module([], [])

    def nodes(self) -> Iterator[ast.AST]:
        """Walk all nodes in the order of their lines."""
        found = [n for n in ast.walk(self.tree) if hasattr(n, "lineno")]
        return iter(sorted(found, key=lambda n: (n.lineno, n.col_offset)))  # type: ignore[attr-defined]

    def is_stub(self) -> bool:
        """Whether every function only says what it should do and raises NotImplementedError."""
        functions = [n for n in self.tree.body if isinstance(n, ast.FunctionDef)]
        return bool(functions) and all(_is_unwritten(f) for f in functions)

    def calls(self, *names: str) -> list[ast.Call]:
        """Return the calls of functions or methods with one of these last names."""
        return [n for n in self.nodes() if isinstance(n, ast.Call) and last_name(n.func) in names]

    def line_of_call(self, *names: str) -> int | None:
        """Return the line of the first such call."""
        return next((c.lineno for c in self.calls(*names)), None)

    def function(self, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Return the first definition of a function of this name."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return next((n for n in self.nodes() if isinstance(n, kinds) and n.name == name), None)

    def line_of_definition(self, name: str) -> int | None:
        """Return the line on which a function or method of this name is defined."""
        found = self.function(name)
        return found.lineno if found else None

    def line_of_bare(self, name: str) -> int | None:
        """Return the line of a statement that names a method and does not call it: `p.join` without its brackets."""
        for node in self.nodes():
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute) and node.value.attr == name:
                return node.lineno
        return None

    def assignment(self, name: str) -> int | None:
        """Return the last line that assigns this variable, or a part of what it holds."""
        lines = []
        for node in self.nodes():
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
                owner = node.value if isinstance(node, ast.Subscript) else node
                if last_name(owner) == name.rpartition(".")[2]:
                    lines.append(node.lineno)
        return lines[-1] if lines else None

    def line_of_daemon(self) -> int | None:
        """Return the line that makes a process a daemon: the attribute or the argument."""
        for node in self.nodes():
            if isinstance(node, ast.Attribute) and node.attr == "daemon" and isinstance(node.ctx, ast.Store):
                return node.lineno
            if isinstance(node, ast.keyword) and node.arg == "daemon":
                return node.value.lineno
        return None

    def loops_around(self, line: int) -> list[ast.AST]:
        """Return the loops and comprehensions that repeat this line, innermost last."""
        found: list[ast.AST] = []
        for node in self.nodes():
            if not isinstance(node, _LOOPS):
                continue
            if isinstance(node, ast.For | ast.AsyncFor | ast.While):
                body = node.body
                if body[0].lineno <= line <= (body[-1].end_lineno or 0) or (
                    isinstance(node, ast.While) and node.lineno == line
                ):
                    found.append(node)
            elif node.lineno <= line <= (node.end_lineno or 0):
                found.append(node)
        return found

    def reaches(self, loop: ast.AST, line: int) -> bool:
        """Whether each round of a loop can come to a line: in its body, or in a function that is called there.

        A generator that the loop goes through runs a piece in each round, too; any other call there is over before.
        """
        if isinstance(loop, ast.For | ast.AsyncFor):
            parts: list[ast.AST] = [*loop.body, *self._runs_along(loop.iter)]
        elif isinstance(loop, ast.While):
            parts = [loop.test, *loop.body]
        else:
            parts = [loop]
        seen: set[str] = set()
        while parts:
            part = parts.pop()
            if getattr(part, "lineno", line + 1) <= line <= (getattr(part, "end_lineno", None) or 0):
                return True
            for node in ast.walk(part):
                name = last_name(node.func) if isinstance(node, ast.Call) else ""
                if name and name not in seen:
                    seen.add(name)
                    function = self.function(name)
                    parts += [function] if function else []
        return False

    def _runs_along(self, iterated: ast.AST) -> list[ast.AST]:
        """Return the generators that a loop goes through."""
        if isinstance(iterated, ast.GeneratorExp):
            return [iterated]
        found: list[ast.AST] = []
        for node in ast.walk(iterated):
            function = self.function(last_name(node.func)) if isinstance(node, ast.Call) else None
            if function and any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(function)):
                found.append(function)
        return found

    def shares_a_loop(self, one: int, other: int) -> bool:
        """Whether some loop repeats both lines."""
        around = self.loops_around(other)
        return any(loop in around for loop in self.loops_around(one))

    def call_as_target(self) -> int | None:
        """Return the line of an argument of Process(…), submit(…) … that is itself a call: `target=task(i)`."""
        subclasses = {n.name for n in self.nodes() if isinstance(n, ast.ClassDef)}
        for call in self.calls("Process", "submit", "apply_async", "apply", "map", "run_in_executor", *subclasses):
            values = [k.value for k in call.keywords if k.arg in ("target", "func", "fn")]
            if last_name(call.func) in ("submit", "apply_async", "apply"):
                values += call.args[:1]
            for value in values:
                if isinstance(value, ast.Call) and last_name(value.func) not in ("partial", "getattr", "methodcaller"):
                    return value.lineno
        return None


def _is_unwritten(function: ast.FunctionDef) -> bool:
    body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.unparse(body[0])


def last_name(node: ast.AST) -> str:
    """Return the last part of a dotted name: `b` of `a.b`; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@lru_cache(maxsize=64)
def read(text: str) -> Code:
    """Return the Code of a text."""
    return Code(text)
