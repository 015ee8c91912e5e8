"""Mutants: what each operator makes, which are left out, and what `conc mutate` says of them."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import pytest
from corpus import ROOT

from conc_checker.commands import mutate
from conc_checker.commands.cli import main
from conc_checker.course.curriculum import load_course
from conc_checker.course.error import CurriculumError
from conc_checker.course.find import SURVIVORS
from conc_checker.course.source import from_file
from conc_checker.diagnosis.story import Story
from conc_checker.lab.lab import Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.mutation import trial
from conc_checker.mutation.mutants import Mutant, Right, mutants, right_programs
from conc_checker.mutation.operators import OPERATORS
from conc_checker.mutation.survivors import Reason, load
from conc_checker.mutation.trial import Result, judge
from conc_checker.record.facts import Facts
from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

EXERCISE = load_course(ROOT / "katas")[0].exercises[0]

# ── operators ────────────────────────────────────────────────────────────────────────────────────────────────────────

# By operator: a program, and all that the operator makes of it, as the lines that differ.
MADE = [
    ("negated-condition", "if a == b: f()", ["if not (a == b): f()"]),
    ("negated-condition", "while not a: f()", ["while a: f()"]),
    ("negated-condition", "f([x for x in y if x.z])", ["f([x for x in y if not x.z])"]),
    ("settled-condition", "if a: f()", ["if True: f()"]),
    ("settled-condition", "a = b if c else d", ["a = b if True else d", "a = b if False else d"]),
    ("settled-condition", "while a: f()", ["while True: f()"]),
    ("comparison", "f(a < b)", ["f(a <= b)", "f(a > b)"]),
    ("comparison", "f(0 <= a < b)", ["f(0 < a < b)", "f(0 > a < b)", "f(0 <= a <= b)", "f(0 <= a > b)"]),
    ("comparison", "f(a == b)", ["f(a != b)", "f(a >= b)", "f(a <= b)"]),
    ("comparison", "if a is None: f()", []),
    ("comparison", "f(a == 'b')", ["f(a != 'b')"]),
    ("comparison", "f(a is not None, b not in c)", ["f(a is None, b not in c)", "f(a is not None, b in c)"]),
    ("arithmetic", "f(a + b * c)", ["f(a - b * c)", "f(a + b // c)"]),
    ("arithmetic", "a += 1", ["a -= 1", "a = 1"]),
    ("boolean", "f(a and b)", ["f(a or b)", "f(b)", "f(a)"]),
    (
        "boolean",
        "f(a and (b or c) and d)",
        [
            "f(a or (b or c) and d)",
            "f(a and (b or c) or d)",
            "f((b or c) and d)",
            "f(a and d)",
            "f(a and (b or c))",
            "f(a and (b and c) and d)",
            "f(a and (c) and d)",
            "f(a and (b) and d)",
        ],
    ),
    ("boolean", "f(a and a)", ["f(a or a)", "f(a)"]),  # to leave out either is the same mutant
    ("boolean", "f(not a)", ["f(a)"]),
    (
        "boolean",
        "f(not (a or b) and c)",
        [
            "f(not (a or b) or c)",
            "f(c)",
            "f(not (a or b))",
            "f((a or b) and c)",
            "f(not (a and b) and c)",
            "f(not (b) and c)",
            "f(not (a) and c)",
        ],
    ),
    ("number", "f(4)", ["f(5)", "f(3)", "f(0)"]),
    ("number", "f(0)", ["f(1)", "f(-1)"]),
    ("number", "a = b - 0", ["a = b - 1", "a = b - (-1)"]),
    ("number", "f(4096)", ["f(64)", "f(0)"]),
    ("number", "f(0o644)", []),
    ("number", "def f(count=10): pass", [f"def f(count={n}): pass" for n in (11, 9, 0)]),
    ("flag", "f(daemon=True)", ["f(daemon=False)"]),
    ("flag", "while True: f()", []),
    ("text", "f('a', b'')", ["f('', b'')", "f('ax', b'')", "f('a', b'x')"]),
    ("sign", "f(-a)", ["f(a)"]),
    ("slice", "f(a[1:n])", ["f(a[:n])", "f(a[1:])"]),
    ("slice", "f(a[::2])", ["f(a[:])"]),
    ("rounds", "for i in range(n): f()", [f"for i in range({r}): f()" for r in ("1, n", "n - 1", "n + 1")]),
    ("rounds", "f([x for x in y])", ["f([x for x in list(y)[1:]])", "f([x for x in list(y)[:-1]])"]),
    ("rounds", "for x in iter(f, b''): g()", []),
    ("other-method", "p.join(3)", ["p.is_alive()", "p.terminate()", "p.close()"]),
    ("other-method", "p.start()", ["p.run()"]),
    (
        "other-method",
        "c.sendall(c.recv(9))",
        ["c.send(c.recv(9))", "c.sendall(c.recv(9, 256))"],
    ),
    ("other-method", "c.send(a)", ["c.sendall(a)"]),
    ("other-method", "q.append(a)", ["q.appendleft(a)", "q.insert(0, a)", "q.extend(a)"]),
    ("other-method", "q.popleft()", ["q.pop()"]),
    ("other-method", "sorted(a, key=k)", ["list(a)", "sorted(a, key=k, reverse=True)"]),
    ("other-method", "min(a, b)", ["max(a, b)"]),
    ("other-method", "monotonic()", ["__import__('time').process_time()", "__import__('time').time()"]),
    ("dropped-argument", "f(a, *b, c=d)", ["f(*b, c=d)", "f(a, c=d)", "f(a, *b)"]),
    ("swapped-arguments", "f(a, b, c=d)", ["f(b, a, c=d)"]),
    ("swapped-arguments", "max(a, b)", []),
    ("added-limit", "p.join()", ["p.join(0)", "p.join(1)"]),
    ("added-limit", "p.join(3)", []),
    ("added-limit", "Process(target=f)", ["Process(target=f, daemon=True)"]),
    ("added-limit", "Process(daemon=False)", []),
    ("added-limit", "create_server(a)", ["create_server(a, backlog=1)"]),
    ("added-limit", "s.listen()", ["s.listen(0)"]),
    ("start-method", "get_context('fork')", ["get_context('spawn')", "get_context('forkserver')"]),
    (
        "start-method",
        "from multiprocessing import Process\nProcess()",
        [f"__import__('multiprocessing').get_context('{m}').Process()" for m in ("spawn", "forkserver")],
    ),
    ("start-method", "from threading import Process\nProcess()", []),
    ("dropped-await", "async def f():\n    await g()", ["    g()"]),
    ("dropped-statement", "f()\ng()", ["pass", "pass"]),
    ("dropped-statement", "def f():\n    a()\n    return None", ["    pass"]),
    ("dropped-statement", "a = 1\na = 2", ["pass", "pass"]),
    ("dropped-statement", "a = 1\nf(a)", ["pass"]),
    ("dropped-statement", "for a in b:\n    f()", ["pass", "    pass"]),
    ("swapped-statements", "f()\ng()", ["g()\nf()"]),
    ("swapped-statements", "a = 1\nb = a", ["b = a\na = 1"]),
    ("swapped-statements", "a = 1\nb = 2", []),
    ("swapped-statements", "a = f()\nb = 2", []),
    ("swapped-statements", "a = f()\nb = max(2, c)", []),
    ("swapped-statements", "a = f()\nb = g()", ["b = g()\na = f()"]),
    ("swapped-statements", "f(b)\na[b] = c", []),
    ("swapped-statements", "a = [x for x in c]\nb = [x for x in d]", []),
    ("swapped-statements", "a.b = 1\na.c()", ["a.c()\na.b = 1"]),
    ("early-return", "def f():\n    a()\n    b()\n", ["    return\n    a()"]),
    (
        "early-return",
        "def f():\n    if a:\n        b()\n    elif c:\n        d()\n    e()",
        [
            "    return\n    if a:",
            "        return\n        b()",
            "        return\n        d()",
        ],
    ),
    ("early-return", "a()", []),
    ("one-round", "for a in b:\n    f()", ["    f()\n    break"]),
    ("other-jump", "while a:\n    break", ["    continue", "    pass"]),
    ("other-jump", "while a:\n    continue", ["    break", "    pass"]),
    ("other-jump", "def f():\n    while a:\n        return 1", ["        continue", "        break"]),
    ("other-jump", "def f():\n    return 1", []),
    (
        "other-exception",
        "try: f()\nexcept (A, B): pass",
        [
            "except (): pass",
            "except BaseException: pass",
            "except (B,): pass",
            "except (A,): pass",
            "except (A, B): raise",
        ],
    ),
    ("other-exception", "raise EOFError('x')", ["raise Exception('x')"]),
    (
        "other-value",
        "def f():\n    if a:\n        return b\n    return None",
        ["        return None", "        return 0"],
    ),
    ("other-value", "def f():\n    return a - b", [f"    return {v}" for v in ("0", "int(a - b)")]),
    ("never-closed", "with f() as a: g()", ["with __import__('contextlib').nullcontext(f()) as a: g()"]),
]


def made_of(folder: Path, text: str, name: str = "style") -> list[Mutant]:
    """Return the mutants of a text."""
    file = folder / f"{name}.py"
    file.write_text(text, "utf-8")
    return list(mutants(Right(EXERCISE, name, from_file(file, EXERCISE.name))))


@pytest.mark.parametrize(("operator", "text", "made"), MADE)
def test_an_operator_makes_what_it_says(tmp_path: Path, operator: str, text: str, made: list[str]) -> None:
    """All of it, and nothing else."""
    found = [mutant.becomes for mutant in made_of(tmp_path, text) if mutant.operator == operator]
    assert found == [textwrap.dedent(lines) for lines in made]


def test_every_operator_is_tried() -> None:
    """Each of them makes something of one of the programs above."""
    assert {operator for operator, _, made in MADE if made} == set(OPERATORS)


@pytest.mark.parametrize(
    "text",
    [
        '"""A docstring."""\n\n\ndef f():\n    """Another."""\n    yield\n',
        "def f(a: 'b' = None) -> 'c': yield",
        "a: 'b'",
        "raise ValueError('what', 3)",
        "print('what', a)",
        "import os\nos.kill(1, 9)\n",
        "if __name__ == 'x': f()",
        "a = f'{b} what'",
    ],
)
def test_what_says_nothing_of_the_program_is_left_alone(tmp_path: Path, text: str) -> None:
    """Docstrings, types, messages for people, and numbers of processes that might not be ours."""
    others = ("text", "number", "comparison", "dropped-argument")
    assert [mutant.becomes for mutant in made_of(tmp_path, text) if mutant.operator in others] == []


def test_the_rest_of_the_text_stays_as_it_is(tmp_path: Path) -> None:
    """Comments, blanks, letters of several bytes, line numbers; the difference shows the lines that were touched."""
    text = """def f(a):
    x = "é"; g(  a,"ü"  )  # ein Würfel

    # keep me
    h(a,
      3)
