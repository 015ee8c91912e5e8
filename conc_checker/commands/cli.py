"""The command `conc`: what there is beside `pytest`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker.commands import grade as grading
from conc_checker.commands import mutate as mutation
from conc_checker.commands.hint import hint
from conc_checker.commands.new import new_kata
from conc_checker.commands.sync import sync
from conc_checker.commands.verify import verify
from conc_checker.course.curriculum import HINT_STEPS, LANGUAGES
from conc_checker.course.error import CurriculumError
from conc_checker.course.find import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `conc` with these arguments, by default those of the command line; return the exit status."""
    options = _parser().parse_args(argv)
    try:
        status: int = options.run(options)
    except (UsageError, CurriculumError) as error:
        print(f"conc: {error}", file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conc", description="Help with the katas of the course.")
    commands = parser.add_subparsers(title="commands", required=True)

    command = commands.add_parser(
        "hint",
        help="show a hint for an exercise",
        description="Show a hint; each step says more than the last.",
    )
    command.add_argument("kata", metavar="KATA", help="the kata: 03, 3 or 03_multiprocess")
    command.add_argument("exercise", metavar="EXERCISE", nargs="?", help="the exercise, where the kata has several")
    command.add_argument(
        "--step",
        type=int,
        choices=range(1, HINT_STEPS + 1),
        default=1,
        help="which hint (default: the first)",
    )
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="the language (default: en)")
    command.add_argument(
        "--course", type=Path, metavar="DIR", help="the folder of katas (default: the nearest folder 'katas')"
    )
    command.set_defaults(run=hint)

    command = commands.add_parser(
        "grade",
        help="check a submission and write its points",
        description="Run all checks on a submission, and write the points of each.",
        epilog="Exit status: 0 when every check has a verdict, whatever the points; 1 when some check has none (the "
        "result is written all the same, and its status is 'error'); 2 when nothing could be graded.",
    )
    grading.add_options(command)
    command.set_defaults(run=grading.grade)

    command = commands.add_parser(
        "verify",
        help="check the course itself, for those who write katas",
        description="Look whether every kata is complete, its stubs wait and its solutions pass.",
    )
    command.add_argument(
        "--contracts",
        action="store_true",
        help="show instead each sentence of the contracts, its checks, and how many wrong programs break it alone",
    )
    _add_folder(command)
    command.set_defaults(run=verify)

    command = commands.add_parser(
        "mutate",
        help="try the checks on mutants of right programs, for those who write katas",
        description="Change right programs in one place each, and list what the checks do not tell from them.",
        epilog="Exit status: 0 when each mutant is rejected, or tests/survivors.toml says why it may pass; else 1.",
    )
    mutation.add_options(command)
    command.set_defaults(run=mutation.mutate)

    command = commands.add_parser(
        "sync",
        help="write what follows from the katas, for those who write them",
        description="Write anew what the course says twice, from each kata.toml: the titles, contracts and tables of "
        "katas in the READMEs, and the steps of the classroom's workflow. A kata that has gaps is left out.",
    )
    _add_folder(command)
    command.set_defaults(run=sync)

    command = commands.add_parser("new", help="begin a new kata", description="Begin something new.")
    things = command.add_subparsers(title="things", required=True)
    command = things.add_parser(
        "kata",
        help="write a kata with all its parts, and its gaps marked",
        description="Write a kata with all its parts, and its gaps marked: conc verify lists them.",
    )
    command.add_argument("kata", metavar="NAME", help="number and name, such as 06_pipes")
    command.add_argument("--topic", required=True, metavar="TOPIC", help="the topic, which chooses the lab")
    command.add_argument("--exercise", metavar="NAME", help="its first exercise (default: the name without number)")
    command.add_argument(
        "--course",
        type=Path,
        metavar="DIR",
        help="the folder of katas, or the one above (default: the nearest)",
    )
    command.set_defaults(run=new_kata)
    return parser


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, metavar="DIR", nargs="?", help="the folder with katas and solutions (default: the nearest)"
    )


if __name__ == "__main__":
    sys.exit(main())
