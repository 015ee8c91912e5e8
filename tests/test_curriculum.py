"""The course as data: what a valid `kata.toml` means, and what a broken one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conc_checker.course.checks import Check, check
from conc_checker.course.curriculum import find_exercise, load_course, load_kata, read_course
from conc_checker.course.error import CurriculumError

if TYPE_CHECKING:
    from pathlib import Path

VALID = """
number = "07"
topic = "drinks"
title = { en = "Tea", zh-CN = "茶" }
about = { en = "how to brew tea", zh-CN = "怎样泡茶" }
teaches = { en = ["brewing", "waiting"], zh-CN = ["泡", "等"] }

[[exercise]]
name = "brew"
title = { en = "One cup", zh-CN = "一杯" }
deadline = 20
hints = { en = ["water", "hot water", "hot water and leaves"], zh-CN = ["水", "热水", "热水和茶叶"] }

[[exercise.contract]]
id = "hot"
function = "brew"
en = "The water is hot."
zh-CN = "水是热的。"
checks = ["test_water"]

[[exercise.contract]]
id = "any-cup"
en = "Any cup will do."
zh-CN = "什么杯子都行。"
given = true
"""

EXERCISE = VALID[VALID.index("[[exercise]]") :]

TEST = '''
"""Checks of brew."""

import nothing_that_is_installed

from conc_checker.course.checks import check


@check(points=1)
def test_water(lab):
    """There is water."""


def test_of_a_learner(lab):
    """Not a check of the course."""


@nothing_that_is_installed.mark
@check(points=3, builds_on=[test_water])
def test_leaves(lab):
    """There are leaves."""
'''

# what is replaced, by what; then the place, the rule and the remedy that the error has to name
BROKEN = {
    "not TOML": ('number = "07"', "number = 07", "", "not valid TOML", "at the place named"),
    "unknown key": ("deadline =", "deadlin =", "exercise 1, deadlin", "not a known key", "'deadline'"),
    "unknown key, like no other": (
        'number = "07"',
        'number = "07"\nx = 1',
        "x",
        "not a known key",
        "Take it out",
    ),
    "unknown language": ('zh-CN = "茶"', 'zh = "茶"', "title, zh", "not a known key", "'zh-CN'"),
    "missing key": ("deadline = 20\n", "", "exercise 1, deadline", "missing", "Add it"),
    "no topic": ('topic = "drinks"\n', "", "topic", "missing", "Add it"),
    "missing language of the line about it": (', zh-CN = "怎样泡茶"', "", "about, zh-CN", "missing", "Add it"),
    "checks listed here too": ("deadline = 20", "deadline = 20\ncheck = []", "exercise 1, check", "known", "out"),
    "missing language of a title": (', zh-CN = "一杯"', "", "exercise 1, title, zh-CN", "missing", "Add it"),
    "missing language of the ideas": (', zh-CN = ["泡", "等"]', "", "teaches, zh-CN", "missing", "Add it"),
    "missing language of the hints": (
        ', zh-CN = ["水", "热水", "热水和茶叶"]',
        "",
        "exercise 1, hints, zh-CN",
        "missing",
        "Add it",
    ),
    "title in one language only": ('{ en = "Tea", zh-CN = "茶" }', '"Tea"', "title", "a table", "en = …"),
    "number without quotes": ('number = "07"', "number = 7", "number", "text", "in quotes"),
    "number of another folder": ('number = "07"', 'number = "08"', "number", "07_tea", "rename the folder"),
    "empty text": ('"Tea"', '" "', "title, en", "not empty", "in quotes"),
    "fewer ideas in one language": ('["泡", "等"]', '["泡"]', "teaches", "same ideas", "Add what is missing"),
    "two hints": (
        '"热水", "热水和茶叶"',
        '"热水"',
        "exercise 1, hints, zh-CN",
        "3 steps",
        "Add what is missing",
    ),
    "an empty hint": ('"hot water",', '"",', "exercise 1, hints, en", "not empty", "Fill it in"),
    "hints not in a list": (
        'en = ["water", "hot water", "hot water and leaves"]',
        'en = "water"',
        "exercise 1, hints, en",
        "list of texts",
        "Write it as",
    ),
    "no module name": (
        'name = "brew"',
        'name = "brew-it"',
        "exercise 1, name",
        "name of a module",
        "underscores",
    ),
    "a keyword as a name": (
        'name = "brew"',
        'name = "import"',
        "exercise 1, name",
        "name of a module",
        "underscores",
    ),
    "a name that hides a module": (
        'name = "brew"',
        'name = "socket"',
        "exercise 1, name",
        "hide",
        "another name",
    ),
    "no deadline": ("deadline = 20", "deadline = 0", "exercise 1, deadline", "above 0", "20"),
    "a deadline that is no number": (
        "deadline = 20",
        "deadline = true",
        "exercise 1, deadline",
        "seconds",
        "20",
    ),
    "no exercise": (EXERCISE, "exercise = []", "exercise", "at least one", "[[exercise]]"),
    "the same exercise twice": (
        "[[exercise]]",
        EXERCISE + "\n[[exercise]]",
        "exercise",
        "'brew' twice",
        "Rename",
    ),
    "a sentence without a name": ('id = "hot"\n', "", "exercise 1, contract 1, id", "missing", "Add it"),
    "a sentence with another kind of name": (
        'id = "hot"',
        'id = "Hot"',
        "exercise 1, contract 1, id",
        "hyphens",
        "last",
    ),
    "two sentences of one name": ('id = "any-cup"', 'id = "hot"', "exercise 1, contract", "'hot' twice", "Rename"),
    "a sentence in one language only": (
        'zh-CN = "水是热的。"\n',
        "",
        "exercise 1, contract 1, zh-CN",
        "missing",
        "Add it",
    ),
    "a sentence without checks": (
        'checks = ["test_water"]',
        "checks = []",
        "exercise 1, contract 1, checks",
        "at least one",
        "given = true",
    ),
    "checks of what is given": (
        "given = true",
        'given = true\nchecks = ["test_water"]',
        "exercise 1, contract 2, given",
        "no checks",
        "Take out",
    ),
    "what is not given": ("given = true", "given = false", "exercise 1, contract 2, given", "must be true", "Take out"),
    "a contract that is no list": (
        '[[exercise.contract]]\nid = "hot"',
        '[exercise.contract]\nid = "hot"',
        "",
        "not valid TOML",
        "at the place named",
    ),
    "an empty contract": (
        "\n[[exercise]]",
        "\ncontract = []\n[[exercise]]",
        "contract",
        "at least one",
        "[[contract]]",
    ),
    "a sentence for all that an exercise has too": (
        "\n[[exercise]]",
        '\n[[contract]]\nid = "hot"\nen = "a"\nzh-CN = "b"\nchecks = ["c"]\n[[exercise]]',
        "contract",
        "'hot' twice",
        "Rename",
    ),
}

# the same for a test module; where the place is a test, the line is named too
BROKEN_TESTS = {
    "not Python": ("def test_water(lab):", "def test_water(:", "", "is no Python", "at the place named"),
    "no check": ("@check", "@czech", "", "declares no check", "@check(points=1)"),
    "no test function": ("test_leaves", "leaves", "leaves", "is no test function", "begin with test_"),
    "the same test twice": ("test_leaves", "test_water", "test_water", "twice", "Rename"),
    "no points": ("points=3, ", "", "test_leaves", "needs points", "@check(points=1)"),
    "half a point": ("points=3", "points=0.5", "test_leaves", "whole number above 0, not 0.5", "points=1"),
    "points below one": ("points=3", "points=0", "test_leaves", "above 0, not 0", "points=1"),
    "points that are computed": ("points=3", "points=1 + 2", "test_leaves", "not 1 + 2", "the number itself"),
    "points by position": ("points=3", "3", "test_leaves", "by name", "@check(points=1)"),
    "an unknown word": ("points=3", "points=3, point=3", "test_leaves", "nothing else", "@check(points=1)"),
    "builds on one": ("[test_water]", "test_water", "test_leaves", "must be a list", "builds_on=[test_…]"),
    "builds on a name in quotes": ("[test_water]", '["test_water"]', "test_leaves", "none", "without quotes"),
    "builds on nothing known": ("[test_water]", "[test_milk]", "test_leaves", "test_milk is none", "Correct"),
    "builds on itself": ("[test_water]", "[test_leaves]", "test_leaves", "earlier checks", "before this one"),
    "builds on a learner's": ("[test_water]", "[test_of_a_learner]", "test_leaves", "none", "Correct"),
}


def write_kata(root: Path, content: str = VALID, name: str = "07_tea", test: str = TEST) -> Path:
    """Make a kata's folder that holds nothing but this `kata.toml` and the test module."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "kata.toml").write_text(content, encoding="utf-8")
    (folder / "test_brew.py").write_text(test, encoding="utf-8")
    return folder


