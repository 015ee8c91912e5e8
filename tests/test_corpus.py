"""One program for each mistake, and some right ones. `tests/torture.py` runs the whole corpus."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

import corpus
import pytest

from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record.trace import Trace

ROWS_OF_THE_ISSUE = {
    *range(1, 4), *range(5, 14), *range(15, 18), *range(22, 32), 34, *range(37, 41), *range(48, 51), 55, 59,
    *range(73, 107),
}  # fmt: skip


def _some() -> list[corpus.Example]:
    """Return a program for each mistake in each exercise, one for each sentence, and every fourth right one."""
    first: dict[tuple[str, str], corpus.Example] = {}
    alone: dict[tuple[str, str], corpus.Example] = {}
    right: dict[str, list[corpus.Example]] = {}
    for example in corpus.examples():
        if example.diagnosis is None:
            right.setdefault(example.exercise, []).append(example)
        else:
            if len(example.breaks) == 1:
                alone.setdefault((example.exercise, example.breaks[0]), example)
            first.setdefault((example.exercise, example.diagnosis), example)
    # Those that break a sentence alone come once, also where they are the first to make their mistake.
    return list(dict.fromkeys([*(e for found in right.values() for e in found[::4]), *alone.values(), *first.values()]))


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """One supervisor for all programs: none may disturb the next."""
    supervisor = Remote()
    yield supervisor
    supervisor.close()


@pytest.mark.parametrize("example", _some(), ids=str)
def test_each_program_gets_its_verdict(remote: Remote, example: corpus.Example) -> None:
    """A right program passes; a wrong one gets its own diagnosis and line; its trace can be written and read.

    One that says which sentences it breaks fails checks of these and of no other.
    """
    method = example.fails_under[0]
    verdicts = list(corpus.judge(remote, example, Settings(method)))
    assert corpus.wrong_verdict(example, method, verdicts) is None
    trace = corpus.deciding(verdicts)[2]
    assert Trace.from_json(trace.to_json()).to_json() == trace.to_json()


def test_the_corpus_covers_the_mistakes_that_can_be_made_here() -> None:
    """Each row of the list of mistakes that these katas must recognise has a wrong program."""
    rows: set[int] = set()
    for example in corpus.examples():
        files = example.path.glob("*.py") if example.path.is_dir() else [example.path]
        for file in files:
            for line in file.read_text("utf-8").splitlines():
                if line.startswith("rows:"):
                    rows |= {int(n) for n in line.removeprefix("rows:").replace("-", " ").replace(",", " ").split()}
    assert rows >= ROWS_OF_THE_ISSUE


def test_every_wrong_program_marks_one_line() -> None:
    """The line that a diagnosis must name is marked, once."""
    unmarked = [str(e) for e in corpus.examples() if e.diagnosis and e.line is None]
    assert unmarked == []


def test_there_are_right_programs_in_many_styles() -> None:
    """No style is rejected that was not tried: at least six for start_and_join and three for each other exercise."""
    right = Counter(e.exercise for e in corpus.examples() if e.diagnosis is None)
    assert right["start_and_join"] >= 6
    assert min(right[e.exercise] for e in corpus.examples()) >= 3


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        ("all-at-once", None),
        ("wall-time", "test_all_ten_are_alive_together fails too, which proves no sentence that it says it breaks"),
        ("all-at-once wall-time", "it says that it breaks wall-time, and no check of that sentence fails"),
    ],
)
def test_what_a_program_says_it_breaks_is_held_against_it(remote: Remote, breaks: str, said: str | None) -> None:
    """A check that fails for another sentence is named, and so is a sentence for which none fails."""
    (example,) = [e for e in corpus.examples() if e.path.stem == "joined-inside-the-loop" and e.path.suffix == ".py"]
    example = dataclasses.replace(example, breaks=tuple(breaks.split()))
    verdicts = list(corpus.judge(remote, example, Settings("fork")))
    found = corpus.wrong_verdict(example, "fork", verdicts)
    assert (found or "").partition(", test_all_ten_are_alive_together: ")[2].startswith(said or "")
    assert (found is None) == (said is None)


def test_checks_that_do_not_build_on_one_that_failed_are_run_too(remote: Remote) -> None:
    """Of a program that says what it breaks, all failures are seen, and the first of them decides."""
    example = next(e for e in corpus.examples() if str(e) == "start_and_join-wrong-count-ignored")
    every = list(corpus.judge(remote, dataclasses.replace(example, breaks=("as-in-its-signature",)), Settings("fork")))
    first = list(corpus.judge(remote, dataclasses.replace(example, breaks=()), Settings("fork")))
    assert [name for name, _, _ in first] == [name for name, _, _ in every][: len(first)]
    assert len(every) > len(first)
    assert corpus.deciding(every)[0] == first[-1][0]