"""
    (mutant,) = [m for m in made_of(tmp_path, text) if m.operator == "swapped-arguments" and m.number == 2]
    assert mutant.text == text.replace('g(  a,"ü"  )', 'g("ü", a)')
    assert (mutant.within, mutant.line) == ("f", 'x = "é"; g(  a,"ü"  )  # ein Würfel')
    (mutant,) = [m for m in made_of(tmp_path, text) if m.becomes == "3)".replace("3", "4")]
    assert (mutant.number, mutant.line, mutant.text) == (6, "3)", text.replace("3)", "4)"))
    assert str(mutant) == f"{tmp_path / 'style.py'}:6: number, in f\n  - 3)\n  + 4)"


def test_mutants_of_one_meaning_are_one(tmp_path: Path) -> None:
    """What has the syntax tree of another mutant is left out, and so is what is no Python."""
    found = made_of(tmp_path, "def f():\n    if a:\n        return b\n    return c\n")
    assert [m.becomes for m in found if m.number == 3] == ["pass", "return None", "return 0"]
    # No `return` may stand in an `except*`.
    found = made_of(tmp_path, "def f():\n    try:\n        a()\n    except* B:\n        c()\n    d()\n")
    assert [m.line for m in found if m.operator == "early-return"] == ["try:", "a()"]
    found = made_of(tmp_path, "if a: pass")
    assert [(m.operator, m.becomes) for m in found] == [
        ("negated-condition", "if not a: pass"),
        ("settled-condition", "if True: pass"),
        ("dropped-statement", "pass"),
    ]


def test_keys_tell_all_mutants_of_an_exercise_apart(tmp_path: Path) -> None:
    """Those that look alike are counted, in the order in which they stand."""
    found = {mutant.key: mutant.text for mutant in made_of(tmp_path, "f(0)\ng()\nf(0)\n")}
    assert found["style, module: dropped-statement: f(0) → pass"] == "pass\ng()\nf(0)\n"
    assert found["style, module: dropped-statement: f(0) → pass (2)"] == "f(0)\ng()\npass\n"
    for right in list(right_programs(ROOT, load_course(ROOT / "katas")))[::9]:
        keys = [mutant.key for mutant in mutants(right)]
        assert len(set(keys)) == len(keys)


def test_each_right_program_of_the_course_has_mutants() -> None:
    """Of every exercise the solution and the other styles; each mutant is Python, and differs from all others."""
    programs = list(right_programs(ROOT, load_course(ROOT / "katas")))
    assert {right.name for right in programs if right.exercise.name == EXERCISE.name} >= {"solution", "subclass"}
    for right in programs[::9]:
        texts = [mutant.text for mutant in mutants(right)]
        assert len(texts) > 10
        assert len(
            {ast.dump(ast.parse(text)) for text in texts} | {ast.dump(ast.parse(right.path.read_text()))}
        ) == 1 + len(texts)


# ── the file of those that may survive ───────────────────────────────────────────────────────────────────────────────

KEEPS = """
[[keeps]]
exercise = "first_task"
why = "a larger one is as good"
mutants = ["style, module: number: f(3) → f(4)", "…: flag: …"]
"""


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        ("style, module: number: f(3) → f(4)", ["f(4)"]),
        ("style, module: number: f(3) → f(…)", ["f(4)", "f(2)", "f(0)"]),
        ("style, …: …: … → …", ["pass", "f()", "f(4)", "f(2)", "f(0)"]),
        ("st…: number: …3… → …4…", ["f(4)"]),
        ("other, module: number: f(3) → f(4)", []),
        ("style, f: number: f(3) → f(4)", []),
        ("style, module: number: f(3) → f(.)", []),
        ("style, module: number: f(3) → f(4", []),
    ],
)
def test_a_key_fits_what_it_says(tmp_path: Path, key: str, fits: list[str]) -> None:
    """Letter for letter; an ellipsis stands for anything. Those of another exercise it never fits."""
    found = made_of(tmp_path, "f(3)")
    assert sorted(m.becomes for m in found if Reason(EXERCISE.name, key, "so").fits(m)) == sorted(fits)
    assert not [m for m in found if Reason("other", key, "so").fits(m)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[[keeps]]", "[[keep]]", "holds tables [[keeps]] and [[unproven]] and nothing else"),
        ("[[keeps]]", "[keeps", "is not valid TOML"),
        ('exercise = "first_task"', "", "keeps 1: must have exercise, why and mutants, and nothing else"),
        ('exercise = "first_task"', "exercise = 3", "keeps 1: must hold texts"),
        ('"…: flag: …"', "3", "keeps 1: must hold texts"),
        (
            '"…: flag: …"',
            '"style, module: number: f(3) → f(4)"',
            "first_task: has 'style, module: number: f(3) → f(4)' tw",
        ),
        ("a larger one is as good", " ", "keeps 1: gives no reason"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    """Each refusal names the file, the place and the rule; the file as it should be is read."""
    file = tmp_path / "survivors.toml"
    assert load(file) == []
    file.write_text(KEEPS, "utf-8")
    keys = ["style, module: number: f(3) → f(4)", "…: flag: …"]
    assert load(file) == [Reason("first_task", key, "a larger one is as good") for key in keys]
    file.write_text(KEEPS.replace("keeps", "unproven"), "utf-8")
    assert {reason.certain for reason in load(file)} == {False}
    file.write_text(KEEPS.replace(old, new), "utf-8")
    with pytest.raises(CurriculumError, match=re.escape(complaint)):
        load(file)


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────

KATA = """
number = "06"
topic = "processes"
title = { en = "T", zh-CN = "题" }
about = { en = "x", zh-CN = "x" }
teaches = { en = ["x"], zh-CN = ["x"] }

