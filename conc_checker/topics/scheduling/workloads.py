"""Repeats a check for many workloads: the smallest first, then ones that hypothesis makes up, and makes smaller.

    @for_any(jobs=workloads(), quantum=quanta())
    def test_it_is_work_conserving(lab, jobs, quantum):
        lab.schedule("round_robin", jobs, quantum=quantum).is_work_conserving()

The same workloads are tried each time, and no file is written. Hypothesis takes longer to import than all the checks of
a kata to collect, so that it is imported when a check has passed the small workloads, and others are to be made up.
"""

from __future__ import annotations

import functools
import itertools
import os
from typing import TYPE_CHECKING, Any, cast

from conc_checker.lab.run import CheckFailedError
from conc_checker.scheduling import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hypothesis.strategies import SearchStrategy

    from conc_checker.topics.scheduling.lab import SchedulingLab

    Values = dict[str, Any]  # of a check's parameters, by their names
    Failed = tuple[Values, CheckFailedError]

_MOST_JOBS, _LATEST, _LONGEST = 5, 8, 6  # so that a chart of the whole fits on a line, and a learner can follow it
_NOWHERE = os.path.join(os.devnull, "hypothesis")  # noqa: PTH118 (a path that cannot be made, not one to work with)


class Inputs:
    """Values for one parameter: a few that are tried first, in this order, and a strategy for the others.

    The strategy is described: a function makes it of the module `hypothesis.strategies`, which is not there before.
    The values `mixed` are tried whatever it makes up, so that no known mistake is left to its luck.
    The values `large` come last: nobody can follow them on paper, but a program that gives up early meets them.
    When one of the others fails, or a large one, the values `simpler` are looked through for one that fails as well.
    """

    def __init__(
        self,
        first: Iterable[Any],
        strategy: Callable[[Any], SearchStrategy[Any]],
        simpler: Callable[[], Iterable[Any]] | None = None,
        mixed: Iterable[Any] = (),
        large: Iterable[Any] = (),
    ) -> None:
        self.first = list(first)
        self.strategy = strategy
        self.simpler = simpler or (lambda: self.first)
        self.mixed = list(mixed) or self.first
        self.large = list(large) or self.first[-1:]


