"""The mistakes that are made with processes, in the order in which they are looked for."""

from __future__ import annotations

from conc_checker.diagnosis import program, raising, rules
from conc_checker.diagnosis.mistake import Catalogue
from conc_checker.topics.processes import rules as of_processes
from conc_checker.topics.processes.mistakes import arguments, files, running, sharing, timing, waiting
from conc_checker.topics.processes.mistakes import raising as giving_up

CATALOGUES = {
    "tasks": Catalogue(
        (
            *files.FIRST,
            *program.RECOGNISERS,
            *arguments.FIRST,
            *running.RECOGNISERS,
            *raising.NAMED,
            giving_up.submitted_lambda,
            *running.LAST,
            *arguments.RECOGNISERS,
            *sharing.RECOGNISERS,
            *timing.RECOGNISERS,
            *files.RECOGNISERS,
            *giving_up.RECOGNISERS,
            raising.crashed,
            raising.child_failed_unnoticed,
            *waiting.RECOGNISERS,
            *files.LAST,
            *timing.LAST,
            program.never_ends,
        ),
        (rules, of_processes),
    )
}
