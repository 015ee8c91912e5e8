"""The promise: a kata of a known topic touches no file of the package, and a new topic adds one folder."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from corpus import ROOT

from conc_checker import topics
from conc_checker.commands.cli import main
from conc_checker.commands.verify import of_files
from conc_checker.course.gaps import gaps, gaps_of_kata

if TYPE_CHECKING:
    from conftest import Course

KATA, EXERCISE = "06_sync_async", "sync_async"
TABLE = "# A course\n\n<!-- conc sync: katas -->\n<!-- conc sync: end -->\n"


def digest(folder: Path) -> dict[str, str]:
    """Return what each file of a package holds, by its place; bytecode is nobody's work."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Make a course that has no kata yet, and READMEs with a place for the table."""
    (tmp_path / "katas").mkdir()
    for name in ("README.md", "README.zh-CN.md"):
        (tmp_path / name).write_text(TABLE, "utf-8")
    assert main(["sync", str(tmp_path)]) == 0
    return tmp_path


def complaints(root: Path) -> list[str]:
    """Return what is said of the files of a course, with places as in it."""
    return [str(complaint).removeprefix(f"{root}/") for complaint in of_files(root)]


# ── the skeleton ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("topic", topics.names())
def test_a_skeleton_has_gaps_and_nothing_else_is_wrong(empty: Path, topic: str) -> None:
    """Each gap is one complaint, with file, line and what to do in both languages; filled, it is none any more."""
    assert main(["new", "kata", KATA, "--topic", topic, "--course", str(empty)]) == 0
    found = list(gaps_of_kata(empty, KATA))
    said = complaints(empty)
    assert sorted(said) == sorted(f"{g.file.relative_to(empty)}:{g.line}: is not finished. {g.what}." for g in found)
    assert {Path(gap.file).name for gap in found} == {
        *("kata.toml", "README.md", "README.zh-CN.md", "todo.py", f"{EXERCISE}.py", f"test_{EXERCISE}.py"),
    }
    for gap in found:
        assert re.fullmatch(r"[A-Z][^/]+[^/ ] / .*[\u4e00-\u9fff].*", gap.what)
    diagnosis = empty / "tests/programs/wrong" / KATA / EXERCISE / "todo.py"
    for number, gap in enumerate(found):
        text = gap.file.read_text("utf-8")
        assert text.count(gap.what) >= 1
        lines = text.splitlines(keepends=True)
        # Longer each time, as hints have to be.
        lines[gap.line - 1] = lines[gap.line - 1].replace(f"TODO(kata): {gap.what}", f"Filled{' in' * number}.")
        gap.file.write_text("".join(lines), "utf-8")
        if gap.file == diagnosis:
            gap.file.rename(gap.file.with_name("function-missing.py"))
        said.remove(f"{gap.file.relative_to(empty)}:{gap.line}: is not finished. {gap.what}.")
        if said:
            assert sorted(complaints(empty)) == sorted(said)
    # What follows from it is written by a command.
    assert {line.partition(". ")[2] for line in complaints(empty)} == {"Run: conc sync."}
    assert main(["sync", str(empty)]) == 0
    assert complaints(empty) == []
    assert f"| [{KATA}](katas/{KATA}/README.zh-CN.md) | Filled" in (empty / "README.zh-CN.md").read_text("utf-8")


