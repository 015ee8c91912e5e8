"""The course as data: each kata's `kata.toml`, read and checked.

A mistake in a `kata.toml` is reported as a `CurriculumError` that names the file, the place, the rule
and the remedy.
"""

from __future__ import annotations

import difflib
import itertools
import keyword
import re
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LANGUAGES = ("en", "zh-CN")
HINT_STEPS = 3
KATA_FILE = "kata.toml"

_FOLDER = re.compile(r"\d\d_\w+")


class CurriculumError(ValueError):
    """A `kata.toml`, or its folder, breaks a rule; the message names file, place, rule and remedy."""

    def __init__(self, file: Path, place: str, rule: str, remedy: str) -> None:
        self.file = file
        self.place = place
        self.rule = f"{place}: {rule}" if place else rule
        self.remedy = remedy
        super().__init__(f"{file}: {self.rule}. {remedy}.")


@dataclass(frozen=True, slots=True)
class Check:
    """One test function of an exercise: its name, its points, and the earlier checks that it builds on."""

    test: str
    points: int
    builds_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One stub that a learner completes.

    `kata` is the name of its folder, `topic` that of its kata, texts are by language, and `deadline` is in seconds.
    """

    kata: str
    topic: str
    name: str
    title: Mapping[str, str]
    deadline: float
    hints: Mapping[str, tuple[str, ...]]
    checks: tuple[Check, ...]

    @property
    def points(self) -> int:
        """The points of all checks together."""
        return sum(check.points for check in self.checks)


@dataclass(frozen=True, slots=True)
class Kata:
    """A folder of the course, with its exercises in order; `topic` chooses its lab, texts are by language."""

    folder: Path
    number: str
    topic: str
    title: Mapping[str, str]
    teaches: Mapping[str, tuple[str, ...]]
    exercises: tuple[Exercise, ...]


def load_course(root: Path) -> list[Kata]:
    """Return the katas in the folder `root`, by number; raise CurriculumError when one of them breaks a rule.

    Folders whose name does not begin with two digits, such as `__pycache__`, are no katas and passed over.
    """
    if not root.is_dir():
        raise CurriculumError(root, "", "is not a folder", "Name the folder that holds the katas")
    folders = sorted(entry for entry in root.iterdir() if entry.is_dir() and _FOLDER.fullmatch(entry.name))
    katas = [load_kata(folder) for folder in folders]
    for earlier, later in itertools.pairwise(katas):
        if earlier.number == later.number:
            rule = f"{later.number!r} is the number of {earlier.folder.name} too"
            raise CurriculumError(later.folder / KATA_FILE, "number", rule, "Give one of them another number")
    return katas


def load_kata(folder: Path) -> Kata:
    """Return the kata in `folder`; raise CurriculumError when its `kata.toml` is missing or breaks a rule."""
    file = folder / KATA_FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        remedy = "Copy one from another kata, and change it"
        raise CurriculumError(file, "", f"cannot be read ({error.strerror})", remedy) from error
    except ValueError as error:  # not TOML, or not UTF-8
        remedy = "Mend it at the place named"
        raise CurriculumError(file, "", f"is not valid TOML ({error})", remedy) from error
    return _kata(folder, _Table(file, "", content))


def find_exercise(test_file: Path) -> Exercise | None:
    """Return the exercise that the test module `test_NAME.py` checks, or None outside a kata's folder.

    Raise CurriculumError when the kata's `kata.toml` breaks a rule or does not list that exercise.
    """
    name = test_file.stem.removeprefix("test_")
    if name == test_file.stem or test_file.suffix != ".py" or not (test_file.parent / KATA_FILE).is_file():
        return None
    kata = load_kata(test_file.parent)
    for exercise in kata.exercises:
        if exercise.name == name:
            return exercise
    rule = f"lists no exercise for {test_file.name}"
    remedy = f'Add an [[exercise]] with name = "{name}", or rename the test module'
    raise CurriculumError(kata.folder / KATA_FILE, "exercise", rule, remedy)


class _Table:
    """A table of the file, and where it stands, so that each complaint can say so."""

    def __init__(self, file: Path, place: str, content: dict[str, Any]) -> None:
        self._file = file
        self._place = place
        self._content = content

    def fail(self, key: str, rule: str, remedy: str) -> NoReturn:
        raise CurriculumError(self._file, self._within(key), rule, remedy)

    def allow_only(self, *keys: str) -> None:
        for key in self._content:
            if key not in keys:
                meant = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
                remedy = f"Perhaps it should be '{meant[0]}'" if meant else "Take it out"
                self.fail(key, f"is not a known key; here they are {', '.join(keys)}", remedy)

    def value(self, key: str) -> Any:
        if key not in self._content:
            self.fail(key, "is missing", "Add it")
        return self._content[key]

    def text(self, key: str) -> str:
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(key, f"must be a text that is not empty, not {value!r}", "Write it in quotes")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        if not isinstance(value, list):
            self.fail(key, f"must be a list of texts, not {value!r}", 'Write it as ["…", "…"]')
        for item in value:
            if not isinstance(item, str) or not item.strip():
                rule = f"must hold texts that are not empty, not {item!r}"
                self.fail(key, rule, "Fill it in, or take it out")
        return tuple(value)

    def table(self, key: str) -> _Table:
        value = self.value(key)
        if not isinstance(value, dict):
            rule = f"must be a table with an entry for each language, not {value!r}"
            self.fail(key, rule, "Write it as { en = …, zh-CN = … }")
        return _Table(self._file, self._within(key), value)

    def tables(self, key: str, heading: str) -> list[_Table]:
        value = self.value(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fail(key, "must be a list of at least one table", f"Write each under the heading {heading}")
        return [_Table(self._file, self._within(f"{key} {n}"), item) for n, item in enumerate(value, 1)]

    def _within(self, key: str) -> str:
        return f"{self._place}, {key}" if self._place else key

    def by_language(self, key: str) -> _Table:
        table = self.table(key)
        table.allow_only(*LANGUAGES)
        for language in LANGUAGES:
            table.value(language)
        return table


def _kata(folder: Path, table: _Table) -> Kata:
    table.allow_only("number", "topic", "title", "teaches", "exercise")
    number = table.text("number")
    if not re.fullmatch(r"\d\d", number) or not folder.name.startswith(number + "_"):
        rule = f"must be the two digits that the folder's name ({folder.name}) begins with, not {number!r}"
        table.fail("number", rule, "Change it, or rename the folder to NN_name")
    topic = table.text("topic")
    title = _title(table)
    teaches = _texts_by_language(table, "teaches")
    if len({len(ideas) for ideas in teaches.values()}) > 1 or not teaches["en"]:
        rule = "must name the same ideas in each language, and at least one"
        table.fail("teaches", rule, "Add what is missing")
    exercises = tuple(_exercise(folder.name, topic, item) for item in table.tables("exercise", "[[exercise]]"))
    _refuse_doubles(table, "exercise", [exercise.name for exercise in exercises])
    return Kata(folder, number, topic, title, teaches, exercises)


def _exercise(kata: str, topic: str, table: _Table) -> Exercise:
    table.allow_only("name", "title", "deadline", "hints", "check")
    name = table.text("name")
    if not name.isidentifier() or keyword.iskeyword(name):
        rule = f"must be the name of a module, not {name!r}"
        table.fail("name", rule, "Use letters, digits and underscores")
    if name in sys.stdlib_module_names:
        table.fail("name", f"{name!r} would hide the standard module of that name", "Choose another name")
    title = _title(table)
    deadline = table.value("deadline")
    if isinstance(deadline, bool) or not isinstance(deadline, int | float) or not 0 < deadline < float("inf"):
        table.fail("deadline", f"must be a number of seconds above 0, not {deadline!r}", "Write, say, 20")
    hints = _texts_by_language(table, "hints")
    for language, steps in hints.items():
        if len(steps) != HINT_STEPS:
            rule = f"must have {HINT_STEPS} steps, each of which says more than the last, not {len(steps)}"
            table.fail(f"hints, {language}", rule, "Add what is missing, or join two into one")
    checks: list[Check] = []
    for item in table.tables("check", "[[exercise.check]]"):
        checks.append(_check(item, [check.test for check in checks]))
    return Exercise(kata, topic, name, title, float(deadline), hints, tuple(checks))


def _check(table: _Table, earlier: list[str]) -> Check:
    table.allow_only("test", "points", "builds_on")
    test = table.text("test")
    if not test.isidentifier() or not test.startswith("test_"):
        table.fail("test", f"must be the name of a test function, not {test!r}", "Write it as test_…")
    _refuse_doubles(table, "test", [*earlier, test])
    points = table.value("points")
    if isinstance(points, bool) or not isinstance(points, int) or points < 1:
        table.fail("points", f"must be a whole number above 0, not {points!r}", "Write, say, 1")
    builds_on = table.texts("builds_on")
    for name in builds_on:
        if name not in earlier:
            rule = f"must name earlier checks of this exercise, and {name!r} is none"
            table.fail("builds_on", rule, "Correct the name, or move that check before this one")
    return Check(test, points, builds_on)


def _title(table: _Table) -> dict[str, str]:
    titles = table.by_language("title")
    return {language: titles.text(language) for language in LANGUAGES}


def _texts_by_language(table: _Table, key: str) -> dict[str, tuple[str, ...]]:
    texts = table.by_language(key)
    return {language: texts.texts(language) for language in LANGUAGES}


def _refuse_doubles(table: _Table, key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            table.fail(key, f"must not use the name {name!r} twice", "Rename one of the two")
