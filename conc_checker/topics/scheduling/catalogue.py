"""The mistakes of scheduling functions, in the order in which they are looked for."""

from __future__ import annotations

from conc_checker.diagnosis import program, raising, rules
from conc_checker.diagnosis.mistake import Catalogue
from conc_checker.topics.scheduling import mistakes
from conc_checker.topics.scheduling import rules as of_schedules

CATALOGUES = {
    "schedule": Catalogue(
        (
            *program.RECOGNISERS,
            *mistakes.RECOGNISERS,
            *raising.NAMED,
            raising.crashed,
            raising.child_failed_unnoticed,
            program.never_ends,
        ),
        (rules, of_schedules),
    )
}