def test_a_kata_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    """Every key of a valid `kata.toml` arrives in the kata."""
    folder = write_kata(tmp_path)
    kata = load_kata(folder)
    assert (kata.folder, kata.number, kata.title) == (folder, "07", {"en": "Tea", "zh-CN": "茶"})
    assert (kata.topic, kata.about["en"], kata.points) == ("drinks", "how to brew tea", 4)
    assert kata.teaches == {"en": ("brewing", "waiting"), "zh-CN": ("泡", "等")}
    (exercise,) = kata.exercises
    assert (exercise.kata, exercise.name, exercise.deadline) == ("07_tea", "brew", 20.0)
    assert exercise.title["zh-CN"] == "一杯"
    assert exercise.hints["en"] == ("water", "hot water", "hot water and leaves")
    assert exercise.checks == (Check("test_water", 1, ()), Check("test_leaves", 3, ("test_water",)))


def test_the_points_of_an_exercise_are_those_of_its_checks(tmp_path: Path) -> None:
    """An exercise is worth the sum of its checks."""
    assert load_kata(write_kata(tmp_path)).exercises[0].points == 4


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_kata_is_told_place_rule_and_remedy(tmp_path: Path, case: str) -> None:
    """Each broken rule gives an error that names the file, the place, the rule and the remedy."""
    old, new, place, rule, remedy = BROKEN[case]
    assert VALID.count(old) == 1
    folder = write_kata(tmp_path, VALID.replace(old, new))
    with pytest.raises(CurriculumError) as caught:
        load_kata(folder)
    message = str(caught.value)
    file = folder / "kata.toml"
    assert (caught.value.file, caught.value.place) == (file, place)
    assert message.startswith(f"{file}: {place}")
    said = message.removeprefix(f"{file}: {place}")
    assert rule in said
    assert remedy in said


