"""Messages: the languages agree, what is missing still reads, the language is chosen as documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conc_checker import topics
from conc_checker.record.trace import Site
from conc_checker.record.verdict import Diagnosis
from conc_checker.texts.messages import LANGUAGES, PARTS, Messages, choose_language, placeholders

CATALOGUES = {language: Messages.load(language, *map(topics.folder, topics.names())) for language in LANGUAGES}
ENGLISH = CATALOGUES["en"]
IDS = sorted(ENGLISH.ids)
PACKAGE = Path(__file__).parents[1] / "conc_checker"
JOINED = Diagnosis("joined-inside-the-loop", Site("a.py", 14, "run_all"), {"inside": 1, "count": 10})


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_diagnoses_and_words(language: str) -> None:
    """No language lacks a diagnosis or a fixed word that another has."""
    assert CATALOGUES[language].ids == ENGLISH.ids
    assert CATALOGUES[language].words == ENGLISH.words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_each_diagnosis_has_all_parts_and_asks_for_the_same_facts(language: str, name: str) -> None:
    """A diagnosis has title, seen, why and try in each language, and no language needs a fact of its own."""
    assert CATALOGUES[language].parts(name) == set(PARTS)
    assert CATALOGUES[language].placeholders(name) == ENGLISH.placeholders(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(ENGLISH.words))
def test_each_word_asks_for_the_same_facts(language: str, key: str) -> None:
    """A fixed phrase has the same placeholders in each language."""
    assert CATALOGUES[language].placeholders(key) == ENGLISH.placeholders(key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_no_part_is_empty_and_a_title_is_one_line_without_a_line_number(language: str, name: str) -> None:
    """Each part says something, and a title fits one line beside the diagnosis."""
    text = CATALOGUES[language].text(Diagnosis(name))
    assert all((text.title, text.seen, text.why, text.try_))
    assert "\n" not in text.title
    assert "{line}" not in text.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_a_text_without_any_facts_reads_with_question_marks(language: str, name: str) -> None:
    """Missing facts never raise, are shown as "?", and are reported by `missing`."""
    messages = CATALOGUES[language]
    text = messages.text(Diagnosis(name))
    everything = text.title + text.seen + text.why + text.try_
    assert "{" not in everything
    assert messages.missing(Diagnosis(name)) == messages.placeholders(name)
    assert ("?" in everything.replace("\N{FULLWIDTH QUESTION MARK}", "")) or not messages.placeholders(name)


def test_missing_facts_are_found_and_complete_ones_are_not() -> None:
    """`missing` names what the text asks for beyond the facts and the site; None is as good as missing."""
    assert ENGLISH.missing(JOINED) == frozenset()
    assert ENGLISH.missing(Diagnosis(JOINED.id, None, {"inside": None})) == {"inside", "count", "line"}


def test_facts_and_site_fill_the_text() -> None:
    """The diagnosis's facts and its line appear where the text asks for them."""
    seen = ENGLISH.text(JOINED).seen
    assert "1 of 10 tasks" in seen
    assert "line 14" in seen


def test_a_fact_goes_before_the_site() -> None:
    """A check that states the line or function as a fact knows better than the site."""
    diagnosis = Diagnosis("x", Site("a.py", 1, "<listcomp>"), {"function": "run_all"})
    assert Messages("en", {"x": {"title": "{function}"}}).text(diagnosis).title == "run_all"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["never-heard-of", "words"])
@pytest.mark.parametrize("site", [None, Site("a.py", 3)])
def test_an_unknown_diagnosis_reads_as_its_id(language: str, name: str, site: Site | None) -> None:
    """An id without a text, and the name of the table of words, get a general text that names the id."""
    text = CATALOGUES[language].text(Diagnosis(name, site, {"id": "x", "key": "y", "self": "z"}))
    assert text.title == name.replace("-", " ")
    assert name in text.seen
    assert ("a.py" in text.seen) is (site is not None)


@pytest.mark.parametrize(
    ("template", "facts", "expected"),
    [
        ("{took:.1f} s", {"took": 10.04}, "10.0 s"),
        ("{took:.1f} s", {"took": "long"}, "long s"),
        ("{took:.1f} s", {}, "? s"),
        ("{left:# process is|# processes are} left", {"left": 1}, "1 process is left"),
        ("{left:# process is|# processes are} left", {"left": 0}, "0 processes are left"),
        ("{left:# process is|# processes are} left", {}, "? processes are left"),
        ("{names}", {"names": ["a", "b"]}, "a, b"),
        ("{names.secret} {0}", {"names": "a"}, "? ?"),
        ("{message}", {"message": "{line} [bold]"}, "{line} [bold]"),
        ("{broken", {"broken": 1}, "{broken"),
    ],
)
def test_formats_never_fail(template: str, facts: dict[str, object], expected: str) -> None:
    """Facts of any type suit any format, are never formats themselves, and keep their attributes."""
    messages = Messages("en", {"x": {"title": template}})
    assert messages.text(Diagnosis("x", None, facts)).title == expected


def test_line_ends_join_words_but_not_chinese_characters() -> None:
    """A text may be written over several lines: in English a space joins them, in Chinese nothing does."""
    messages = Messages("en", {"x": {"title": "\none\n  two\n", "seen": "\u8fdb\u7a0b\uff1a\n\u7b49\u5f85"}})
    text = messages.text(Diagnosis("x"))
    assert text.title == "one two"
    assert text.seen == "\u8fdb\u7a0b\uff1a\u7b49\u5f85"


def test_a_language_that_we_do_not_have_is_refused() -> None:
    """Loading names the languages to choose from."""
    with pytest.raises(ValueError, match="choose one of: en, zh-CN"):
        Messages.load("fr")


@pytest.mark.parametrize(
    ("requested", "environ", "language"),
    [
        (None, {}, "en"),
        ("zh-CN", {"CONC_LANG": "en"}, "zh-CN"),
        ("en", {"CONC_LANG": "zh-CN", "LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", {}, "zh-CN"),
        ("ZH_cn", {}, "zh-CN"),
        ("fr", {}, "en"),
        (None, {"CONC_LANG": "zh-CN", "LANG": "en_US.UTF-8"}, "zh-CN"),
        (None, {"CONC_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"CONC_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh-CN"),
        (None, {"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh-CN"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "C"}, "zh-CN"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_language_is_chosen_by_option_then_variable_then_locale(
    requested: str | None, environ: dict[str, str], language: str
) -> None:
    """The option goes before CONC_LANG, that before the locale, in which LC_ALL goes first."""
    assert choose_language(requested, environ) == language


def test_every_word_that_the_report_asks_for_is_there() -> None:
    """No key in the report's code is misspelt: an unknown one would be shown to learners as it is."""
    files = [*(PACKAGE / "report").glob("*.py"), *(PACKAGE / "topics").rglob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    calls = r'(?:\bword|heading|note)\(\s*"([^"]+)"'
    labels = r'(?:_name\(\s*\w+,|\.label =|label=)\s*"([^"]+)"'
    asked = {*re.findall(calls, code), *re.findall(labels, code)}
    assert len(asked) > 15
    assert asked <= ENGLISH.words


def test_placeholders_are_names_and_nothing_more() -> None:
    """Catalogue texts use plain names only: no positions, attributes, indices or conversions."""
    for messages in CATALOGUES.values():
        for name in [*messages.ids, *messages.words]:
            assert all(p.isidentifier() for p in messages.placeholders(name)), (messages.language, name)
    assert placeholders("{a} {b:.1f} {{c}}") == {"a", "b"}
