"""Turns a diagnosis into words: its id picks the text, its facts fill the placeholders.

The texts that all topics share are in `texts/<language>.toml`, those of a topic in its folder, in a file of the same
name. A number that stands before a noun is written with both forms of it: `{left:# process is|# processes are}`.

Whatever is wrong with the texts (an unknown id, a fact that is not there, a format that does not suit a value), a
learner still reads a sentence, with "?" for what is missing. Our tests find these gaps by `Messages.missing`,
`Messages.placeholders` and by comparing the languages.

What `text` returns holds facts as they came from the learner's program: show it through `report.layout.visible`.
"""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conc_checker.record.verdict import Diagnosis

LANGUAGES = ("en", "zh-CN")
PARTS = ("title", "seen", "why", "try")
_WORDS = "words"
_UNKNOWN = "?"
_LINE_END = re.compile(r"\s*\n\s*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Text:
    """What a learner reads of a diagnosis; each part is one paragraph, and may be empty but for the title."""

    title: str
    seen: str = ""
    why: str = ""
    try_: str = ""


class Messages:
    """The catalogue of one language."""

    def __init__(self, language: str, tables: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._tables = {
            name: {key: _one_paragraph(text) for key, text in table.items()} for name, table in tables.items()
        }

    @classmethod
    def load(cls, language: str, *folders: Path) -> Messages:
        """Read the texts of a language: the shared ones, and those in these folders of topics.

        A language that we do not have raises ValueError, and so does a text that stands in two files.
        """
        if language not in LANGUAGES:
            raise ValueError(f"there are no messages in {language!r}; choose one of: {', '.join(LANGUAGES)}")
        tables: dict[str, dict[str, str]] = {_WORDS: {}}
        for folder in (Path(__file__).parent, *folders):
            file = folder / f"{language}.toml"
            found = tomllib.loads(file.read_text(encoding="utf-8"))
            words = found.pop(_WORDS, {})
            if doubled := (found.keys() & tables.keys()) | (words.keys() & tables[_WORDS].keys()):
                raise ValueError(
                    f"{file}: {', '.join(sorted(doubled))}: there is such a text already. Keep one of the two"
                )
            tables |= found
            tables[_WORDS] |= words
        return cls(language, tables)

    @property
    def ids(self) -> frozenset[str]:
        """The diagnoses that have a text."""
        return frozenset(self._tables) - {_WORDS}

    @property
    def words(self) -> frozenset[str]:
        """The keys of all fixed words."""
        return frozenset(self._tables.get(_WORDS, {}))

    def parts(self, diagnosis_id: str) -> frozenset[str]:
        """Return which of `PARTS` a diagnosis has."""
        return frozenset(self._tables.get(diagnosis_id, {}))

    def text(self, diagnosis: Diagnosis) -> Text:
        """Return the text of a diagnosis; an unknown id gets a general one that names it."""
        facts = _facts(diagnosis)
        table = self._tables.get(diagnosis.id) if diagnosis.id != _WORDS else None
        if table is None:
            key = "unknown seen at line" if diagnosis.site else "unknown seen"
            return Text(diagnosis.id.replace("-", " "), self.word(key, id=diagnosis.id, **facts))
        title, seen, why, try_ = (_fill(table.get(part, ""), facts) for part in PARTS)
        return Text(title or diagnosis.id.replace("-", " "), seen, why, try_)

    def word(self, key: str, /, **facts: Any) -> str:
        """Return a fixed word or phrase with its placeholders filled; an unknown key is its own text."""
        return _fill(self._tables.get(_WORDS, {}).get(key, key), facts)

    def placeholders(self, diagnosis_id: str) -> frozenset[str]:
        """Return the names of all facts that the text of a diagnosis, or the word of this key, asks for."""
        table = self._tables.get(diagnosis_id)
        if table is None or diagnosis_id == _WORDS:
            table = {"word": self._tables.get(_WORDS, {}).get(diagnosis_id, "")}
        return frozenset().union(*map(placeholders, table.values()))

    def missing(self, diagnosis: Diagnosis) -> frozenset[str]:
        """Return the facts that the text asks for and the diagnosis does not have: for tests of checks."""
        facts = _facts(diagnosis)
        return frozenset(n for n in self.placeholders(diagnosis.id) if facts.get(n) is None)


def placeholders(template: str) -> frozenset[str]:
    """Return the names in braces; a template that cannot be read raises ValueError."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def choose_language(requested: str | None, environ: Mapping[str, str]) -> str:
    """Return the language to speak: as asked, else by CONC_LANG, else by the locale, else English.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX has it. Any Chinese is
    zh-CN.
    """
    for wish in (requested, environ.get("CONC_LANG")):
        if wish:
            return _nearest(wish)
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return _nearest(locale)


def _nearest(wish: str) -> str:
    return "zh-CN" if wish.strip().lower().startswith("zh") else "en"


def _facts(diagnosis: Diagnosis) -> dict[str, Any]:
    site = diagnosis.site
    place = {"file": site.file, "line": site.line, "function": site.function or None} if site else {}
    # A check that states a fact of the same name knows better than the site.
    facts = {name: value for name, value in diagnosis.facts.items() if name not in ("key", "id")}
    return {**place, **facts}


def _one_paragraph(text: str) -> str:
    """Join the lines of a text: by a space, but by nothing next to a Chinese character or its punctuation."""

    def joint(end: re.Match[str]) -> str:
        before, after = text[max(0, end.start() - 1) : end.start()], text[end.end() : end.end() + 1]
        return "" if not before or not after or _WIDE.match(before) or _WIDE.match(after) else " "

    return _LINE_END.sub(joint, text)


class _Forgiving(string.Formatter):
    """`str.format` that never fails for a fact: a missing one is "?", a wrong format is left out."""

    def get_field(
        self,
        field_name: str,
        args: Sequence[Any],  # noqa: ARG002 (the base class hands it over; our texts have names only)
        kwargs: Mapping[str, Any],
    ) -> Any:
        value = kwargs.get(field_name)
        return (_UNKNOWN if value is None else value), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(map(str, value))
        if "|" in format_spec:
            one, _, many = format_spec.partition("|")
            return (one if value == 1 else many).replace("#", str(value))
        try:
            return format(value, format_spec)
        except (ValueError, TypeError):
            return str(value)


def _fill(template: str, facts: Mapping[str, Any]) -> str:
    try:
        return _Forgiving().vformat(template, (), facts)
    except (ValueError, KeyError, IndexError):
        # Braces that do not match: our mistake, and no reason to fail in front of a learner.
        return template
