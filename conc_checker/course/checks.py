"""The checks of an exercise, declared where they are: above each test function of its test module.

    @check(points=4, builds_on=[test_importing_starts_nothing])
    def test_all_ten_are_alive_together(lab): ...

They are read from the text of the module, which is never imported for that.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from conc_checker.course.error import CurriculumError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_Test = TypeVar("_Test")
_WAY = "Write it as @check(points=1), or @check(points=1, builds_on=[test_…])"


@dataclass(frozen=True, slots=True)
class Check:
    """One test function of an exercise: its name, its points, and the earlier checks that it builds on."""

    test: str
    points: int
    builds_on: tuple[str, ...]


def check(*, points: int, builds_on: Sequence[Callable[..., object]] = ()) -> Callable[[_Test], _Test]:
    """Declare a test function as a check: what it is worth, and without which others it says nothing."""
    del points, builds_on  # both are read from the text, see `declared`
    return lambda test: test


def declared(module: Path) -> tuple[Check, ...]:
    """Return the checks of a test module, in its order; raise CurriculumError when one of them breaks a rule.

    Test functions without `@check` are none: a learner may add some.
    """
    checks: list[Check] = []
    for function in _functions(module):
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "check":
                checks.append(_check(module, function, decorator, [earlier.test for earlier in checks]))
    if not checks:
        raise CurriculumError(module, "", "declares no check", f"{_WAY} above each test function")
    return tuple(checks)


def _functions(module: Path) -> list[ast.FunctionDef]:
    try:
        content = ast.parse(module.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        remedy = "Write the test, or take its exercise out of kata.toml"
        raise CurriculumError(module, "", "is missing", remedy) from error
    except OSError as error:
        raise CurriculumError(module, "", f"cannot be read ({error.strerror})", "Make it readable") from error
    except (SyntaxError, ValueError) as error:  # a ValueError: not UTF-8, or a null byte
        raise CurriculumError(module, "", f"is no Python ({error})", "Mend it at the place named") from error
    return [node for node in content.body if isinstance(node, ast.FunctionDef)]


def _check(module: Path, function: ast.FunctionDef, decorator: ast.Call, earlier: list[str]) -> Check:
    def fail(rule: str, remedy: str) -> CurriculumError:
        return CurriculumError(module, f"line {decorator.lineno}, {function.name}", rule, remedy)

    if not function.name.startswith("test_"):
        raise fail("is no test function, so it cannot be a check", "Let its name begin with test_")
    if function.name in earlier:
        raise fail("must not have its name twice, nor two @check", "Rename one of the two, or take one out")
    given = {keyword.arg: keyword.value for keyword in decorator.keywords}
    if decorator.args or not given.keys() <= {"points", "builds_on"}:
        raise fail("@check takes points and builds_on by name, and nothing else", _WAY)
    if "points" not in given:
        raise fail("@check needs points", _WAY)
    points = given["points"]
    if not isinstance(points, ast.Constant) or type(points.value) is not int or points.value < 1:
        rule = f"points must be a whole number above 0, not {ast.unparse(points)}"
        raise fail(rule, "Write the number itself, say, points=1")
    names = given.get("builds_on", ast.List([]))
    if not isinstance(names, ast.List):
        raise fail(f"builds_on must be a list of test functions, not {ast.unparse(names)}", _WAY)
    builds_on = [ast.unparse(name) for name in names.elts]
    for name in builds_on:
        if name not in earlier:
            rule = f"builds_on must hold earlier checks of this module, and {name} is none"
            raise fail(rule, "Correct the name, without quotes, or move that check before this one")
    return Check(function.name, points.value, tuple(builds_on))
