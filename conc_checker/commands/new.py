"""`conc new kata`: writes a kata with all its parts, whose gaps `conc verify` then counts.

The parts are templates beside this module, the same for each topic. What differs between topics, how a stub looks at
first and how the lab is spoken to, is in a topic's `skeleton.toml`.
"""

from __future__ import annotations

import string
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker import topics
from conc_checker.course.curriculum import is_kata_name, kata_folders, refuse_module_name
from conc_checker.course.find import COURSE, PROGRAMS, SOLUTIONS, UsageError, find_root
from conc_checker.course.gaps import gaps_of_kata

if TYPE_CHECKING:
    import argparse

UNNAMED = "todo"  # what right and wrong programs are called until somebody knows better
_TEMPLATES = Path(__file__).parent / "skeleton"
_SPEECH = "skeleton.toml"
_PARTS = {
    "kata.toml": f"{COURSE}/$kata/kata.toml",
    "README.md": f"{COURSE}/$kata/README.md",
    "README.zh-CN.md": f"{COURSE}/$kata/README.zh-CN.md",
    "stub.py": f"{COURSE}/$kata/$exercise.py",
    "test.py": f"{COURSE}/$kata/test_$exercise.py",
    "solution.py": f"{SOLUTIONS}/$kata/$exercise.py",
    "right.py": f"{PROGRAMS}/right/$kata/$exercise/{UNNAMED}.py",
    "wrong.py": f"{PROGRAMS}/wrong/$kata/$exercise/{UNNAMED}.py",
    "wrong_at_import.py": f"{PROGRAMS}/wrong/$kata/$exercise/no-main-guard.py",
}


def new_kata(options: argparse.Namespace) -> int:
    """Write the skeleton of a kata, and print its files and what comes next; return the exit status."""
    course: Path | None = options.course
    root = find_root(course.parent if course and course.name == COURSE else course, Path.cwd())
    parts = skeleton(options.kata, options.topic, options.exercise or options.kata[3:])
    _refuse_taken(root, options.kata, list(parts))
    for name, text in parts.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"written: {file}")
    number = len(list(gaps_of_kata(root, options.kata)))
    where = f" {root}" if course else ""
    print(f"\nIts gaps, {number} of them, are marked TODO(kata). List what is still to be done: conc verify{where}")
    return 0


def skeleton(kata: str, topic: str, exercise: str) -> dict[str, str]:
    """Return the files of a new kata, by their place in the course; raise UsageError for names that cannot be."""
    if not is_kata_name(kata) or kata.endswith("_") or refuse_module_name(f"x{kata}"):
        raise UsageError(f"'{kata}' is no name of a kata: it is two digits and a word. Write, say, 06_pipes")
    if topic not in topics.names():
        raise UsageError(f"there is no topic '{topic}'. Choose one of: {', '.join(topics.names())}")
    if refused := refuse_module_name(exercise):
        rule, _ = refused
        raise UsageError(f"the exercise cannot be called so: the name {rule}. Name it yourself: --exercise NAME")
    names = {
        "kata": kata,
        "number": kata[:2],
        "name": kata[3:].replace("_", " ").capitalize(),
        "topic": topic,
        "exercise": exercise,
    }
    names |= _speech(topic, exercise)
    return {
        string.Template(place).substitute(names): string.Template(
            (_TEMPLATES / f"{part}.template").read_text(encoding="utf-8")
        ).substitute(names)
        for part, place in _PARTS.items()
    }


def _speech(topic: str, exercise: str) -> dict[str, str]:
    """Return what a topic says of stubs and of its lab, or what holds for all where it says nothing."""
    own = topics.folder(topic) / _SPEECH
    said = tomllib.loads((own if own.is_file() else _TEMPLATES / _SPEECH).read_text(encoding="utf-8"))
    imports = f"{said['imports']}\n\n\n" if said["imports"] else "\n"
    example = string.Template(said["example"]).substitute(exercise=exercise)
    return {"imports": imports, "signature": said["signature"], "example": example}


def _refuse_taken(root: Path, kata: str, places: list[str]) -> None:
    """Raise UsageError where a kata of this number, or a file of this name, is already there."""
    for folder in kata_folders(root / COURSE):
        if folder.name == kata:
            raise UsageError(f"there is a kata {kata} in {root / COURSE} already. Choose another name")
        if folder.name[:2] == kata[:2]:
            last = max(int(other.name[:2]) for other in kata_folders(root / COURSE))
            raise UsageError(f"the number {kata[:2]} is taken by {folder.name}. Choose another, such as {last + 1:02}")
    for place in places:
        if (root / place).exists():
            raise UsageError(f"{root / place} is there already, and would be overwritten. Move it away first")
