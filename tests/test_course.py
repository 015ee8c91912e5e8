"""The course checks itself: `conc verify` has nothing to say of ours, and a word for each way to break one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conc_checker.commands.cli import main
from conc_checker.commands.complaint import Complaint
from conc_checker.commands.verify import complaints, of_files, of_runs, of_stubs
from conc_checker.course.curriculum import load_course

ROOT = Path(__file__).parents[1]
KATA = "katas/03_multiprocess"
STUB, TEST = f"{KATA}/start_and_join.py", f"{KATA}/test_start_and_join.py"
SOLUTION = "solutions/03_multiprocess/start_and_join.py"
WORKFLOW = ".github/workflows/classroom.yml"
WRONG = "tests/programs/wrong/03_multiprocess/start_and_join"


def test_our_course_is_complete() -> None:
    """Nothing is wrong with any file of it."""
    assert [str(complaint) for complaint in of_files(ROOT)] == []


def test_our_stubs_wait() -> None:
    """Run through the plugin, every check of a stub is not started. `test_github` sees the solutions pass."""
    assert [str(complaint) for complaint in of_stubs(ROOT)] == []


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Copy the course, with a wrong program for each sentence of its contracts."""
    for folder in ("katas", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "README.zh-CN.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / WORKFLOW).parent.mkdir(parents=True)
    shutil.copy(ROOT / WORKFLOW, tmp_path / WORKFLOW)
    for kata in load_course(ROOT / "katas"):
        for exercise in kata.exercises:
            programs = tmp_path / "tests/programs/wrong" / kata.folder.name / exercise.name
            programs.mkdir(parents=True)
            for sentence in kata.sentences(exercise):
                if not sentence.given:
                    text = f'"""Breaks one.\n\nbreaks: {sentence.id}\n"""\n'
                    (programs / f"crashed--{sentence.id}.py").write_text(text, "utf-8")
    return tmp_path


def change(course: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the course, or write a new file where `old` is empty."""
    file = course / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_text("utf-8") if old else ""
    assert old in text
    file.write_text(text.replace(old, new) if old else new, "utf-8")


README, CHINESE = f"{KATA}/README.md", f"{KATA}/README.zh-CN.md"
SECOND = f"{WRONG}/crashed--returns-last.py"
IMPLEMENTED = "    del task\n    return float(count)\n"
BROKEN = [
    (f"{KATA}/kata.toml", 'number = "03"', 'number = "04"', f"{KATA}/kata.toml", "must be the two digits"),
    (f"{KATA}/kata.toml", "[exercise.hints]\nen = [", '[exercise.hints]\nen = ["",', f"{KATA}/kata.toml", "empty"),
    (f"{KATA}/kata.toml", '  "Ask of each line', f'  "{"Ask " * 200}of each line', f"{KATA}/kata.toml", "say more"),
    (f"{KATA}/kata.toml", '\nzh-CN = "许多', '\nzh = "许多', f"{KATA}/kata.toml", "not a known key"),
    (TEST, "@check(points=1)\n", "", TEST, "test_importing_starts_nothing is none"),
    (
        TEST,
        "import pytest\n",
        "import pytest\n\n\ndef test_more(lab):\n    pass\n",
        f"{TEST}:8",
        "test_more is no check",
    ),
    (README, "# 03 · Many", "# 03 · Any", README, "does not begin with number and title"),
    (README, "pytest katas/03_multiprocess\n", "pytest\n", README, "does not say how to run the checks"),
    (CHINESE, "\n## ", "\n### ", CHINESE, "has other headings"),
    (STUB, "raise NotImplementedError", "return 1.0", STUB, "does more than to wait"),
    (STUB, ") -> float:", "):", STUB, "lacks a type hint"),
    (STUB, '"""Kata 03', 'x = """Kata 03', STUB, "has no docstring"),
    (STUB, "def run_all", "def run_all(:", STUB, "is no Python"),
    (SOLUTION, "def run_all", "def run_some", SOLUTION, "run_all is missing"),
    (SOLUTION, "count: int = 10", "count: int = 9", SOLUTION, "and in the stub"),
    (TEST, '"""The module can be imported without starting a process."""', "", TEST, "no docstring"),
    (f"{KATA}/notes.txt", "", "x", f"{KATA}/notes.txt", "does not belong here"),
    ("katas/notes.txt", "", "x", "katas/notes.txt", "does not belong here"),
    ("solutions/99_x/x.py", "", "x", "solutions/99_x", "does not belong here"),
    ("solutions/03_multiprocess/more.py", "", "x", "solutions/03_multiprocess/more.py", "does not belong here"),
    ("README.md", "(katas/01_first_process/README.md) |", "", "README.md", "does not say of the katas"),
    ("README.md", "<!-- conc sync: katas -->", "", "README.md", "has no place for what is written into it: katas"),
    (WORKFLOW, "- id: kata03", "- id: kata30", WORKFLOW, "does not say of the katas"),
    (WORKFLOW, "conc sync: runners", "", WORKFLOW, "has no place for what is written into it: runners"),
    (STUB, '"""Kata 03', '"""TODO(kata): Say it', f"{STUB}:1", "is not finished"),
    (f"{WRONG}/no-such-mistake.py", "", "x", f"{WRONG}/no-such-mistake.py", "has no text in zh-CN"),
    (f"{WRONG}er/not-joined.py", "", "x", f"{WRONG}er/not-joined.py", "there is no exercise"),
    (
        f"{KATA}/kata.toml",
        'checks = ["test_importing_starts_nothing"]',
        'checks = ["test_more"]',
        f"{KATA}/kata.toml",
        "import-starts-nothing: test_more is no check of test_start_and_join.py",
    ),
    (
        f"{KATA}/kata.toml",
        'checks = ["test_importing_starts_nothing"]',
        "given = true",
        f"{KATA}/kata.toml",
        "test_importing_starts_nothing proves no sentence of the contract",
    ),
    (
        "katas/05_scheduling/kata.toml",
        '"test_the_list_is_in_any_order", "test_a_tie_is_decided_by_arrival", "test_any_workload"',
        '"test_a_tie_is_decided_by_arrival"',
        "katas/05_scheduling/kata.toml",
        "any-order holds for all exercises, and no check of round_robin proves it",
    ),
    (
        SECOND,
        "breaks: returns-last",
        "breaks: returns-last, all-at-once",
        f"{KATA}/kata.toml",
        "no wrong program of start_and_join breaks returns-last and nothing else",
    ),
    (SECOND, "breaks: returns-last", "breaks: own-context", SECOND, "breaks own-context, which is no obligation"),
    (README, "each number exactly once.", "each once.", README, "does not have the contract that kata.toml has"),
    (CHINESE, "contract of start_and_join", "", CHINESE, "no place for what is written into it: contract of start"),
]


def expect(found: list[Complaint], course: Path, name: str, rule: str) -> None:
    """Some complaint names this file and this rule, and each has a remedy."""
    texts = [str(complaint) for complaint in found]
    assert any(text.startswith(f"{course / name}: ") and rule in text for text in texts), texts
    for complaint in found:
        assert re.fullmatch(r"[A-Z].{3,}[^.]", complaint.remedy), complaint


@pytest.mark.parametrize(("name", "old", "new", "blamed", "rule"), BROKEN, ids=[f"{b[4]}" for b in BROKEN])
def test_what_is_broken_is_named(course: Path, name: str, old: str, new: str, blamed: str, rule: str) -> None:
    """Each thing, broken once: the complaint names the file, the rule and the remedy."""
    assert list(of_files(course)) == []
    change(course, name, old, new)
    expect(list(of_files(course)), course, blamed, rule)


@pytest.mark.parametrize("name", [STUB, TEST, SOLUTION, README, CHINESE, f"{KATA}/kata.toml"])
def test_what_is_missing_is_named(course: Path, name: str) -> None:
    """A part that is not there is missed by its name."""
    (course / name).unlink()
    expect(list(of_files(course)), course, name, "cannot be read" if name.endswith("toml") else "is missing")


def test_one_broken_kata_hides_no_other(course: Path) -> None:
    """What is wrong with the others is said too, and what is beside a broken kata is not called a stray."""
    change(course, f"{KATA}/kata.toml", "number", "nummer")
    change(course, "katas/05_scheduling/README.md", "pytest katas/05_scheduling\n", "pytest\n")
    found = list(of_files(course))
    expect(found, course, f"{KATA}/kata.toml", "nummer: is not a known key")
    expect(found, course, "katas/05_scheduling/README.md", "how to run the checks")
    assert len(found) == 2


def test_what_is_stale_is_written_by_one_command(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of titles, lines and points, `conc sync` writes all that follows from them, and only that."""
    assert main(["sync", str(course)]) == 0
    assert capsys.readouterr().out.startswith("Nothing to write")
    change(course, f"{KATA}/kata.toml", "Many processes", "Ten processes")
    change(course, f"{KATA}/kata.toml", "许多进程同时运行", "十个进程同时运行")
    change(course, TEST, "points=4", "points=40")
    places = [README, "README.zh-CN.md", WORKFLOW]
    assert [str(c.file.relative_to(course)) for c in of_files(course)] == places
    assert all(complaint.remedy == "Run: conc sync" for complaint in of_files(course))
    assert main(["sync", str(course)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"written: {course / place}" for place in places]
    assert list(of_files(course)) == []
    assert "# 03 · Ten processes\n" in (course / README).read_text("utf-8")


def test_a_contract_is_written_for_those_who_read(course: Path) -> None:
    """Sentences come as a list, further lines below the first, and where a function begins, how it is called."""
    change(course, f"{KATA}/kata.toml", "each number exactly once.", "each once.\\nNo more.")
    assert main(["sync", str(course)]) == 0
    text = (course / README).read_text("utf-8")
    mark = "<!-- conc sync: contract of start_and_join -->\n"
    first = "- It calls `task(0)`, `task(1)`, … `task(count - 1)`: each once.\n  No more.\n- "
    assert f"{mark}`run_all(task, count=10) -> float`\n\n{first}" in text
    framing = (course / "katas/04_tcp_server/README.md").read_text("utf-8")
    assert "next message can follow.\n\n`receive_message(conn) -> bytes | None`\n\n- It returns" in framing


def test_a_contract_that_is_missing_is_named(course: Path) -> None:
    """An exercise has at least one sentence of its own."""
    file = course / KATA / "kata.toml"
    file.write_text(file.read_text("utf-8").partition("[[exercise.contract]]")[0], "utf-8")
    shutil.rmtree(course / WRONG)
    expect(list(of_files(course)), course, f"{KATA}/kata.toml", "start_and_join has no contract")


def test_without_programs_none_are_asked_for(course: Path) -> None:
    """Who has no wrong programs at all may still have a course."""
    shutil.rmtree(course / "tests")
    assert list(of_files(course)) == []


def test_contracts_are_shown_as_a_table(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`conc verify --contracts` says of each sentence which checks prove it, and how many programs break it alone."""
    change(course, f"{WRONG}/crashed--two.py", "", '"""Two.\n\nbreaks: returns-last, all-at-once\n"""\n')
    change(course, f"{WRONG}/crashed--again.py", "", '"""Again.\n\nbreaks: all-at-once\n"""\n')
    assert main(["verify", "--contracts", str(course)]) == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines() if not line.startswith("sentences:"))
    assert (
        "03_multiprocess, start_and_join\n  each-number-once: wrong programs of its own: 1\n      test_all_ten" in out
    )
    assert "  returns-last: wrong programs of its own: 1, of 2\n" in out
    assert "  all-at-once: wrong programs of its own: 2, of 3\n" in out
    assert "  own-context: given\n" in out
    total = re.search(r"sentences: (\d+), with a check: (\d+), with a wrong program of their own: (\d+)", out)
    assert total
    assert len(set(total.groups())) == 1


def test_a_course_without_katas_is_named(tmp_path: Path) -> None:
    """There has to be something to check."""
    (tmp_path / "katas").mkdir()
    expect(list(of_files(tmp_path)), tmp_path, "katas", "holds no kata")


def test_what_programs_do_is_looked_at(course: Path) -> None:
    """A stub that is no stub, and a solution that is wrong, are found by running them; the mistake is named."""
    for folder in (*(course / "katas").iterdir(), *(course / "solutions").iterdir()):
        if folder.name != Path(KATA).name:
            shutil.rmtree(folder)
    change(course, STUB, "    raise NotImplementedError\n", IMPLEMENTED)
    change(course, SOLUTION, "process.join()", "process.is_alive()")
    found = list(of_runs(course))
    expect(found, course, STUB, "a stub must count as not started")
    expect(found, course, SOLUTION, "a solution must pass")
    assert any("test_all_ten_are_alive_together says failed" in complaint.rule for complaint in found)


def test_runs_come_after_files(course: Path) -> None:
    """While files are wrong nothing is run: it would only say the same again."""
    change(course, f"{KATA}/notes.txt", "", "x")
    change(course, SOLUTION, "process.join()", "process.is_alive()")
    assert [complaint.file.name for complaint in complaints(course)] == ["notes.txt"]


def test_the_command_prints_complaints(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`conc verify DIR` prints a line for each, counts them, and ends with 1; a folder that is no course is usage."""
    change(course, f"{KATA}/notes.txt", "", "x")
    assert main(["verify", str(course)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith(f"{course / KATA / 'notes.txt'}: does not belong here. Remove it")
    assert out[-1] == "complaints: 1"
    assert main(["verify", str(course / "katas")]) == 2
    assert "Name the folder that holds it" in capsys.readouterr().err