@pytest.mark.parametrize("case", BROKEN_TESTS)
def test_a_broken_test_module_is_told_place_rule_and_remedy(tmp_path: Path, case: str) -> None:
    """What is wrong with a declared check names the module, the line and the test, the rule and the remedy."""
    old, new, test, rule, remedy = BROKEN_TESTS[case]
    assert old in TEST
    content = TEST.replace(old, new)
    folder = write_kata(tmp_path, test=content)
    with pytest.raises(CurriculumError) as caught:
        load_kata(folder)
    assert caught.value.file == folder / "test_brew.py"
    line = [number for number, text in enumerate(content.splitlines(), 1) if "@check" in text][-1:]
    assert caught.value.place == (f"line {line[0]}, {test}" if test else "")
    assert rule in str(caught.value)
    assert remedy in caught.value.remedy


def test_the_contract_of_an_exercise_has_what_holds_for_all(tmp_path: Path) -> None:
    """A sentence for all exercises comes first, with those of its checks that this exercise has."""
    shared = '[[contract]]\nid = "fresh"\nen = "a"\nzh-CN = "b"\nchecks = ["test_leaves", "test_milk"]\n'
    kata = load_kata(write_kata(tmp_path, VALID.replace("[[exercise]]", f"{shared}\n[[exercise]]")))
    fresh, hot, cup = kata.sentences(kata.exercises[0])
    assert (fresh.id, fresh.checks, hot.id, hot.function, hot.checks) == (
        "fresh", ("test_leaves",), "hot", "brew", ("test_water",)
    )  # fmt: skip
    assert (cup.given, cup.checks, cup.text["zh-CN"]) == (True, (), "什么杯子都行。")


