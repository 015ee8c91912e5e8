"""The catalogues: each mistake that is declared has a text in its topic, and no text asks for what may be missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import corpus
import pytest
from rich.cells import cell_len

from conc_checker import topics
from conc_checker.diagnosis import explain as explaining
from conc_checker.diagnosis.explain import explain
from conc_checker.diagnosis.mistake import (
    Catalogue,
    DeclarationError,
    Mistake,
    Recogniser,
    mistake,
    not_for,
    only_for,
    passes_on,
    rule,
)
from conc_checker.diagnosis.story import Story
from conc_checker.lab.lab import SAID_BY_THE_LAB
from conc_checker.record.trace import Site, Trace
from conc_checker.record.verdict import Diagnosis, Outcome, Verdict, failed
from conc_checker.texts.messages import LANGUAGES, PARTS, Messages, Text

MESSAGES = {(name, language): topics.messages(name, language) for name in topics.names() for language in LANGUAGES}
SHARED = {language: Messages.load(language) for language in LANGUAGES}
TITLE = 60  # columns
LINE = 76  # columns for a title and the id beside it, with indent and gap on a line of 80

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


def declared(topic: str) -> dict[str, list[Mistake]]:
    """Return every mistake that a topic can name, and each declaration of it."""
    found: dict[str, list[Mistake]] = {one.id: [one] for one in SAID_BY_THE_LAB}
    for catalogue in topics.find(topic).catalogues.values():
        for name, declarations in catalogue.mistakes.items():
            found.setdefault(name, []).extend(declarations)
    return found


DECLARED = {name: declared(name) for name in topics.names()}
# Where no recogniser says more of a crash, its rule has no facts to give.
PAIRS = [(topic, name) for topic, mistakes in DECLARED.items() for name in sorted(mistakes)]


def told(topic: str, name: str) -> frozenset[str]:
    """Return the facts that are always there when a topic names a mistake."""
    return frozenset.intersection(*(one.told for one in DECLARED[topic][name] if not _is_last_resort(one)))


def _is_last_resort(one: Mistake) -> bool:
    return one.id == "crashed" and not one.placed


# ── complete, and nothing beyond ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", topics.names())
def test_everything_that_is_declared_has_a_text(topic: str, language: str) -> None:
    """No learner reads a bare id."""
    parts = MESSAGES[topic, language].parts
    assert not {name for name in DECLARED[topic] if parts(name) != set(PARTS)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", topics.names())
def test_no_text_is_left_over(topic: str, language: str) -> None:
    """A text whose mistake nobody names any more goes, or its id is misspelt."""
    assert not MESSAGES[topic, language].ids - SHARED[language].ids - DECLARED[topic].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shared_is_needed_by_more_than_one(language: str) -> None:
    """A mistake of one topic has its text there, and not among those that all share."""
    for name in SHARED[language].ids - {one.id for one in SAID_BY_THE_LAB}:
        assert sum(name in mistakes for mistakes in DECLARED.values()) > 1, name


def test_every_mistake_of_the_corpus_is_declared_in_its_topic() -> None:
    """The ids of the wrong programs are those of recognisers, or of a rule."""
    wrong = {(example.topic, example.diagnosis) for example in corpus.examples() if example.diagnosis}
    assert len(wrong) > 150
    assert not {(topic, name) for topic, name in wrong if name not in DECLARED[topic]}


@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_ids_are_written_alike(topic: str, name: str) -> None:
    """Words in lower case, with hyphens between."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name), topic


# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_a_text_asks_only_for_facts_that_are_always_there(topic: str, name: str, language: str) -> None:
    """Whoever says it, each placeholder is filled; that what is declared is said, `explain` sees to in our tests."""
    allowed = told(topic, name) | ({"count"} if name in COUNTED else set())
    assert MESSAGES[topic, language].placeholders(name) <= allowed


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────

_ONE_OF_MANY = re.compile(r"(?<![\w.{])1 (more )?(?!is\b|was\b|has\b|does\b|process\b)[a-z]+s\b")
STORY = Story(Trace())


@rule("made-up", Mistake("something-else"))
def _made_up(story: Story) -> Verdict:
    return failed("made-up", Diagnosis("something-else"))


def _catalogue(*recognisers: Recogniser) -> Catalogue:
    import sys

    return Catalogue(recognisers, (sys.modules[__name__],))


def _explained(*recognisers: Recogniser) -> Verdict:
    return explain(STORY, _made_up(STORY), _catalogue(*recognisers))


def test_the_first_that_recognises_it_names_it() -> None:
    """In the order of the catalogue, and with the outcome that was declared."""

    @mistake("one", outcome=Outcome.TIMED_OUT)
    def one(story: Story, rule: str) -> Diagnosis | None:
        return Diagnosis("one", Site("a.py", 1))

    @mistake("other")
    def other(story: Story, rule: str) -> Diagnosis | None:
        return Diagnosis("other")

    found = _explained(one, other)
    assert found.diagnosis == Diagnosis("one", Site("a.py", 1), {"count": None})
    assert found.outcome is Outcome.TIMED_OUT