@pytest.mark.parametrize("topic", topics.names())
def test_a_skeleton_waits_for_its_learner(empty: Path, topic: str) -> None:
    """Its tests can be imported, and its stub counts as not started."""
    assert main(["new", "kata", KATA, "--topic", topic, "--exercise", "meet", "--course", str(empty / "katas")]) == 0
    words = ["-q", "-c", os.devnull, f"--rootdir={empty}", "-p", "no:cacheprovider", "--import-mode=importlib"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, str(empty / "katas" / KATA)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "2 not started" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([KATA, "--topic", "tea"], "no topic 'tea'. Choose one of: processes, "),
        (["6_x", "--topic", "processes"], "'6_x' is no name of a kata"),
        (["06_a-b", "--topic", "processes"], "'06_a-b' is no name of a kata"),
        (["06_", "--topic", "processes"], "'06_' is no name of a kata"),
        (["03_threads", "--topic", "processes"], "03 is taken by 03_many. Choose another, such as 04"),
        (["03_many", "--topic", "processes"], "there is a kata 03_many"),
        (["06_socket", "--topic", "processes"], "hide the standard module of that name. Name it yourself: --exercise"),
        ([KATA, "--topic", "processes", "--exercise", "a-b"], "must be the name of a module"),
        ([KATA, "--topic", "processes"], f"{EXERCISE}.py is there already"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    empty: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """Each refusal says what, why and what next; nothing is written."""
    (empty / "katas" / "03_many").mkdir()
    solution = empty / "solutions" / KATA / f"{EXERCISE}.py"
    solution.parent.mkdir(parents=True)
    solution.write_text("mine", "utf-8")
    before = digest(empty)
    capsys.readouterr()
    assert main(["new", "kata", *words, "--course", str(empty)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert said in err
    assert digest(empty) == before


# ── the promise ──────────────────────────────────────────────────────────────────────────────────────────────────────

TEST = '''"""Checks of errand: a process does it, and main waits."""

from conc_checker.course.checks import check


@check(points=1)
def test_importing_starts_nothing(lab):
    """The module can be imported without starting a process."""
    lab.load().finish().started_nothing()


@check(points=2, builds_on=[test_importing_starts_nothing])
def test_a_process_does_it(lab):
    """The task runs in a process of its own, and errand waits for it."""
    run = lab.call("errand", lab.task())
    tasks = run.gather(1)
    tasks.are_separate_processes()
    run.is_waiting_for(tasks)
    tasks.release()
    run.finish()
'''
HEAD = '''"""Does an errand."""

from collections.abc import Callable
from multiprocessing import Process, Pool


def errand(task: Callable[[int], object]) -> None:
    """Call `task(0)` in a process of its own, and return when that has ended."""
'''
STUB = HEAD + "    raise NotImplementedError\n"
SOLUTION = HEAD + "    process = Process(target=task, args=(0,))\n    process.start()\n    process.join()\n"
RIGHT = HEAD + "    with Pool(1) as pool:\n        pool.map(task, [0])\n"
WRONG = HEAD + "    process = Process(target=task, args=(0,))\n    process.start()  # <- here\n"
WRONG = WRONG.replace("Does an errand.", "Does not wait.\n\nbreaks: it\n")


def fill(root: Path, kata: str, programs: dict[str, str], contract: dict[str, str]) -> None:
    """Fill all gaps of a kata: programs as given, by their place, and a sentence for each of the others.

    `contract` has what its checks and sentences are called, by what the skeleton calls them.
    """
    for name, text in programs.items():
        (root / name).write_text(text, "utf-8")
    toml = root / "katas" / kata / "kata.toml"
    for old, new in contract.items():
        assert old in toml.read_text("utf-8")
        toml.write_text(toml.read_text("utf-8").replace(old, new), "utf-8")
    for file in sorted((root / "tests" / "programs").rglob("todo.py")):
        file.unlink()
    while found := list(gaps_of_kata(root, kata)):
        gap = found[0]
        text = gap.file.read_text("utf-8")
        gap.file.write_text(text.replace(f"TODO(kata): {gap.what}", "It " * (99 - len(found)) + "is.", 1), "utf-8")
        assert len(gaps(gap.file)) < len(found)


def conc(python: Path | str, root: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command of ours beside a course."""
    return subprocess.run(
        [str(python), "-m", "conc_checker.commands.cli", *map(str, words)],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_a_kata_of_a_known_topic_touches_no_file_of_the_package(course: Course) -> None:
    """Begun, filled, checked, graded and verified: the package is as it was before."""
    package = digest(ROOT / "conc_checker")
    root, kata = course.path, "06_errand"
    for folder in ("katas", "solutions"):
        shutil.rmtree(root / folder)
        (root / folder).mkdir()
    assert main(["new", "kata", kata, "--topic", "processes", "--course", str(root)]) == 0
    programs = {"right/{}/pool.py": RIGHT, "wrong/{}/not-joined.py": WRONG}
    files = {
        f"katas/{kata}/errand.py": STUB,
        f"katas/{kata}/test_errand.py": TEST,
        f"solutions/{kata}/errand.py": SOLUTION,
        **{f"tests/programs/{name.format(f'{kata}/errand')}": text for name, text in programs.items()},
    }
    fill(root, kata, files, {"test_it": "test_a_process_does_it"})
    assert main(["sync", str(root)]) == 0
    assert complaints(root) == []

    tests = [f"katas.{kata}.test_errand::{name}" for name in re.findall(r"def (test_\w+)", TEST)]
    at_import = (root / "tests/programs/wrong" / kata / "errand/no-main-guard.py").read_text("utf-8")
    wanted = {
        SOLUTION: ["passed"] * 2,
        RIGHT: ["passed"] * 2,
        WRONG: ["passed", "failed:not-joined"],
        at_import: ["failed:no-main-guard", "blocked:blocked"],
    }
    for program, outcomes in wanted.items():
        source = course.submit(program, "errand", kata)
        course.check(f"katas/{kata}", "--kata-source", source, "--junit-xml=report.xml")
        assert course.verdicts() == dict(zip(tests, outcomes, strict=True))
        graded = conc(sys.executable, root, "grade", "6", "--kata-source", source)
        points = sum(n for n, outcome in zip((1, 2), outcomes, strict=True) if outcome == "passed")
        assert (json.loads(graded.stdout)["earned"], graded.returncode) == (points, 0)
    verified = conc(sys.executable, root, "verify")
    assert (verified.returncode, verified.stdout[:12]) == (0, "All is well:")
    assert digest(ROOT / "conc_checker") == package


TOPIC = '''"""The topic `tea`: calls that need no argument."""

from conc_checker.diagnosis import program, raising, rules
from conc_checker.diagnosis.mistake import Catalogue
from conc_checker.lab.lab import Lab
from conc_checker.lab.run import Run
from conc_checker.report.timeline import lives
from conc_checker.topics.topic import Topic

RECOGNISERS = (*program.RECOGNISERS, *raising.NAMED, raising.crashed, program.never_ends)


class TeaLab(Lab):
    """Lets a function brew."""

    topic = "tea"
    catalogues = {"tea": Catalogue(RECOGNISERS, (rules,))}

    def brew(self, function):
        """Call a function without arguments."""
        return self._start(Run, "call", function=function, args=[], keywords={}, times=1, hold=[])


TOPIC = Topic(TeaLab, lambda: lives)
'''
TEA_TEST = '''"""Checks of tea: it can be brewed."""

from conc_checker.course.checks import check


@check(points=3)
def test_it_is_brewed(lab):
    """Brewing comes to an end."""
    lab.brew("tea").finish()
'''
TEA = '"""Tea."""\n\n\ndef tea() -> None:\n    """Brew it."""\n'
COFFEE = '"""Coffee.\n\nbreaks: it\n"""\n\n\ndef coffee() -> None:\n    print()\n'


@pytest.mark.slow
def test_a_new_topic_adds_one_folder(tmp_path: Path) -> None:
    """In a copy of the package that is installed by itself, one more folder is a topic, whole."""
    package, root, kata = tmp_path / "package" / "conc_checker", tmp_path / "course", "07_tea"
    shutil.copytree(ROOT / "conc_checker", package, ignore=shutil.ignore_patterns("__pycache__"))
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    installed = sysconfig.get_path("purelib")
    # The copy comes first, then all that it needs; a .pth file in the second folder is not read.
    (site,) = (tmp_path / "venv").glob("[lL]ib/**/site-packages")
    (site / "both.pth").write_text(f"{package.parent}\n{installed}\n", "utf-8")

    before = digest(package)
    room = package / "topics" / "tea"
    room.mkdir()
    for name, text in {"__init__.py": "", "topic.py": TOPIC, "en.toml": "", "zh-CN.toml": ""}.items():
        (room / name).write_text(text, "utf-8")
    (root / "katas").mkdir(parents=True)
    begun = conc(python, root, "new", "kata", kata, "--topic", "tea")
    assert begun.returncode == 0, begun.stderr
    programs = f"tests/programs/{{}}/{kata}/tea"
    files = {
        f"katas/{kata}/tea.py": TEA + "    raise NotImplementedError\n",
        f"katas/{kata}/test_tea.py": TEA_TEST,
        f"solutions/{kata}/tea.py": TEA + '    print("tea")\n',
        f"{programs.format('right')}/written.py": TEA + '    __import__("sys").stdout.write("tea")\n',
        f"{programs.format('wrong')}/function-missing.py": COFFEE,
    }
    (root / programs.format("wrong") / "no-main-guard.py").unlink()
    second = (
        (package / "commands/skeleton/kata.toml.template").read_text("utf-8").rpartition("[[exercise.contract]]")[2]
    )
    fill(root, kata, files, {"test_it": "test_it_is_brewed", f"[[exercise.contract]]{second}": ""})
    assert conc(python, root, "sync").returncode == 0
    verified = conc(python, root, "verify")
    assert (verified.returncode, verified.stdout[:12]) == (0, "All is well:"), verified.stdout

    for name, points in (("right", 3), ("wrong", 0)):
        submission = root / "submission" / kata / "tea.py"
        submission.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(next((root / programs.format(name)).glob("*.py")), submission)
        graded = conc(python, root, "grade", "7", "--kata-source", "submission")
        result = json.loads(graded.stdout)
        assert result["earned"] == points, graded
        assert ("function-missing" in graded.stdout) == (points == 0)
    after = digest(package)
    assert {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)} == {
        f"topics/tea/{name}" for name in ("__init__.py", "topic.py", "en.toml", "zh-CN.toml")
    }