@functools.cache
def workloads() -> Inputs:
    """Return lists of jobs, named A, B, C …, in any order of names and of arrivals."""

    def made_up(st: Any) -> SearchStrategy[list[Job]]:
        row = st.tuples(st.integers(0, _LATEST), st.integers(1, _LONGEST), st.integers(0, _MOST_JOBS))
        jobs = st.builds(_named, st.lists(row, min_size=1, max_size=_MOST_JOBS), st.integers(0, _LATEST // 2))
        return cast("SearchStrategy[list[Job]]", jobs)

    small = [jobs for count in (1, 2) for jobs in _small(count)]
    # Alone, and for long: through all levels, and through several boosts.
    alone = [[Job("A", arrival, 9)] for arrival in (0, 3)]
    return Inputs([*small, *alone], made_up, lambda: _small(3), _mixed(), [_large()])


def _mixed() -> list[list[Job]]:
    """Return three jobs each, in any order of arrivals, of three lengths and of one, and in any order of names.

    With two jobs, two newcomers of one turn cannot be mistaken for each other.
    """
    orders, bursts = list(itertools.permutations((0, 1, 2))), ((1, 2, 3), (3, 2, 1), (2, 2, 2))
    by_arrival = [_named([(rank, burst[rank]) for rank in each]) for each in orders for burst in bursts]
    return by_arrival + [_named([(0, 2, rank) for rank in each]) for each in orders]


def _large() -> list[Job]:
    """Return many jobs that arrive over a long time, but not so long that one call for each tick is too deep."""
    return [Job(f"J{number}", number * 137 % 700, 1 + number * 29 % 25) for number in range(40)]


def _small(count: int) -> list[list[Job]]:
    """Return all workloads of so many small jobs, those of small numbers first."""
    rows = itertools.product(itertools.product((0, 1, 2), (1, 2, 3)), repeat=count)
    return [_named(each) for each in sorted(rows, key=lambda each: sum(map(sum, each)))]


def _named(rows: Sequence[tuple[int, ...]], begin: int = 0) -> list[Job]:
    """Return jobs of these arrivals (after `begin`) and bursts; a third number says who comes first by name."""
    order = sorted(range(len(rows)), key=lambda place: (rows[place][2:], place))
    return [Job("ABCDEFGHIJKL"[order.index(place)], begin + row[0], row[1]) for place, row in enumerate(rows)]


@functools.cache
def quanta() -> Inputs:
    """Return single quanta, from 1 up."""
    return Inputs([1, 2], lambda st: st.integers(1, 4))


@functools.cache
def levels() -> Inputs:
    """Return lists of quanta, one for each level."""
    return Inputs(
        [[1, 2], [2], [1, 2, 3], [1, 1, 1, 2]],
        lambda st: st.lists(st.integers(1, 4), min_size=1, max_size=5),
        large=[[1, 1, 1, 2], [3]],
    )


@functools.cache
def boosts() -> Inputs:
    """Return how often all are sent to the top: every so many ticks, or never."""
    return Inputs([None, 3, 2], lambda st: st.integers(1, 10))


def for_any(**inputs: Inputs) -> Callable[[Callable[..., None]], Callable[[SchedulingLab], None]]:
    """Return a decorator that repeats a check of the fixture `lab` for any such inputs.

    The first failure ends it, with the smallest inputs that were found to fail.
    """

    def decorate(check: Callable[..., None]) -> Callable[[SchedulingLab], None]:
        @functools.wraps(check)
        def repeated(lab: SchedulingLab) -> None:
            _try_all(check, lab, _products(inputs, lambda one: one.first))
            mixed = _products(inputs, lambda one: one.mixed)
            failed = _first_failure(check, lab, [*mixed, *_made_up(tuple(inputs.items()))])
            if failed is not None:
                failed = _smaller(check, lab, inputs) or failed
            else:
                failed = _first_failure(check, lab, _products(inputs, lambda one: one.large))
            if failed is not None:
                values, failure = failed
                # With simple inputs if there are any that fail, else with those that did.
                _try_all(check, lab, [*_products(inputs, lambda one: one.simpler()), values])
                raise failure from None  # it passes now; what counts is that it has failed

        del repeated.__wrapped__  # pytest would look for fixtures of those names
        return repeated

    return decorate


def _products(inputs: dict[str, Inputs], choose: Callable[[Inputs], Iterable[Any]]) -> list[Values]:
    """Return all combinations of the values that are chosen of each input."""
    return [dict(zip(inputs, each, strict=True)) for each in itertools.product(*map(choose, inputs.values()))]


def _try_all(check: Callable[..., None], lab: SchedulingLab, inputs: Sequence[Values]) -> None:
    """Check all of these, up to the first that fails; the calls are made many at a time."""

    def each(lab: SchedulingLab) -> None:
        for values in inputs:
            check(lab, **values)

    lab.foresee(each)
    each(lab)


def _first_failure(check: Callable[..., None], lab: SchedulingLab, inputs: Sequence[Values]) -> Failed | None:
    """Return the first of these inputs that fail, and the failure as far as it is known without further calls."""
    latest: list[Values] = []

    def noted(lab: SchedulingLab, **values: Any) -> None:
        latest[:] = [values]
        check(lab, **values)

    lab.explains = False
    try:
        _try_all(noted, lab, inputs)
    except CheckFailedError as failure:
        return latest[0], failure
    finally:
        lab.explains = True
    return None


# ── what hypothesis does ─────────────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def _made_up(inputs: tuple[tuple[str, Inputs], ...]) -> tuple[Values, ...]:
    """Return values that hypothesis makes up: the same each time, and made once for all checks of the same inputs."""
    found: list[Values] = []
    _run(dict(inputs), lambda **values: found.append(values))
    return tuple(found)


def _smaller(check: Callable[..., None], lab: SchedulingLab, inputs: dict[str, Inputs]) -> Failed | None:
    """Let hypothesis make inputs that fail as small as it can; None where they do not fail again."""
    found: list[Failed] = []

    def tried(**values: Any) -> None:
        try:
            check(lab, **values)
        except CheckFailedError as failure:
            found.append((values, failure))
            raise

    lab.explains = False  # not each of the hundreds that fail on the way to the smallest
    try:
        _run(inputs, tried)
    finally:
        lab.explains = True
    return found[-1] if found else None


def _run(inputs: dict[str, Inputs], check: Callable[..., None]) -> None:
    """Have hypothesis try a function on what it makes up of these inputs, and make smaller what fails."""
    from hypothesis import HealthCheck, Phase, Verbosity, configuration, given, seed, settings  # noqa: PLC0415 (slow)
    from hypothesis import strategies as st  # noqa: PLC0415
    from hypothesis.errors import Flaky  # noqa: PLC0415

    chosen = settings(
        max_examples=100,
        derandomize=True,  # no example is kept, and none is made up by chance
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),  # how quick the machine is says nothing of the program
    )

    def tried(**values: Any) -> None:
        check(**values)

    # Without a seed of our own, hypothesis would take one from the text of `tried`.
    made_up = seed(0)(chosen(given(**{name: one.strategy(st) for name, one in inputs.items()})(tried)))
    configuration.set_hypothesis_home_dir(_NOWHERE)  # it would keep notes on our modules there
    try:
        made_up()
    except (CheckFailedError, Flaky):
        pass  # who called has taken note of it
    finally:
        configuration.set_hypothesis_home_dir(None)
