"""How mistakes and rules are declared, where they are recognised and judged.

    @mistake("pool-too-small", "inside", "workers")
    @mistake("joined-inside-the-loop", "inside")
    @only_for("overlap")
    def too_few_at_once(story, rule):
        ...

A recogniser looks at a run whose check failed, and says whether it was this mistake. The facts beside the id are those
that its text may ask for, besides the file and the line of its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from conc_checker.record.verdict import Diagnosis, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from conc_checker.diagnosis.story import Story

_Function = TypeVar("_Function", bound="Callable[..., Verdict]")

PLACE = frozenset({"file", "line"})  # what a place adds to the facts; the function around it is not always known


class DeclarationError(Exception):
    """A mistake is not what its declaration says, or a name in a declaration is not known."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake as one recogniser, or one rule, names it; `placed` is False where no line can be told."""

    id: str
    facts: frozenset[str] = frozenset()
    outcome: Outcome = Outcome.FAILED
    placed: bool = True

    @property
    def told(self) -> frozenset[str]:
        """The facts that a text may ask for."""
        return self.facts | (PLACE if self.placed else frozenset())


class Recogniser:
    """A function that recognises mistakes, with those that it can name, and the rules at whose failure it is asked."""

    def __init__(self, function: Callable[[Story, Any], Diagnosis | None]) -> None:
        self.function = function
        self.name = function.__name__
        self.mistakes: dict[str, Mistake] = {}
        self.only: frozenset[str] = frozenset()
        self.never: frozenset[str] = frozenset()

    def __call__(self, story: Story, rule: str) -> Diagnosis | None:
        """Return the mistake, or None where it is another."""
        if (self.only and rule not in self.only) or rule in self.never:
            return None
        return self.function(story, rule)

    def check(self, found: Diagnosis) -> None:
        """Raise DeclarationError when a diagnosis is not one of those that were declared."""
        declared = self.mistakes.get(found.id)
        if declared is None:
            raise DeclarationError(f"{self.name} says {found.id}, and declares {', '.join(self.mistakes) or 'nothing'}")
        if missing := declared.facts - found.facts.keys():
            raise DeclarationError(
                f"{self.name} declares {', '.join(sorted(missing))} for {found.id}, and does not say"
            )


def _recogniser(given: Recogniser | Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
    return given if isinstance(given, Recogniser) else Recogniser(given)


def mistake(
    name: str, *facts: str, outcome: Outcome = Outcome.FAILED, placed: bool = True
) -> Callable[[Recogniser | Callable[[Story, Any], Diagnosis | None]], Recogniser]:
    """Declare a mistake that a function recognises; several stand one above the other."""

    def declare(given: Recogniser | Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
        recogniser = _recogniser(given)
        recogniser.mistakes[name] = Mistake(name, frozenset(facts), outcome, placed)
        return recogniser

    return declare


def mistakes(names: Iterable[str], *facts: str) -> Callable[[Callable[[Story, Any], Diagnosis | None]], Recogniser]:
    """Declare several mistakes of the same facts at once, where a table says which."""

    def declare(given: Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
        recogniser = _recogniser(given)
        for name in names:
            mistake(name, *facts)(recogniser)
        return recogniser

    return declare


def passes_on(*others: Recogniser) -> Callable[[Recogniser | Callable[[Story, Any], Diagnosis | None]], Recogniser]:
    """Declare that a recogniser names what these others recognise, asked in its own way."""

    def declare(given: Recogniser | Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
        recogniser = _recogniser(given)
        for other in others:
            for name, one in other.mistakes.items():
                before = recogniser.mistakes.get(name, one)
                recogniser.mistakes[name] = replace(one, facts=one.facts & before.facts)
        return recogniser

    return declare


def only_for(*rules: str) -> Callable[[Recogniser | Callable[[Story, Any], Diagnosis | None]], Recogniser]:
    """Ask a recogniser only when one of these rules does not hold."""

    def limit(given: Recogniser | Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
        recogniser = _recogniser(given)
        recogniser.only = frozenset(rules)
        return recogniser

    return limit


def not_for(*rules: str) -> Callable[[Recogniser | Callable[[Story, Any], Diagnosis | None]], Recogniser]:
    """Do not ask a recogniser when one of these rules does not hold."""

    def limit(given: Recogniser | Callable[[Story, Any], Diagnosis | None]) -> Recogniser:
        recogniser = _recogniser(given)
        recogniser.never = frozenset(rules)
        return recogniser

    return limit


_rules: dict[str, dict[str, tuple[Mistake, ...]]] = {}  # by module: the names of its rules, and what each says


def rule(name: str, *otherwise: Mistake) -> Callable[[_Function], _Function]:
    """Declare a rule by its name, and what it says where nobody recognises a mistake."""

    def declare(function: _Function) -> _Function:
        declared = _rules.setdefault(function.__module__, {})
        declared[name] = declared.get(name, ()) + otherwise
        return function

    return declare


class Catalogue:
    """The recognisers of one kind of run, in the order in which they are asked: causes before their consequences."""

    def __init__(self, recognisers: Iterable[Recogniser], rules: Iterable[ModuleType]) -> None:
        self.recognisers = tuple(recognisers)
        declared = [named for module in rules for named in _rules.get(module.__name__, {}).items()]
        self.rules = frozenset(name for name, _ in declared)
        self.mistakes: dict[str, list[Mistake]] = {}
        for one in (m for r in self.recognisers for m in r.mistakes.values()):
            self.mistakes.setdefault(one.id, []).append(one)
        for one in (m for _, otherwise in declared for m in otherwise):
            self.mistakes.setdefault(one.id, []).append(one)
        self._refuse_what_does_not_agree()

    def _refuse_what_does_not_agree(self) -> None:
        for recogniser in self.recognisers:
            if unknown := (recogniser.only | recogniser.never) - self.rules:
                raise DeclarationError(
                    f"{recogniser.name} names rules that there are not: {', '.join(sorted(unknown))}"
                )
        for name, found in self.mistakes.items():
            if len({one.outcome for one in found}) > 1:
                raise DeclarationError(f"{name} is declared with several outcomes")

    def outcome(self, name: str) -> Outcome:
        """Return how a check ends that has failed by this mistake."""
        return self.mistakes[name][0].outcome if name in self.mistakes else Outcome.FAILED