[[exercise]]
name = "errand"
title = { en = "An errand", zh-CN = "跑腿" }
deadline = 20
hints = { en = ["a", "b", "c"], zh-CN = ["甲", "乙", "丙"] }
"""
WEAK = """
from conc_checker.course.checks import check


@check(points=1)
def test_a_process_does_it(lab):
    run = lab.call("errand", lab.task())
    run.gather(1).release()
    run.finish()
"""
STRONG = WEAK.replace("run.gather(1).release()", "tasks = run.gather(1)\n    run.is_waiting_for(tasks)")
ERRAND = """
from multiprocessing import Process


def errand(task):
    process = Process(target=task, args=(0,))
    process.start()
    process.join()
"""
REASON = """
[[keeps]]
exercise = "errand"
why = "nobody has to wait"
mutants = ["solution, errand: dropped-statement: process.join() → pass"]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a course of one kata, whose check is too weak: it does not ask who waits; stand in it."""
    files = {"katas/06_errand/kata.toml": KATA, "katas/06_errand/test_errand.py": WEAK}
    for name, text in {**files, "solutions/06_errand/errand.py": ERRAND}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / SURVIVORS).parent.mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], status: int, *words: str) -> str:
    """Return what `conc mutate` prints, on those mutants of the solution that drop a statement."""
    assert main(["mutate", "--jobs", "1", "--operator", "dropped-statement", *words]) == status
    return capsys.readouterr().out


def test_a_check_that_is_too_weak_shows_a_survivor(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its line and its difference, until the check is better, or a reason is written down that is true."""
    out = said(capsys, 1)
    assert f"{course / 'solutions' / '06_errand' / 'errand.py'}:8: dropped-statement, in errand\n" in out
    assert "  solution, errand: dropped-statement: process.join() → pass\n" in out
    assert "  - process.join()\n  + pass\n  passes every check, and nothing says why it may; its key:\n" in out
    assert "mutants: 2 tried, 1 rejected, 0 passed with a reason, 1 without, 0 undecided; " in out

    (course / SURVIVORS).write_text(REASON, "utf-8")
    assert "2 tried, 1 rejected, 1 passed with a reason, 0 without, 0 undecided; 0 reasons refuted" in said(capsys, 0)

    (course / "katas" / "06_errand" / "test_errand.py").write_text(STRONG, "utf-8")
    out = said(capsys, 1)
    assert "test_a_process_does_it rejects it (not-joined), but it is said to keep the contract: nobody has to" in out
    assert "2 tried, 2 rejected, 0 passed with a reason, 0 without, 0 undecided; 1 reasons refuted" in out

    (course / SURVIVORS).write_text(REASON.replace("keeps", "unproven"), "utf-8")
    assert "2 tried, 2 rejected, 0 passed with a reason, 0 without, 0 undecided; 0 reasons refuted" in said(capsys, 0)

    (course / SURVIVORS).unlink()
    assert "2 tried, 2 rejected, 0 passed" in said(capsys, 0)