def test_a_declared_check_stays_the_function_that_it_is() -> None:
    """The declaration is read from the text, and changes nothing that pytest sees."""

    def test_it() -> None:
        """Nothing."""

    assert check(points=2, builds_on=[test_it])(test_it) is test_it
    assert not vars(test_it)


def test_an_exercise_without_its_test_module_is_told_so(tmp_path: Path) -> None:
    """Its checks are declared there, so there are none without it."""
    folder = write_kata(tmp_path)
    (folder / "test_brew.py").unlink()
    with pytest.raises(CurriculumError, match=r"test_brew\.py: is missing\. Write the test"):
        load_kata(folder)


def test_one_broken_kata_hides_no_other(tmp_path: Path) -> None:
    """Read one by one, the katas and the errors come in the order of the course."""
    for number in ("02", "07", "10"):
        write_kata(tmp_path, VALID.replace('"07"', f'"{number}"'), f"{number}_tea")
    (tmp_path / "02_tea" / "kata.toml").unlink()
    broken, *katas = read_course(tmp_path)
    assert isinstance(broken, CurriculumError)
    assert [kata.number for kata in katas if not isinstance(kata, CurriculumError)] == ["07", "10"]


def test_a_kata_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    """A `kata.toml` in another encoding gives an error that names the file."""
    folder = write_kata(tmp_path)
    (folder / "kata.toml").write_bytes(VALID.encode("gb18030"))
    with pytest.raises(CurriculumError, match=r"kata\.toml: is not valid TOML .*utf-8"):
        load_kata(folder)


def test_a_kata_without_its_file_is_told_so(tmp_path: Path) -> None:
    """A folder without a `kata.toml` gives an error that names the missing file and the remedy."""
    with pytest.raises(CurriculumError, match=r"kata\.toml: cannot be read .* Copy one from another kata"):
        load_kata(tmp_path)


def test_a_course_is_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    """The katas come by number, and folders that are no katas are passed over."""
    for number in ("10", "02", "07"):
        write_kata(tmp_path, VALID.replace('"07"', f'"{number}"'), f"{number}_tea")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "08_notes.txt").touch()
    assert [kata.number for kata in load_course(tmp_path)] == ["02", "07", "10"]


def test_a_course_has_each_number_once(tmp_path: Path) -> None:
    """Two katas with one number give an error that names both."""
    write_kata(tmp_path)
    write_kata(tmp_path, name="07_coffee")
    with pytest.raises(CurriculumError, match=r"07_tea.kata\.toml: number: .*07_coffee.* another number"):
        load_course(tmp_path)


def test_a_course_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    """A course folder that does not exist gives an error with the remedy."""
    with pytest.raises(CurriculumError, match=r"nowhere: is not a folder\. Name the folder"):
        load_course(tmp_path / "nowhere")


def test_a_test_module_leads_to_its_exercise(tmp_path: Path) -> None:
    """`test_NAME.py` in a kata's folder belongs to the exercise NAME, also while it does not exist."""
    folder = write_kata(tmp_path)
    assert find_exercise(folder / "test_brew.py") == load_kata(folder).exercises[0]


@pytest.mark.parametrize("name", ["brew.py", "conftest.py", "test_brew.txt"])
def test_other_files_of_a_kata_lead_to_no_exercise(tmp_path: Path, name: str) -> None:
    """Only test modules belong to an exercise."""
    assert find_exercise(write_kata(tmp_path) / name) is None


def test_test_modules_elsewhere_lead_to_no_exercise(tmp_path: Path) -> None:
    """A folder without a `kata.toml` has nothing to do with the course."""
    assert find_exercise(tmp_path / "test_brew.py") is None


def test_a_test_module_that_the_kata_does_not_list_is_told_so(tmp_path: Path) -> None:
    """A test module without an exercise gives an error that names both, and the remedy."""
    folder = write_kata(tmp_path)
    with pytest.raises(CurriculumError, match=r'kata\.toml: exercise: .*test_milk\.py.* name = "milk"'):
        find_exercise(folder / "test_milk.py")
