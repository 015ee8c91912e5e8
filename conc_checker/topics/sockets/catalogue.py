"""The mistakes that are made with connections, in the order in which they are looked for."""

from __future__ import annotations

from conc_checker.diagnosis import program, raising, rules
from conc_checker.diagnosis.mistake import Catalogue
from conc_checker.topics.sockets import rules as of_sockets
from conc_checker.topics.sockets.mistakes import framing, serving, talking

CATALOGUES = {
    # What may go wrong before anybody connects: the import alone.
    "module": Catalogue(
        (
            *program.RECOGNISERS,
            *raising.NAMED,
            raising.crashed,
            raising.child_failed_unnoticed,
            program.never_ends,
        ),
        (rules,),
    ),
    "server": Catalogue(
        (
            *serving.FIRST,
            *program.RECOGNISERS,
            *serving.RECOGNISERS,
            *raising.NAMED,
            raising.crashed,
            raising.child_failed_unnoticed,
            *serving.LAST,
            program.never_ends,
        ),
        (rules, of_sockets),
    ),
    "connection": Catalogue(
        (
            *program.RECOGNISERS,
            *talking.RECOGNISERS,
            *framing.RECOGNISERS,
            raising.crashed,
            *talking.LAST,
            program.never_ends,
        ),
        (rules, of_sockets),
    ),
}