def test_without_a_mistake_the_rule_says_what_it_knows() -> None:
    """The verdict stands: a failure that nobody recognises stays a failure."""
    found = _explained()
    assert found.diagnosis is not None
    assert (found.outcome, found.diagnosis.id) == (Outcome.FAILED, "something-else")


def test_a_recogniser_that_raises_is_a_failure_here_and_a_vaguer_word_for_a_learner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No learner reads our traceback, and none of our own tests passes over one."""

    @mistake("one")
    def one(story: Story, rule: str) -> Diagnosis | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _explained(one)
    monkeypatch.setattr(explaining, "strict", False)
    assert _explained(one).diagnosis == Diagnosis("something-else", None, {"count": None})


@pytest.mark.parametrize(
    ("said", "complaint"), [(Diagnosis("two"), "one says two"), (Diagnosis("one", None, {}), "declares left")]
)
def test_what_is_said_must_have_been_declared(said: Diagnosis, complaint: str) -> None:
    """Another mistake, and one without a fact that its text may ask for, are refused where they are said."""

    @mistake("one", "left")
    def one(story: Story, rule: str) -> Diagnosis | None:
        return said

    with pytest.raises(DeclarationError, match=complaint):
        _explained(one)


@pytest.mark.parametrize("limit", [only_for, not_for])
def test_a_rule_that_there_is_not_is_an_error_at_once(
    limit: Callable[..., Callable[[Any], Recogniser]],
) -> None:
    """When the catalogue is made, and not when a learner's check fails."""

    @mistake("one")
    @limit("maid-up")
    def one(story: Story, rule: str) -> Diagnosis | None:
        return None

    with pytest.raises(DeclarationError, match="maid-up"):
        _catalogue(one)


def test_a_recogniser_is_asked_only_where_it_may_be() -> None:
    """Its limits stand beside its mistakes, and it need not look at them itself."""

    @mistake("one")
    @not_for("made-up")
    def one(story: Story, rule: str) -> Diagnosis | None:
        return Diagnosis("one")

    @mistake("two")
    @only_for("made-up")
    def two(story: Story, rule: str) -> Diagnosis | None:
        return Diagnosis("two")

    @passes_on(two)
    def three(story: Story, rule: str) -> Diagnosis | None:
        return two(story, rule)

    assert one(STORY, "made-up") is None
    found = _explained(one, three)
    assert found.diagnosis is not None
    assert found.diagnosis.id == "two"


def test_a_mistake_has_one_outcome() -> None:
    """Two declarations that do not agree are an error at once."""

    @mistake("something-else", outcome=Outcome.CRASHED)
    def one(story: Story, rule: str) -> Diagnosis | None:
        return None

    with pytest.raises(DeclarationError, match="several outcomes"):
        _catalogue(one)


# ── how it reads ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(topic: str, name: str, language: str) -> Text:
    messages = MESSAGES[topic, language]
    facts = dict.fromkeys(messages.placeholders(name), "7")
    facts |= {"name": "start_and_join", "error": "FileNotFoundError", "signal": "SIGABRT"}
    return messages.text(Diagnosis(name, None, facts))


def _paragraphs(topic: str, name: str, language: str) -> list[str]:
    text = _text(topic, name, language)
    return [text.title, text.seen, text.why, text.try_]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_a_title_is_a_short_sentence(topic: str, name: str, language: str) -> None:
    """A title leaves room for the id beside it, and ends as a sentence does."""
    title = _text(topic, name, language).title
    assert cell_len(title) < TITLE
    assert cell_len(title) + len(name) <= LINE
    assert title.endswith("." if language == "en" else "。")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_a_text_has_no_jargon_and_no_blame(topic: str, name: str, language: str) -> None:
    """Our own words stay with us, and nobody is told off."""
    for paragraph in _paragraphs(topic, name, language):
        for words in (JARGON[language], BLAME[language]):
            assert not re.search(words, paragraph, re.IGNORECASE), paragraph


@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_chinese_has_its_own_punctuation(topic: str, name: str) -> None:
    """Marks next to a Chinese character are full-width; between Chinese and Latin letters stands a space."""
    for paragraph in _paragraphs(topic, name, "zh-CN"):
        assert not re.search(r"[\u4e00-\u9fff][,.;:?!()]|[,.;:?!()][\u4e00-\u9fff]", paragraph), paragraph
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9_]|[A-Za-z0-9_][\u4e00-\u9fff]", paragraph), paragraph
        assert paragraph.endswith(("\u3002", "\uff1f", "\uff09", "7")), paragraph


@pytest.mark.parametrize(("topic", "name"), PAIRS)
def test_a_number_and_its_noun_agree(topic: str, name: str) -> None:
    """Where a number may be one, the English text has both forms of what is counted: nobody reads "1 processes"."""
    messages = MESSAGES[topic, "en"]
    facts: dict[str, Any] = dict.fromkeys(messages.placeholders(name), 1)
    facts |= {"line": 7, "tick": 7, "call": "f()", "job": "A"}  # which are no numbers of anything
    text = messages.text(Diagnosis(name, None, facts))
    for paragraph in (text.title, text.seen, text.why, text.try_):
        assert not _ONE_OF_MANY.search(paragraph), paragraph
