"""The course checks itself: every kata is complete, and its parts agree with each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from conc_checker.curriculum import Exercise, Kata, load_course

ROOT = Path(__file__).parents[1]
KATAS, SOLUTIONS = ROOT / "katas", ROOT / "solutions"
READMES = ("README.md", "README.zh-CN.md")

COURSE = load_course(KATAS)
EXERCISES = [(kata, exercise) for kata in COURSE for exercise in kata.exercises]

each_kata = pytest.mark.parametrize("kata", COURSE, ids=lambda kata: kata.folder.name)
each_exercise = pytest.mark.parametrize(
    ("kata", "exercise"),
    EXERCISES,
    ids=[f"{kata.folder.name}-{exercise.name}" for kata, exercise in EXERCISES],
)


def parse(file: Path) -> ast.Module:
    """Return a module's syntax tree, or fail with the remedy when the module is not there."""
    if not file.is_file():
        pytest.fail(f"{file.relative_to(ROOT)} is missing: write it, or take its exercise out of kata.toml")
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(module: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that a module defines at its top level."""
    return [node for node in module.body if isinstance(node, ast.FunctionDef)]


def public_names(module: ast.Module) -> dict[str, str]:
    """Return the signature of each public function of a module, and the bases of each public class."""
    found = {f.name: f"({ast.unparse(f.args)}) -> {f.returns and ast.unparse(f.returns)}" for f in functions(module)}
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = f"class with {[ast.unparse(base) for base in node.bases]}"
    return {name: text for name, text in found.items() if not name.startswith("_")}


def stray(folder: Path, wanted: set[str]) -> list[str]:
    """Return what lies in a folder and is not wanted there, but for what Python leaves behind."""
    return sorted({entry.name for entry in folder.iterdir()} - wanted - {"__pycache__"})


def test_the_course_has_katas() -> None:
    """There is something to check."""
    assert COURSE, f"no katas in {KATAS}: each needs a folder NN_name with a kata.toml"


@each_kata
def test_a_kata_is_explained_in_both_languages(kata: Kata) -> None:
    """Both READMEs are there, begin with number and title, and have the same sections and commands."""
    shapes = []
    for name, language in zip(READMES, kata.title, strict=True):
        file = kata.folder / name
        assert file.is_file(), f"{file.relative_to(ROOT)} is missing: write it"
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {kata.number} · {kata.title[language]}\n"), f"{file.relative_to(ROOT)}: wrong title"
        assert f"pytest katas/{kata.folder.name}\n" in text, f"{file.relative_to(ROOT)}: say how to run the checks"
        shapes.append([line.split(" ")[0] for line in text.splitlines() if re.match(r"#+ |```|- ", line)])
    assert shapes[0] == shapes[1], "the READMEs differ in their sections, lists or examples: bring them together"


@each_exercise
def test_a_hint_says_more_than_the_one_before(kata: Kata, exercise: Exercise) -> None:
    """Three hints in each language, each longer than the last."""
    for language, steps in exercise.hints.items():
        lengths = [len(step) for step in steps]
        assert lengths == sorted(set(lengths)), f"{exercise.name}, {language}: hints of {lengths} characters"


@each_exercise
def test_stub_and_solution_offer_the_same(kata: Kata, exercise: Exercise) -> None:
    """A solution has the public functions of its stub, with the same signatures."""
    stub = parse(kata.folder / f"{exercise.name}.py")
    solution = parse(SOLUTIONS / kata.folder.name / f"{exercise.name}.py")
    assert public_names(stub)
    assert public_names(solution) == public_names(stub)


@each_exercise
def test_a_stub_states_its_contract_and_leaves_the_work(kata: Kata, exercise: Exercise) -> None:
    """In a stub every function has type hints and a docstring, and then raises NotImplementedError."""
    stub = parse(kata.folder / f"{exercise.name}.py")
    assert ast.get_docstring(stub), "the module needs a docstring"
    for function in functions(stub):
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        assert function.returns, f"{function.name} needs a type hint for what it returns"
        assert all(a.annotation for a in arguments), f"{function.name} needs a type hint for each parameter"
        assert ast.get_docstring(function), f"{function.name} needs a docstring that states the contract"
        assert [ast.unparse(line) for line in function.body[1:]] == ["raise NotImplementedError"], function.name


@each_exercise
def test_a_solution_is_finished_and_explained(kata: Kata, exercise: Exercise) -> None:
    """In a solution every public function has a docstring, and nothing is left to do."""
    solution = parse(SOLUTIONS / kata.folder.name / f"{exercise.name}.py")
    assert ast.get_docstring(solution)
    assert all(ast.get_docstring(f) for f in functions(solution) if not f.name.startswith("_"))
    assert "NotImplementedError" not in ast.dump(solution)


@each_exercise
def test_the_checks_are_the_tests(kata: Kata, exercise: Exercise) -> None:
    """`kata.toml` lists the test functions of the test module, all of them and in their order."""
    file = kata.folder / f"test_{exercise.name}.py"
    tests = [function for function in functions(parse(file)) if function.name.startswith("test_")]
    assert [check.test for check in exercise.checks] == [test.name for test in tests]
    assert all(ast.get_docstring(test) for test in tests), "each test needs a docstring that states the property"


@each_kata
def test_nothing_strays_in_a_kata(kata: Kata) -> None:
    """A kata's folder holds the READMEs, `kata.toml`, the stubs and their tests, and nothing else."""
    names = [exercise.name for exercise in kata.exercises]
    wanted = {*READMES, "kata.toml", *(f"{n}.py" for n in names), *(f"test_{n}.py" for n in names)}
    assert not stray(kata.folder, wanted), "remove these files, or list them as exercises in kata.toml"


@each_kata
def test_nothing_strays_in_the_solutions(kata: Kata) -> None:
    """A kata's solutions are one module for each exercise, and nothing else."""
    folder = SOLUTIONS / kata.folder.name
    assert not stray(folder, {f"{exercise.name}.py" for exercise in kata.exercises}), "remove these files"


def test_only_katas_lie_beside_katas() -> None:
    """Every folder of the course and of the solutions is a kata's."""
    names = {kata.folder.name for kata in COURSE}
    assert not stray(KATAS, names), f"remove this from {KATAS}, or rename it to NN_name and give it a kata.toml"
    assert not stray(SOLUTIONS, names), f"remove this from {SOLUTIONS}, or add its kata"
