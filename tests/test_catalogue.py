"""The catalogue: each mistake that the checker can name has a text, and no text asks for what may be missing."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import corpus
import pytest
from rich.cells import cell_len

from conc_checker.record.verdict import Diagnosis
from conc_checker.texts.messages import LANGUAGES, PARTS, Messages, Text
from conc_checker.topics.scheduling import mutants, properties, shape

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = corpus.ROOT / "conc_checker"
SOURCES = sorted([*(PACKAGE / "checks").rglob("*.py"), *(PACKAGE / f"{name}.py" for name in ("lab", "plugin", "run"))])
CATALOGUES = {language: Messages.load(language) for language in LANGUAGES}
IDS = sorted(CATALOGUES["en"].ids)

TITLE = 60  # columns
LINE = 76  # columns for a title and the id beside it, with indent and gap on a line of 80
SITE = frozenset({"file", "line"})  # what a place adds to the facts; the function is not always known

# Diagnoses of checks that have gathered tasks, and so know how many there should be.
COUNTED = frozenset(
    {
        "joined-inside-the-loop",
        "pool-apply-is-serial",
        "pool-too-small",
        "chunks-too-large",
        "started-one-after-another-by-a-lock",
        "one-process-for-all",
        "not-alive-together",
    }
)

# Recognisers of schedules that take the name from a table.
NAMED_BY_TABLES = {
    "known_schedule": {name for table in mutants.MUTANTS.values() for name, _ in table},
    "known_times": {name for name, _ in mutants.TIMES},
    "broken_property": set(properties.PROPERTIES),
    "wrong_form": set(re.findall(r'ShapeError\("([a-z-]+)"', inspect.getsource(shape))),
}

# Our own words, which no learner knows, and words that no learner should have to read.
JARGON = {
    "en": (
        r"\b(subjects?|supervisors?|prob(e|es|ed)|trac(e|es|ed)|gat(e|es|ed)|harness\w*|verdicts?"
        r"|diagnos\w+|recogni[sz]ers?)\b"
    ),
    "zh-CN": "监督|监控|探针|轨迹|追踪|跟踪|门前|一道门|放行|被测|框架|判决|诊断",
}
BLAME = {
    "en": r"\b(obvious\w*|simply|of course|stupid\w*|silly|careless\w*|you (forgot|failed)|your fault)\b",
    "zh-CN": "显然|当然|粗心|笨|你忘|忘了|你错|太简单",
}


# ── what the code can say ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Saying:
    """One `Diagnosis(…)` of the code: an id that it may have, and the facts that it surely has."""

    id: str
    facts: frozenset[str]
    where: str


class Reader:
    """Reads one module as far as needed to know what the arguments of its `Diagnosis(…)` calls can be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = ast.walk(self.tree)
        self.functions = {n.name: n for n in nodes if isinstance(n, ast.FunctionDef)}

    def sayings(self) -> list[Saying]:
        """Return what this module can say."""
        found = []
        for function in self.functions.values():
            for call in _calls(function, "Diagnosis"):
                place = call.args[1] if len(call.args) > 1 else ast.Constant(None)
                given = call.args[2] if len(call.args) > 2 else ast.Dict([], [])
                where = f"{self.path.name}:{call.lineno}"
                if function.name == "broken_property":
                    found += [Saying(name, SITE | _facts_of_property(name), where) for name in properties.PROPERTIES]
                    continue
                # What one recogniser hands on, another has found: its facts are counted there.
                facts = frozenset() if isinstance(call.args[0], ast.Attribute) else self.keys(given, function)
                if not (isinstance(place, ast.Constant) and place.value is None):
                    facts |= SITE
                found += [Saying(name, facts, where) for name in self.strings(call.args[0], function)]
        return found

    def strings(self, node: ast.expr, function: ast.FunctionDef, column: int | None = None) -> set[str]:
        """Return the strings that an expression can be; for the rows of a table, those in a column."""
        parts: list[tuple[ast.expr, ast.FunctionDef, int | None]] | None = None
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.Constant(value=None) | ast.Attribute(attr="id"):  # no diagnosis; one that is passed on
                return set()
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=end)]):
                return {f"{name}{end}" for name in _wanted_definitions()}
            case ast.IfExp():
                parts = [(node.body, function, None), (node.orelse, function, None)]
            case ast.Tuple() if column is not None:
                rows = [row for row in node.elts if isinstance(row, ast.Tuple)]
                parts = [(row.elts[column], function, None) for row in rows]
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                called = self.functions[name]
                returns = [n.value for n in ast.walk(called) if isinstance(n, ast.Return)]
                parts = [(value, called, None) for value in returns if value]
            case ast.Name(id="name") if function.name in NAMED_BY_TABLES:
                return NAMED_BY_TABLES[function.name]
            case ast.Name():
                found = self.assigned(node.id, function)
                parts = [(value, function, column if place is None else place) for value, place in found]
        if not parts:
            raise AssertionError(f"{self.path.name}:{node.lineno}: this test cannot tell which ids these are")
        return set().union(*(self.strings(*part) for part in parts))

    def keys(self, node: ast.expr, function: ast.FunctionDef) -> frozenset[str]:
        """Return the keys that a dictionary surely has."""
        match node:
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                return frozenset().union(
                    *(self.strings(k, function) if k else self.keys(v, function) for k, v in pairs)
                )
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                called = self.functions[name]
                returns = [n.value for n in ast.walk(called) if isinstance(n, ast.Return) and n.value]
                return frozenset.intersection(*(self.keys(value, called) for value in returns))
            case ast.Name():
                sources = [(value, function) for value, _ in self.assigned(node.id, function)]
                names = [a.arg for a in function.args.args]
                if not sources and node.id in names:  # a parameter: whatever all callers hand over
                    place = names.index(node.id)
                    callers = self.functions.values()
                    sources = [(call.args[place], c) for c in callers for call in _calls(c, function.name)]
                if sources:
                    return frozenset.intersection(*(self.keys(*source) for source in sources))
        raise AssertionError(f"{self.path.name}:{node.lineno}: this test cannot tell which facts that has")

    def assigned(self, name: str, function: ast.FunctionDef) -> list[tuple[ast.expr, int | None]]:
        """Return the expressions that give a name its value, in the function or else in the module.

        For a name that a loop sets from the rows of a table: the table, and the column of the name.
        """
        for scope in (ast.walk(function), iter(self.tree.body)):
            found: list[tuple[ast.expr, int | None]] = []
            for node in scope:
                match node:
                    case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
                        pairs = [(target, value)]
                        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                            pairs = list(zip(target.elts, value.elts, strict=True))
                        found += [(v, None) for t, v in pairs if v and _is_name(t, name)]
                    case ast.For(target=ast.Tuple(elts=targets), iter=table):
                        found += [(table, column) for column, t in enumerate(targets) if _is_name(t, name)]
            if found:
                return found
        return []


