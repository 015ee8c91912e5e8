"""What a check says of a run: an outcome, and for a failure the mistake by name, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from conc_checker.record.trace import Site

VERDICT_VERSION = 2


class Outcome(StrEnum):
    """How a check ended; only `PASSED` is worth points."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_STARTED = "not started"
    BLOCKED = "blocked"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A named mistake: the id under which the messages know it, the decisive line, and facts for the text."""

    id: str
    site: Site | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its diagnosis; `rule` names the property that was checked, such as `overlap`.

    `asked` is what a rule that does not hold asked for, as far as an explanation or a picture needs it.
    """

    outcome: Outcome
    rule: str
    diagnosis: Diagnosis | None = None
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether the property was proven to hold."""
        return self.outcome is Outcome.PASSED

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as plain JSON types."""
        plain: dict[str, Any] = {
            "version": VERDICT_VERSION,
            "outcome": str(self.outcome),
            "rule": self.rule,
        }
        if self.diagnosis:
            site = self.diagnosis.site
            plain["diagnosis"] = {
                "id": self.diagnosis.id,
                "site": site.to_json() if site else None,
                "facts": self.diagnosis.facts,
            }
        if self.asked:
            plain["asked"] = self.asked
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Verdict:
        """Read a verdict that `to_json` wrote; another version raises ValueError."""
        if plain.get("version") != VERDICT_VERSION:
            raise ValueError(f"this verdict has version {plain.get('version')!r}, not {VERDICT_VERSION}")
        known = plain.get("diagnosis")
        diagnosis = None
        if known:
            diagnosis = Diagnosis(known["id"], Site(*known["site"]) if known["site"] else None, known["facts"])
        return cls(Outcome(plain["outcome"]), plain["rule"], diagnosis, plain.get("asked", {}))


def passed(rule: str) -> Verdict:
    """Return the verdict that a property holds."""
    return Verdict(Outcome.PASSED, rule)


def failed(rule: str, diagnosis: Diagnosis, **asked: Any) -> Verdict:
    """Return the verdict that a property does not hold, with what can be said of it before it is explained."""
    return Verdict(Outcome.FAILED, rule, diagnosis, asked)
