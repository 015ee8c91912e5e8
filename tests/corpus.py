"""The corpus of right and wrong programs, and how a whole exercise is checked without pytest."""

from __future__ import annotations

import importlib.util
import inspect
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conc_checker import topics
from conc_checker.course import source
from conc_checker.course.contract import broken_by
from conc_checker.course.curriculum import load_kata
from conc_checker.diagnosis import explain
from conc_checker.diagnosis.story import Story
from conc_checker.lab.lab import Lab, Settings
from conc_checker.lab.run import CheckFailedError
from conc_checker.record.verdict import Outcome, Verdict, passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conc_checker.course.curriculum import Exercise, Kata
    from conc_checker.engine.supervisor.remote import Remote
    from conc_checker.record.trace import Trace

explain.strict = True  # a recogniser that raises is a failure here, and not a vaguer diagnosis

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "programs"
START_METHODS = ("fork", "spawn", "forkserver")


L = TypeVar("L", bound=Lab)


@dataclass(frozen=True)
class Example:
    """A program of the corpus, and what must be said of it; `diagnosis` is None for a right one.

    `breaks` has the sentences of the contract that a wrong one says it breaks.
    """

    path: Path
    kata: str
    exercise: str
    diagnosis: str | None
    line: int | None
    file: str
    fails_under: tuple[str, ...]
    breaks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.exercise}-{'right' if self.diagnosis is None else 'wrong'}-{self.path.stem}"

    @property
    def topic(self) -> str:
        """The topic that its kata names."""
        return _topic_of(self.kata)

    def methods(self, wanted: Sequence[str]) -> Sequence[str]:
        """Return the start methods under which to run it: all, or one where no check depends on it."""
        return wanted if any(every for _, _, every in checks(self.kata, self.exercise)) else wanted[:1]

    def program(self) -> source.Program:
        """Return the program as the lab takes it."""
        if self.path.is_dir():
            return source.from_folder(self.path, self.exercise)
        return source.from_file(self.path, self.exercise)


def examples() -> list[Example]:
    """Return the whole corpus."""
    return [
        _read(path, kind == "wrong")
        for kind in ("right", "wrong")
        for path in sorted(PROGRAMS.glob(f"{kind}/*/*/*"))
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    ]


def _read(path: Path, wrong: bool) -> Example:
    exercise = path.parent.name
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    line, place = None, f"{exercise}.py"
    for file in files:
        for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
            if "# <- here" in text:
                line, place = number, f"{exercise}.py" if file == path else file.name
    texts = [file.read_text("utf-8") for file in files]
    methods = next((m[1] for t in texts if (m := re.search(r"^fails under: (.*)$", t, re.MULTILINE))), "")
    return Example(
        path,
        path.parent.parent.name,
        exercise,
        path.stem.split("--")[0] if wrong else None,
        line,
        place,
        tuple(m.strip() for m in methods.split(",") if m.strip()) or START_METHODS,
        broken_by(path),
    )


@cache
def checks(kata: str, exercise: str) -> list[tuple[str, Callable[[Lab], None], bool]]:
    """Return an exercise's checks: name, function, and whether it is marked for every start method."""
    path = ROOT / "katas" / kata / f"test_{exercise}.py"
    spec = importlib.util.spec_from_file_location(f"checks_{exercise}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = [(n, f) for n, f in vars(module).items() if n.startswith("test_") and inspect.isfunction(f)]
    return [(n, f, any(m.name == "every_start_method" for m in getattr(f, "pytestmark", ()))) for n, f in found]


def exercise_of(example: Example) -> Exercise:
    """Return the exercise that a program is for."""
    return next(e for e in _kata(example.kata).exercises if e.name == example.exercise)


@cache
def _kata(name: str) -> Kata:
    return load_kata(ROOT / "katas" / name)


@cache
def _topic_of(kata: str) -> str:
    """Return the topic that a kata names."""
    return _kata(kata).topic


def open_lab(
    remote: Remote, program: source.Program, settings: Settings | None = None, kata: str = "03_multiprocess"
) -> Any:
    """Return the lab of a kata's topic, for a program."""
    return topics.find(_topic_of(kata)).lab(remote, program, settings)


def explained(trace: Trace, rule: Callable[[Story], Verdict]) -> Verdict:
    """Return a rule's verdict on a recorded run, with the mistake by name."""
    story = Story(trace)
    verdict = rule(story)
    if verdict.passed:
        return verdict
    return explain.explain(story, verdict, topics.find(trace.facts.topic).catalogues[trace.facts.about])


def judge(remote: Remote, example: Example, settings: Settings) -> Iterator[tuple[str, Verdict, Trace]]:
    """Run the checks of a program in order, up to the first that fails, which the others build upon.

    Where the program says which sentences it breaks, those come too that do not build upon one that failed.
    """
    needed = {check.test: check.builds_on for check in exercise_of(example).checks}
    lost: set[str] = set()
    for name, check, _ in checks(example.kata, example.exercise):
        if not lost.isdisjoint(needed[name]):
            lost.add(name)
            continue
        lab = open_lab(remote, example.program(), settings, example.kata)
        verdict, trace = check_once(lab, check)
        if verdict.outcome is Outcome.INCONCLUSIVE:
            verdict, trace = check_once(lab, check)
        yield name, verdict, trace
        if not verdict.passed:
            if not example.breaks:
                return
            lost.add(name)


def check_once(lab: L, check: Callable[[L], Any]) -> tuple[Verdict, Trace]:
    """Run one check."""
    try:
        check(lab)
    except CheckFailedError as failure:
        return failure.verdict, failure.story.whole
    finally:
        lab.close()
    assert lab.last_trace is not None
    return passed("all"), lab.last_trace


def wrong_verdict(example: Example, method: str, verdicts: list[tuple[str, Verdict, Trace]]) -> str | None:
    """Say what is wrong with the verdicts on a program; None when they are right."""
    name, last, _ = deciding(verdicts)
    found = last.diagnosis
    where = f"{example} under {method}, {name}"
    if example.diagnosis is None or method not in example.fails_under:
        return None if last.passed else f"{where}: a right program got {found}"
    if last.passed:
        return f"{where}: passed, but it is {example.diagnosis}"
    assert found is not None
    if found.id != example.diagnosis:
        line = found.site and found.site.line
        return f"{where}: {found.id} (line {line}, {found.facts}) for {example.diagnosis} (line {example.line})"
    if example.line is not None and (
        found.site is None or (found.site.file, found.site.line) != (example.file, example.line)
    ):
        return f"{where}: names {found.site}, not {example.file}:{example.line}"
    return _wrong_sentence(example, where, [name for name, verdict, _ in verdicts if not verdict.passed])


def deciding(verdicts: list[tuple[str, Verdict, Trace]]) -> tuple[str, Verdict, Trace]:
    """Return the first that failed, or the last where all have passed."""
    return next((one for one in verdicts if not one[1].passed), verdicts[-1])


def _wrong_sentence(example: Example, where: str, failed: list[str]) -> str | None:
    """Say which check fails for no sentence that a program breaks, or which sentence no check fails for."""
    if not example.breaks:
        return None
    contract = {s.id: s.checks for s in _kata(example.kata).sentences(exercise_of(example))}
    for name in failed:
        if not any(name in contract[sentence] for sentence in example.breaks):
            return f"{where}: {name} fails too, which proves no sentence that it says it breaks: {example.breaks}"
    for sentence in example.breaks:
        if not set(contract[sentence]) & set(failed):
            return f"{where}: it says that it breaks {sentence}, and no check of that sentence fails"
    return None