def _facts_of_property(name: str) -> frozenset[str]:
    """Return the facts of a property that does not hold: what all its dictionaries have, and the call."""
    tree = ast.parse(inspect.getsource(properties.PROPERTIES[name]))
    found = [n.value.keys for n in ast.walk(tree) if isinstance(n, ast.Return) and isinstance(n.value, ast.Dict)]
    return frozenset.intersection(*(frozenset(ast.literal_eval(k) for k in keys if k) for keys in found)) | {"call"}


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _calls(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    return [n for n in ast.walk(function) if isinstance(n, ast.Call) and _is_name(n.func, name)]


def _wanted_definitions() -> set[str]:
    """Return the names of the functions that the katas' tests ask a script for."""
    tests = [path.read_text(encoding="utf-8") for path in (corpus.ROOT / "katas").glob("*/test_*.py")]
    asked = "".join("".join(re.findall(r"\.defines\(([^)]*)\)", text)) for text in tests)
    return set(re.findall(r'"(\w+)"', asked))


@cache
def sayings() -> list[Saying]:
    """Return everything that the code can say."""
    return [saying for path in SOURCES for saying in Reader(path).sayings()]


# ── complete, and nothing beyond ────────────────────────────────────────────────────────────────────────────


def test_the_code_is_read() -> None:
    """Ids are found in calls, in tables, in what functions return, in conditions and in names that are put together."""
    found = {saying.id for saying in sayings()}
    assert {"busy-waiting", "started-twice", "lambda-as-target", "joined-only-the-first", "main-missing"} <= found
    assert {"join-result-used", "zombie-left", "left-running", "supervisor-killed", "blocked", "not-started"} <= found
    assert len(found) > 90
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in found)


