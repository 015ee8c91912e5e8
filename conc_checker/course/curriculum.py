"""The course as data: each kata's `kata.toml` and the checks that its test modules declare, read and checked.

A mistake in one of these files is reported as a `CurriculumError` that names the file, the place, the rule
and the remedy.
"""

from __future__ import annotations

import dataclasses
import difflib
import keyword
import re
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from conc_checker.course.checks import Check, declared
from conc_checker.course.contract import Sentence
from conc_checker.course.error import CurriculumError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LANGUAGES = ("en", "zh-CN")
HINT_STEPS = 3
KATA_FILE = "kata.toml"

_FOLDER = re.compile(r"\d\d_\w+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One stub that a learner completes.

    `kata` is the name of its folder, `topic` that of its kata, texts are by language, and `deadline` is in seconds.
    `contract` has the sentences that are its own; `Kata.sentences` has all.
    """

    kata: str
    topic: str
    name: str
    title: Mapping[str, str]
    deadline: float
    hints: Mapping[str, tuple[str, ...]]
    checks: tuple[Check, ...]
    contract: tuple[Sentence, ...] = ()

    @property
    def points(self) -> int:
        """The points of all checks together."""
        return sum(check.points for check in self.checks)


@dataclass(frozen=True, slots=True)
class Kata:
    """A folder of the course, with its exercises in order; `topic` chooses its lab, texts are by language.

    `about` is a line for those who choose a kata, `teaches` has the ideas, `contract` the sentences that hold for each
    of its exercises.
    """

    folder: Path
    number: str
    topic: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    teaches: Mapping[str, tuple[str, ...]]
    exercises: tuple[Exercise, ...]
    contract: tuple[Sentence, ...] = ()

    @property
    def points(self) -> int:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    def sentences(self, exercise: Exercise) -> list[Sentence]:
        """Return the whole contract of an exercise: what holds for each, as far as its checks go, and what is its own.

        A sentence for all exercises names the checks of all of them.
        """
        tests = [check.test for check in exercise.checks]
        shared = (
            dataclasses.replace(sentence, checks=tuple(test for test in sentence.checks if test in tests))
            for sentence in self.contract
        )
        return [*shared, *exercise.contract]


def load_course(root: Path) -> list[Kata]:
    """Return the katas in the folder `root`, by number; raise CurriculumError when one of them breaks a rule."""
    katas: list[Kata] = []
    for found in read_course(root):
        if isinstance(found, CurriculumError):
            raise found
        katas.append(found)
    return katas


def read_course(root: Path) -> Iterator[Kata | CurriculumError]:
    """Go through the katas in the folder `root`, by number; in the place of one that breaks a rule comes the error.

    Folders whose name does not begin with two digits, such as `__pycache__`, are no katas and passed over.
    """
    if not root.is_dir():
        yield CurriculumError(root, "", "is not a folder", "Name the folder that holds the katas")
        return
    earlier = ""
    for folder in kata_folders(root):
        if folder.name[:2] == earlier[:2]:
            rule = f"{folder.name[:2]!r} is the number of {earlier} too"
            yield CurriculumError(folder / KATA_FILE, "number", rule, "Give one of them another number")
        earlier = folder.name
        try:
            yield load_kata(folder)
        except CurriculumError as error:
            yield error


def kata_folders(root: Path) -> list[Path]:
    """Return the folders in `root` that have the name of a kata, by number."""
    return sorted(entry for entry in root.iterdir() if entry.is_dir() and is_kata_name(entry.name))


def is_kata_name(name: str) -> bool:
    """Whether a folder with this name is a kata: two digits, and a name for people."""
    return bool(_FOLDER.fullmatch(name))


def refuse_module_name(name: str) -> tuple[str, str] | None:
    """Say why no exercise can have this name, and what to do; None when one can."""
    if not name.isidentifier() or keyword.iskeyword(name):
        return f"must be the name of a module, not {name!r}", "Use letters, digits and underscores"
    if name in sys.stdlib_module_names:
        return f"{name!r} would hide the standard module of that name", "Choose another name"
    return None


def load_kata(folder: Path) -> Kata:
    """Return the kata in `folder`; raise CurriculumError when one of its files is missing or breaks a rule."""
    file = folder / KATA_FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        remedy = "Copy one from another kata and change it, or begin anew with: conc new kata"
        raise CurriculumError(file, "", f"cannot be read ({error.strerror})", remedy) from error
    except ValueError as error:  # not TOML, or not UTF-8
        remedy = "Mend it at the place named"
        raise CurriculumError(file, "", f"is not valid TOML ({error})", remedy) from error
    return _kata(folder, _Table(file, "", content))


def find_exercise(test_file: Path) -> Exercise | None:
    """Return the exercise that the test module `test_NAME.py` checks, or None outside a kata's folder.

    Raise CurriculumError when a file of the kata breaks a rule, or its `kata.toml` does not list that exercise.
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

    def has(self, key: str) -> bool:
        return key in self._content

    def _within(self, key: str) -> str:
        return f"{self._place}, {key}" if self._place else key

    def by_language(self, key: str) -> _Table:
        table = self.table(key)
        table.allow_only(*LANGUAGES)
        for language in LANGUAGES:
            table.value(language)
        return table


def _kata(folder: Path, table: _Table) -> Kata:
    table.allow_only("number", "topic", "title", "about", "teaches", "contract", "exercise")
    number = table.text("number")
    if not re.fullmatch(r"\d\d", number) or not folder.name.startswith(number + "_"):
        rule = f"must be the two digits that the folder's name ({folder.name}) begins with, not {number!r}"
        table.fail("number", rule, "Change it, or rename the folder to NN_name")
    topic = table.text("topic")
    title, about = _text_by_language(table, "title"), _text_by_language(table, "about")
    teaches = _texts_by_language(table, "teaches")
    if len({len(ideas) for ideas in teaches.values()}) > 1 or not teaches["en"]:
        rule = "must name the same ideas in each language, and at least one"
        table.fail("teaches", rule, "Add what is missing")
    exercises = tuple(_exercise(folder, topic, item) for item in table.tables("exercise", "[[exercise]]"))
    _refuse_doubles(table, "exercise", [exercise.name for exercise in exercises])
    contract = _contract(table, "[[contract]]")
    for exercise in exercises:
        _refuse_doubles(table, "contract", [sentence.id for sentence in (*contract, *exercise.contract)])
    return Kata(folder, number, topic, title, about, teaches, exercises, contract)


def _exercise(kata: Path, topic: str, table: _Table) -> Exercise:
    table.allow_only("name", "title", "deadline", "hints", "contract")
    name = table.text("name")
    if refused := refuse_module_name(name):
        table.fail("name", *refused)
    title = _text_by_language(table, "title")
    deadline = table.value("deadline")
    if isinstance(deadline, bool) or not isinstance(deadline, int | float) or not 0 < deadline < float("inf"):
        table.fail("deadline", f"must be a number of seconds above 0, not {deadline!r}", "Write, say, 20")
    hints = _texts_by_language(table, "hints")
    for language, steps in hints.items():
        if len(steps) != HINT_STEPS:
            rule = f"must have {HINT_STEPS} steps, each of which says more than the last, not {len(steps)}"
            table.fail(f"hints, {language}", rule, "Add what is missing, or join two into one")
    checks = declared(kata / f"test_{name}.py")
    contract = _contract(table, "[[exercise.contract]]")
    return Exercise(kata.name, topic, name, title, float(deadline), hints, checks, contract)


def _contract(table: _Table, heading: str) -> tuple[Sentence, ...]:
    """Return the sentences of a contract; one that has none is complained of where the course is verified."""
    if not table.has("contract"):
        return ()
    contract = tuple(_sentence(item) for item in table.tables("contract", heading))
    _refuse_doubles(table, "contract", [sentence.id for sentence in contract])
    return contract


def _sentence(table: _Table) -> Sentence:
    table.allow_only("id", "function", "given", "checks", *LANGUAGES)
    name = table.text("id")
    if not _ID.fullmatch(name):
        table.fail("id", f"must be words in small letters, joined by hyphens, not {name!r}", "Write, say, returns-last")
    text = {language: table.text(language) for language in LANGUAGES}
    function = table.text("function") if table.has("function") else None
    if not table.has("given"):
        checks = table.texts("checks")
        if not checks:
            rule = "must name at least one check that proves the sentence"
            table.fail("checks", rule, "Add one, or drop the sentence; what nobody has to prove is given = true")
        return Sentence(name, text, checks, function)
    if table.value("given") is not True or table.has("checks"):
        rule = "must be true where it stands, and what is given has no checks"
        table.fail("given", rule, "Take out one of the two")
    return Sentence(name, text, (), function, given=True)


def _text_by_language(table: _Table, key: str) -> dict[str, str]:
    texts = table.by_language(key)
    return {language: texts.text(language) for language in LANGUAGES}


def _texts_by_language(table: _Table, key: str) -> dict[str, tuple[str, ...]]:
    texts = table.by_language(key)
    return {language: texts.texts(language) for language in LANGUAGES}


def _refuse_doubles(table: _Table, key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            table.fail(key, f"must not use the name {name!r} twice", "Rename one of the two")
