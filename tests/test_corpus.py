"""One program for each mistake, and some right ones. `tests/torture.py` runs the whole corpus."""

from __future__ import annotations

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
    """Return a program for each mistake in each exercise, and every fourth right one."""
    first: dict[tuple[str, str], corpus.Example] = {}
    right: dict[str, list[corpus.Example]] = {}
    for example in corpus.examples():
        if example.diagnosis is None:
            right.setdefault(example.exercise, []).append(example)
        else:
            first.setdefault((example.exercise, example.diagnosis), example)
    return [*(e for found in right.values() for e in found[::4]), *first.values()]


@pytest.fixture(scope="module")
def remote() -> Iterator[Remote]:
    """One supervisor for all programs: none may disturb the next."""
    supervisor = Remote()
    yield supervisor
    supervisor.close()


@pytest.mark.parametrize("example", _some(), ids=str)
def test_each_program_gets_its_verdict(remote: Remote, example: corpus.Example) -> None:
    """A right program passes; a wrong one gets its own diagnosis and line; its trace can be written and read."""
    method = example.fails_under[0]
    verdicts = list(corpus.judge(remote, example, Settings(method)))
    assert corpus.wrong_verdict(example, method, verdicts) is None
    trace = verdicts[-1][2]
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
