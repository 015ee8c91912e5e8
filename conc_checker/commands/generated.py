"""What the course says twice, and is therefore written by `conc sync`: from each `kata.toml`, and from no other place.

In a README: the title of a kata, the sentences of its contracts, and the tables of katas. In the workflow of a
classroom: a step for each kata, what stands for its result when that is missing, and the list for the reporter.
Contracts, tables and steps stand between two lines with `conc sync: NAME` and `conc sync: end`, in whatever comment the
file has.
A kata that has gaps is not yet in any of them.
"""

from __future__ import annotations

import ast
import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conc_checker.course.curriculum import KATA_FILE, LANGUAGES
from conc_checker.course.find import COURSE
from conc_checker.course.gaps import gaps_of_kata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from conc_checker.course.contract import Sentence
    from conc_checker.course.curriculum import Kata

READMES = ("README.md", "README.zh-CN.md")  # in the order of LANGUAGES
WORKFLOW = ".github/workflows/classroom.yml"
_HEADS = {"en": ("kata", "what it is about"), "zh-CN": ("kata", "讲什么")}
_BLOCK = r"(?m)^ *(?:<!--|#) conc sync: {name}\b.*\n(?P<old>(?:.*\n)*?) *(?:<!--|#) conc sync: end\b"


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that does not say what the katas say; `content` is what it should be, None when a mark is missing."""

    file: Path
    rule: str
    content: str | None
    remedy: str = "Run: conc sync"


def stale(root: Path, katas: Sequence[Kata]) -> Iterator[Stale]:
    """Go through the files of a course that are to be written anew; files that are not there are not wanted."""
    finished = [kata for kata in katas if not any(gaps_of_kata(root, kata.folder.name))]
    for kata in finished:
        for name, language in zip(READMES, LANGUAGES, strict=True):
            title, rule = (
                f"# {kata.number} · {kata.title[language]}",
                f"does not have the contract that {KATA_FILE} has",
            )
            yield from _written(kata.folder / name, rule, _contracts(kata, language), title)
    rule = "does not say of the katas what they say themselves"
    for name, language in zip(READMES, LANGUAGES, strict=True):
        yield from _written(root / name, rule, {"katas": _table(finished, language)})
    blocks = {"steps": _steps(finished), "results": _results(finished), "runners": _runners(finished)}
    yield from _written(root / WORKFLOW, rule, blocks)


def _titled(text: str, title: str) -> str:
    """Return a README under this title."""
    first, _, rest = text.partition("\n")
    if first == title:
        return text
    return f"{title}\n{rest}" if first.startswith("# ") else f"{title}\n\n{first}\n{rest}"


def _written(file: Path, rule: str, wanted: Mapping[str, str], title: str = "") -> Iterator[Stale]:
    """Compare the title of a file, and each of its blocks, with what they should be."""
    if not file.is_file():
        return
    before = file.read_text(encoding="utf-8")
    text = _titled(before, title) if title else before
    if text != before:
        rule = f"does not begin with number and title as {KATA_FILE} has them"
    for name, lines in wanted.items():
        block = re.search(_BLOCK.format(name=name), text)
        if block is None:
            missing = f"has no place for what is written into it: {name}"
            remedy = f"Add two lines of comment there, 'conc sync: {name}' and 'conc sync: end', and run: conc sync"
            yield Stale(file, missing, None, remedy)
        else:
            text = text[: block.start("old")] + lines + text[block.end("old") :]
    if text != before:
        yield Stale(file, rule, text)


def _contracts(kata: Kata, language: str) -> dict[str, str]:
    """Return the contract that holds for all exercises of a kata, and that of each, by the names of their blocks."""
    found = {kata.folder.name: _contract(kata.contract, language, {})}
    for exercise in kata.exercises:
        signatures = _signatures(kata.folder / f"{exercise.name}.py")
        found[exercise.name] = _contract(exercise.contract, language, signatures)
    return {f"contract of {name}": text for name, text in found.items() if text}


def _contract(sentences: Sequence[Sentence], language: str, signatures: Mapping[str, str]) -> str:
    lines: list[str] = []
    for sentence in sentences:
        if sentence.function:
            lines += ["", f"`{signatures.get(sentence.function, sentence.function)}`", ""]
        first, *others = sentence.text[language].splitlines()
        lines += [f"- {first}", *(f"  {other}" for other in others)]
    return "".join(f"{line}\n" for line in lines[lines[:1] == [""] :])


def _signatures(stub: Path) -> dict[str, str]:
    """Return how each function of a stub is called, by its name: without the types of what it takes."""
    try:
        module = ast.parse(stub.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):  # which is said elsewhere
        return {}
    found = {}
    for function in module.body:
        if isinstance(function, ast.FunctionDef):
            for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
                argument.annotation = None
            returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
            found[function.name] = f"{function.name}({ast.unparse(function.args)}){returns}"
    return found


def _table(katas: Sequence[Kata], language: str) -> str:
    readme = READMES[LANGUAGES.index(language)]
    rows = [f"| [{k.folder.name}]({COURSE}/{k.folder.name}/{readme}) | {k.about[language]} |" for k in katas]
    first, second = _HEADS[language]
    return "".join(f"{line}\n" for line in (f"| {first} | {second} |", "|---|---|", *rows))


# The reporter takes letters and digits as ids, joined by commas.


def _steps(katas: Sequence[Kata]) -> str:
    return "".join(
        f"      - id: kata{kata.number}\n"
        "        if: ${{ !cancelled() }}\n"
        f"        run: conc grade {kata.number} --format classroom --course course/{COURSE}"
        f" --kata-source submission/{COURSE}\n"
        for kata in katas
    )


def _runners(katas: Sequence[Kata]) -> str:
    return f"          runners: {','.join(f'kata{kata.number}' for kata in katas)}\n"


def _results(katas: Sequence[Kata]) -> str:
    return "".join(
        f"          KATA{kata.number}_RESULTS: "
        f"${{{{ steps.kata{kata.number}.outputs.result || '{_not_graded(kata)}' }}}}\n"
        for kata in katas
    )


def _not_graded(kata: Kata) -> str:
    """Return the result of a kata whose grading was broken off, as the reporter reads it."""
    test = {
        "name": f"{kata.folder.name}: not graded",
        "status": "error",
        "score": 0,
        "message": "The grading has not come to its end; see the log of its step.",
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }
    result = {"version": 1, "status": "error", "max_score": kata.points, "tests": [test]}
    return base64.b64encode(json.dumps(result, separators=(",", ":")).encode()).decode()
