"""`conc verify`: the course checks itself. Katas are complete, their parts agree, stubs wait and solutions pass.

A course is a folder that holds `katas` and `solutions`; where it has READMEs, a workflow of a classroom, or programs
in `tests/programs`, they are looked at too. Each complaint names the file, the rule and the remedy.

A gap that is marked is one complaint, and what follows from it is none: a file that has gaps is not held to those rules
that it can only keep when it is finished.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker import topics
from conc_checker.commands.complaint import Complaint
from conc_checker.commands.contracts import of_contract, table
from conc_checker.commands.generated import READMES, stale
from conc_checker.course.curriculum import KATA_FILE, LANGUAGES, kata_folders, load_course, read_course
from conc_checker.course.error import CurriculumError
from conc_checker.course.find import COURSE, PROGRAMS, SOLUTIONS, find_root
from conc_checker.course.gaps import gaps, gaps_of_kata
from conc_checker.grading.model import UNKNOWN, Mark
from conc_checker.grading.run import run
from conc_checker.texts.messages import PARTS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from conc_checker.course.curriculum import Exercise, Kata
    from conc_checker.grading.model import Grade

_LEFT_BY_PYTHON = {"__pycache__", ".pytest_cache"}


def verify(options: argparse.Namespace) -> int:
    """Print every complaint about a course, or the table of its contracts; return 0 when there is none, else 1."""
    root = find_root(options.folder, Path.cwd())
    if options.contracts:
        for line in table(root):
            print(line)
        return 0
    found = list(complaints(root))
    for complaint in found:
        print(complaint)
    print(f"complaints: {len(found)}" if found else "All is well: the katas are complete, stubs wait, solutions pass.")
    return 1 if found else 0


def complaints(root: Path) -> Iterator[Complaint]:
    """Go through all that is wrong with a course: first its files; then, when they are right, what its programs do."""
    found = list(of_files(root))
    yield from found
    if not found:
        yield from of_runs(root)


def of_files(root: Path) -> Iterator[Complaint]:
    """Go through what is wrong with the files of a course, without running anything."""
    katas: list[Kata] = []
    for found in read_course(root / COURSE):
        if isinstance(found, CurriculumError):
            yield Complaint(found.file, found.rule, found.remedy)
        else:
            katas.append(found)
    names = {folder.name for folder in kata_folders(root / COURSE)}
    if not names:
        yield Complaint(root / COURSE, "holds no kata", "Begin one: conc new kata NN_name --topic TOPIC")
    yield from _strays(root / COURSE, names, f"Remove it, or make it a kata: NN_name with a {KATA_FILE}")
    yield from _strays(root / SOLUTIONS, names, "Remove it, or add its kata")
    for name in sorted(names):
        for gap in gaps_of_kata(root, name):
            yield Complaint(gap.file, "is not finished", gap.what, gap.line)
    for kata in katas:
        yield from _kata(root, kata)
        for exercise in kata.exercises:
            yield from _exercise(root, kata, exercise)
            yield from of_contract(root, kata, exercise)
    yield from _programs(root, katas, names)
    if len(katas) == len(names):  # while one cannot be read, what follows from all of them is not known
        for one in stale(root, katas):
            yield Complaint(one.file, one.rule, one.remedy)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _kata(root: Path, kata: Kata) -> Iterator[Complaint]:
    names = [exercise.name for exercise in kata.exercises]
    modules = {f"{name}.py" for name in names}
    wanted = {*READMES, KATA_FILE, *modules, *(f"test_{module}" for module in modules)}
    remedy = f"Remove it, or list it as an exercise in {KATA_FILE}"
    yield from _strays(kata.folder, wanted, remedy)
    yield from _strays(root / SOLUTIONS / kata.folder.name, modules, remedy)
    shapes = []
    for name in READMES:
        file = kata.folder / name
        if not file.is_file():
            yield Complaint(file, "is missing", "Explain the kata there, with its task and its contract")
            continue
        text = file.read_text(encoding="utf-8")
        command = f"pytest {COURSE}/{kata.folder.name}"
        if f"{command}\n" not in text:
            yield Complaint(file, "does not say how to run the checks", f"Add the line: {command}")
        shapes.append([line.split(" ")[0] for line in text.splitlines() if re.match(r"#+ |```|- ", line)])
    unfinished = any(gaps(kata.folder / name) for name in READMES)
    if len(shapes) == len(READMES) and shapes[0] != shapes[1] and not unfinished:
        rule = f"has other headings, lists or examples than {READMES[0]}"
        yield Complaint(kata.folder / READMES[1], rule, "Bring the two together")


def _strays(folder: Path, wanted: set[str], remedy: str) -> Iterator[Complaint]:
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.name not in wanted | _LEFT_BY_PYTHON:
            yield Complaint(entry, "does not belong here", remedy)


def _exercise(root: Path, kata: Kata, exercise: Exercise) -> Iterator[Complaint]:
    for language, steps in exercise.hints.items():
        lengths = [len(step) for step in steps]
        if lengths != sorted(set(lengths)) and not gaps(kata.folder / KATA_FILE):
            rule = f"the hints of {exercise.name} in {language} have {lengths} characters, and each must say more"
            yield Complaint(kata.folder / KATA_FILE, rule, "Let the first say less, or the last more")
    files = {
        "stub": kata.folder / f"{exercise.name}.py",
        "test": kata.folder / f"test_{exercise.name}.py",
        "solution": root / SOLUTIONS / kata.folder.name / f"{exercise.name}.py",
    }
    modules: dict[str, ast.Module] = {}
    for part, file in files.items():
        try:
            modules[part] = ast.parse(file.read_text(encoding="utf-8"))
        except OSError:
            yield Complaint(file, "is missing", f"Write the {part}, or take {exercise.name} out of {KATA_FILE}")
        except (SyntaxError, ValueError) as error:
            yield Complaint(file, f"is no Python ({error})", "Mend it")
    if len(modules) == len(files):
        yield from _stub(files["stub"], modules["stub"])
        yield from _solution(files["solution"], modules["solution"], modules["stub"])
        yield from _test(files["test"], modules["test"], exercise)


def _stub(file: Path, stub: ast.Module) -> Iterator[Complaint]:
    if not ast.get_docstring(stub):
        yield Complaint(file, "has no docstring", "Say in one what the program does")
    if not public_names(stub):
        yield Complaint(file, "offers no function", "Give it those that the learner completes")
    for function in _functions(stub):
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        if not function.returns or not all(argument.annotation for argument in arguments):
            yield Complaint(file, f"{function.name} lacks a type hint", "Give one to each parameter and to the result")
        if not ast.get_docstring(function):
            yield Complaint(file, f"{function.name} has no docstring", "State its contract in one")
        elif [ast.unparse(line) for line in function.body[1:]] != ["raise NotImplementedError"]:
            rule = f"{function.name} does more than to wait for the learner"
            yield Complaint(file, rule, "Leave it a docstring, and raise NotImplementedError")


def _solution(file: Path, solution: ast.Module, stub: ast.Module) -> Iterator[Complaint]:
    offered, wanted = public_names(solution), public_names(stub)
    for name in sorted(offered.keys() | wanted.keys()):
        if offered.get(name) != wanted.get(name):
            rule = f"{name} is {offered.get(name, 'missing')}, and in the stub {wanted.get(name, 'missing')}"
            yield Complaint(file, rule, "Let both offer the same; what is private begins with _")
    nodes: list[ast.Module | ast.FunctionDef] = [solution, *_functions(solution)]
    for node in nodes:
        name = "the module" if isinstance(node, ast.Module) else node.name
        if not name.startswith("_") and not ast.get_docstring(node):
            yield Complaint(file, f"{name} has no docstring", "Add one")
    if "NotImplementedError" in ast.dump(solution):
        yield Complaint(file, "raises NotImplementedError, so something is left to do", "Finish it")


def _test(file: Path, test: ast.Module, exercise: Exercise) -> Iterator[Complaint]:
    tests = [function for function in _functions(test) if function.name.startswith("test_")]
    declared = {check.test for check in exercise.checks}
    for function in tests:
        if function.name not in declared:
            yield Complaint(file, f"{function.name} is no check", "Write @check(points=1) above it", function.lineno)
        if not ast.get_docstring(function):
            yield Complaint(file, f"{function.name} has no docstring", "State in one the property that it shows")


def _functions(module: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in module.body if isinstance(node, ast.FunctionDef)]


def public_names(module: ast.Module) -> dict[str, str]:
    """Return the signature of each public function of a module, and the bases of each public class."""
    found = {f.name: f"({ast.unparse(f.args)}) -> {f.returns and ast.unparse(f.returns)}" for f in _functions(module)}
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = f"a class of {[ast.unparse(base) for base in node.bases]}"
    return {name: text for name, text in found.items() if not name.startswith("_")}


def _programs(root: Path, katas: list[Kata], names: set[str]) -> Iterator[Complaint]:
    unread = names - {kata.folder.name for kata in katas}
    known = {f"{kata.folder.name}/{exercise.name}": kata for kata in katas for exercise in kata.exercises}
    for program in sorted((root / PROGRAMS).glob("*/*/*/*")):
        kind, *place, name = program.relative_to(root / PROGRAMS).parts
        if kind not in ("right", "wrong") or name in _LEFT_BY_PYTHON or place[0] in unread:
            continue
        kata = known.get("/".join(place))
        if kata is None:
            rule = f"there is no exercise {'/'.join(place)}"
            yield Complaint(program, rule, "Move it to the exercise that it is for")
        elif kind == "wrong" and not gaps(program):  # one of the gaps is its name
            diagnosis = program.stem.split("--")[0]
            for language in LANGUAGES:
                if topics.messages(kata.topic, language).parts(diagnosis) != set(PARTS):
                    rule = f"{diagnosis} has no text in {language}, or not all of {', '.join(PARTS)}"
                    file = topics.folder(kata.topic) / f"{language}.toml"
                    yield Complaint(program, rule, f"Write it in {file}, or correct the name of the program")


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def of_runs(root: Path) -> Iterator[Complaint]:
    """Go through what is wrong with what programs do: a stub has not been started, a solution passes."""
    yield from of_stubs(root)
    yield from of_solutions(root)


def of_stubs(root: Path) -> Iterator[Complaint]:
    """Run the checks on the stubs: each must count as not started."""
    grade = run(load_course(root / COURSE), (root / COURSE).absolute(), LANGUAGES[0])
    rule, remedy = "a stub must count as not started", "Take the work out"
    yield from _outcomes(grade, Mark.NOT_STARTED, root / COURSE, rule, remedy)


def of_solutions(root: Path) -> Iterator[Complaint]:
    """Run the checks on the solutions: each must pass."""
    grade = run(load_course(root / COURSE), (root / SOLUTIONS).absolute(), LANGUAGES[0])
    yield from _outcomes(grade, Mark.PASSED, root / SOLUTIONS, "a solution must pass", "Mend it, or the check")


def _outcomes(grade: Grade, wanted: Mark, folder: Path, rule: str, remedy: str) -> Iterator[Complaint]:
    for kata, exercise, check in grade.checks():
        # A blocked one says nothing of its own: it waits for another, which is in this list.
        if check.mark not in (wanted, Mark.BLOCKED):
            file = folder / kata.folder / f"{exercise.name}.py"
            said = f"{check.test} says {check.mark}: {check.title} {check.place}".strip().rstrip(".")
            yield Complaint(file, f"{rule}, and {said}", "Verify it again" if check.mark in UNKNOWN else remedy)
    for line in grade.trouble:
        yield Complaint(folder, f"the checks could not be run: {line}", "Verify it again")