def test_a_reason_for_what_is_no_more_is_refused(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever else is tried: an entry that fits no mutant is in vain."""
    (course / SURVIVORS).write_text(REASON.replace("process.join()", "process.joins()"), "utf-8")
    assert main(["mutate", "--jobs", "1", "--sample", "0"]) == 1
    assert "process.joins() → pass' fits no mutant" in capsys.readouterr().out
    (course / SURVIVORS).write_text(REASON, "utf-8")
    assert main(["mutate", "--jobs", "1", "--sample", "0"]) == 0


def test_a_sample_can_be_had_again(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says its seed, and with that the same mutants come again; nothing is run where they are listed."""
    (course / "katas" / "06_errand" / "test_errand.py").write_text(WEAK.replace("run.", "nothing."), "utf-8")
    assert main(["mutate", "06", "errand", "--list", "--program", "solution"]) == 0
    everything = capsys.readouterr().out
    assert main(["mutate", "--list", "--sample", "5"]) == 0
    first, _, chosen = capsys.readouterr().out.partition("\n")
    words = re.search(r"with: (--sample 5 --seed \d+)$", first)
    assert words is not None
    assert chosen.endswith("mutants: 5\n")
    assert chosen.count(": ") < everything.count(": ")
    assert all(line in everything for line in chosen.splitlines()[:-1])
    assert main(["mutate", "--list", *words[1].split()]) == 0
    assert capsys.readouterr().out.partition("\n")[2] == chosen


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["07"], "there is no kata '07'"),
        (["06", "tea"], "there is no exercise 'tea'. Choose one of: errand"),
        (["--program", "tea"], "there is no right program 'tea'. Choose one of: solution"),
        (["--operator", "tea"], "there is no operator 'tea'. Choose one of: other-method, "),
    ],
)
def test_what_is_not_there_is_refused(
    course: Path, capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    """Each refusal says what there is instead."""
    assert main(["mutate", *words]) == 2
    assert complaint in capsys.readouterr().err


class Moody:
    """Stands in for a lab: each check on it ends as its turn says."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        self.closed = 0

    def close(self) -> None:
        """Count the runs."""
        self.closed += 1

    def check(self) -> None:
        """End as it is this one's turn to end."""
        outcome = self.outcomes.pop(0)
        if outcome is not Outcome.PASSED:
            raise CheckFailedError(Verdict(outcome, "rule", Diagnosis("starved")), Story(Trace(facts=Facts())))


@pytest.mark.parametrize(
    ("outcomes", "judged"),
    [
        ([Outcome.PASSED], (Outcome.PASSED, "")),
        ([Outcome.FAILED], (Outcome.FAILED, "starved")),
        ([Outcome.INCONCLUSIVE, Outcome.PASSED], (Outcome.PASSED, "")),
        ([Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE, Outcome.CRASHED], (Outcome.CRASHED, "starved")),
        ([Outcome.INCONCLUSIVE] * 3, (Outcome.INCONCLUSIVE, "starved")),
    ],
)
def test_what_the_machine_was_too_busy_to_judge_is_judged_again(
    outcomes: list[Outcome], judged: tuple[Outcome, str]
) -> None:
    """Up to three times; then it is said to be undecided, neither rejected nor passed."""
    lab = Moody(list(outcomes))
    assert judge(lambda: lab, Moody.check) == judged
    assert (lab.closed, lab.outcomes) == (len(outcomes), [])


def test_an_undecided_mutant_is_no_survivor(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is printed, and the command fails, whatever is written of it."""
    (course / SURVIVORS).write_text(REASON, "utf-8")
    undecided = Result(undecided="test_a_process_does_it")
    monkeypatch.setattr(mutate, "try_all", lambda mutants, *_: ((mutant, undecided) for mutant in mutants))
    out = said(capsys, 1)
    assert "test_a_process_does_it could not tell: try it again" in out
    assert "2 tried, 0 rejected, 0 passed with a reason, 0 without, 2 undecided" in out


@pytest.mark.parametrize(("quick", "deadlines", "survived"), [(True, [1.0], False), (False, [1.0, 20.0], True)])
def test_who_may_need_more_time_gets_it(
    course: Path, monkeypatch: pytest.MonkeyPatch, quick: bool, deadlines: list[float], survived: bool
) -> None:
    """All that the exercise grants, where the program itself is not quick; else to be out of time is to be rejected."""
    given: list[float] = []

    def run(check: object, program: object, settings: Settings) -> tuple[Outcome, str]:
        given.append(settings.deadline)
        return (Outcome.TIMED_OUT, "never-ends") if settings.deadline < 20 else (Outcome.PASSED, "")

    monkeypatch.setattr(trial, "_run", run)
    monkeypatch.setattr(trial, "_is_quick", lambda check, program, settings: quick)
    (right,) = right_programs(course, load_course(course / "katas"))
    mutant = next(mutants(right))
    (task,) = trial.tasks([mutant], course / "katas", Settings(deadline=1.0))
    assert trial.attempt(task).survived is survived
    assert given == deadlines


def test_a_program_is_quick_that_passes_in_a_tenth_of_the_time(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not pass is not, nor one that takes longer; it is found out once."""
    outcomes = [Outcome.PASSED, Outcome.FAILED]
    monkeypatch.setattr(trial, "_run", lambda check, program, settings: (outcomes.pop(0), ""))
    (right,) = right_programs(course, load_course(course / "katas"))
    check = trial.Check(course, "test_it", lambda lab: None)
    patient, hasty = Settings(deadline=1e6), Settings(deadline=1e5)
    assert [trial._is_quick(check, right.program, patient) for _ in range(2)] == [True, True]
    assert not trial._is_quick(check, right.program, hasty)
    outcomes.append(Outcome.PASSED)
    assert not trial._is_quick(check, right.program, Settings(deadline=0.0))