def test_the_facts_are_read() -> None:
    """Facts are those that every place has which says it; a place adds file and line, None does not."""
    assert _facts_of("wrong-file") == SITE | {"name"}
    assert _facts_of("elapsed-in-milliseconds") == SITE | {"value", "took", "unit"}
    assert _facts_of("started-twice") == SITE | {"error", "message"}
    assert _facts_of("created-never-started") == SITE
    assert _facts_of("machine-too-busy") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_code_can_say_has_a_text(language: str) -> None:
    """No learner reads a bare id."""
    parts = CATALOGUES[language].parts
    assert not {f"{saying.id} ({saying.where})" for saying in sayings() if parts(saying.id) != set(PARTS)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_of_the_corpus_has_a_text(language: str) -> None:
    """The ids of the wrong programs are in the catalogue."""
    names = {example.diagnosis for example in corpus.examples() if example.diagnosis}
    assert len(names) > 80
    assert not {name for name in names if CATALOGUES[language].parts(name) != set(PARTS)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over(language: str) -> None:
    """A text whose mistake nobody names any more goes, or its id is misspelt."""
    assert not CATALOGUES[language].ids - {saying.id for saying in sayings()}


# ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────


def _facts_of(name: str) -> frozenset[str]:
    found = [saying.facts for saying in sayings() if saying.id == name and saying not in _last_resorts()]
    return frozenset.intersection(*found)


def _last_resorts() -> list[Saying]:
    # Where no recogniser says more of a crash, its rule has no facts to give.
    return [s for s in sayings() if s.id == "crashed" and not s.where.startswith("raising.py")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_a_text_asks_only_for_facts_that_are_always_there(language: str, name: str) -> None:
    """Whichever line of the code says it, each placeholder is filled; so no learner reads "?"."""
    allowed = _facts_of(name) | ({"count"} if name in COUNTED else set())
    assert CATALOGUES[language].placeholders(name) <= allowed


# ── how it reads ────────────────────────────────────────────────────────────────────────────────────────────


def _text(language: str, name: str) -> Text:
    facts = dict.fromkeys(CATALOGUES[language].placeholders(name), "7")
    facts |= {"name": "start_and_join", "error": "FileNotFoundError", "signal": "SIGABRT"}
    return CATALOGUES[language].text(Diagnosis(name, None, facts))


def _paragraphs(language: str, name: str) -> list[str]:
    text = _text(language, name)
    return [text.title, text.seen, text.why, text.try_]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_a_title_is_a_short_sentence(language: str, name: str) -> None:
    """A title leaves room for the id beside it, and ends as a sentence does."""
    title = _text(language, name).title
    assert cell_len(title) < TITLE
    assert cell_len(title) + len(name) <= LINE
    assert title.endswith("." if language == "en" else "。")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_a_text_has_no_jargon_and_no_blame(language: str, name: str) -> None:
    """Our own words stay with us, and nobody is told off."""
    for paragraph in _paragraphs(language, name):
        for words in (JARGON[language], BLAME[language]):
            assert not re.search(words, paragraph, re.IGNORECASE), paragraph


@pytest.mark.parametrize("name", IDS)
def test_chinese_has_its_own_punctuation(name: str) -> None:
    """Marks next to a Chinese character are full-width; between Chinese and Latin letters stands a space."""
    for paragraph in _paragraphs("zh-CN", name):
        assert not re.search(r"[\u4e00-\u9fff][,.;:?!()]|[,.;:?!()][\u4e00-\u9fff]", paragraph), paragraph
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9_]|[A-Za-z0-9_][\u4e00-\u9fff]", paragraph), paragraph
        assert paragraph.endswith(("\u3002", "\uff1f", "\uff09", "7")), paragraph
