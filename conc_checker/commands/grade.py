"""`conc grade`: grades a submission, writes the result for another system, and a table for people."""

from __future__ import annotations

import importlib.util
import io
import multiprocessing
import os
import re
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from conc_checker.course.curriculum import load_course
from conc_checker.course.find import COURSE, UsageError, find_course, find_kata
from conc_checker.grading import formats, guard
from conc_checker.grading.run import run
from conc_checker.grading.summary import summary
from conc_checker.texts.messages import LANGUAGES, Messages, choose_language

if TYPE_CHECKING:
    import argparse

    from conc_checker.course.curriculum import Kata
    from conc_checker.grading.model import Grade

FORMATS = ("json", "classroom", "junit", "classroom50", "gradescope")
NO_VERDICT = 1  # the exit status where a grade was made, but not every check has a verdict


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `conc grade`."""
    command.add_argument("kata", metavar="KATA", nargs="*", help="katas: 03, 3 or 03_multiprocess (default: all)")
    command.add_argument(
        "--kata-source", type=Path, metavar="DIR", help="the submission (default: the modules in the course itself)"
    )
    command.add_argument(
        "--course", type=Path, metavar="DIR", help="where the checks are (default: the nearest folder 'katas')"
    )
    command.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="what to write (default: json)")
    command.add_argument("--output", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    command.add_argument("--kata-lang", choices=LANGUAGES, help="language (default: CONC_LANG, then LANG)")
    command.add_argument("--kata-start-method", metavar="METHOD[,METHOD]", help="as for pytest")
    command.add_argument("-n", dest="workers", metavar="N", help="check in N processes, with pytest-xdist")


def grade(options: argparse.Namespace) -> int:
    """Grade, write the result and the table; return 0 when every check has a verdict, whatever the points."""
    course: Path = options.course or find_course(Path.cwd())
    katas = _choose(load_course(course), options.kata, course)
    source: Path = options.kata_source or course
    if not source.is_dir():
        raise UsageError(
            f"--kata-source {source}: there is no such folder. "
            f"Name one that holds folders like those of {course}, for example --kata-source solutions"
        )
    if (source / COURSE).is_dir() and not any((source / kata.folder.name).is_dir() for kata in katas):
        raise UsageError(
            f"--kata-source {source}: the katas are not there, but one folder further down. "
            f"Write --kata-source {source / COURSE}"
        )
    if not any((source / kata.folder.name).is_dir() for kata in load_course(course)) and any(source.rglob("*.py")):
        raise UsageError(
            f"--kata-source {source}: holds Python files, but no folder of a kata, such as {katas[0].folder.name}. "
            "Name the folder above the katas' folders"
        )
    _refuse_what_pytest_would(options)
    _refuse_where_nothing_can_be_written(options.output)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what was proven until then is written
    language = choose_language(options.kata_lang, os.environ)
    guard.hide()
    with guard.silencing_runner(os.environ), guard.keeping_runner_files(os.environ):
        try:
            result = run(
                katas,
                source.absolute(),
                language,
                called=str(source),
                start_method=options.kata_start_method,
                workers=options.workers,
                alone=True,
            )
        except OSError as error:
            raise UsageError(
                f"the checks and the submission could not be copied to run them ({error}). "
                "See that both can be read, and that there is room for temporary files"
            ) from error
    # From here on no learner code is alive.
    text = _text(result, options.format)
    table = summary(result, Messages.load(language))
    runner = os.environ.get("GITHUB_OUTPUT")
    if options.format == "classroom" and runner and not options.output:
        with Path(runner).open("a", encoding="utf-8") as file:
            file.write(f"result={text}\n")
        _print(table, sys.stdout)
    else:
        _print(table, sys.stderr)
        _write(text, options.output)
    return NO_VERDICT if result.status == "error" else 0


def _refuse_what_pytest_would(options: argparse.Namespace) -> None:
    """Raise UsageError for what would keep pytest from starting: there is no grade to be made then."""
    here = multiprocessing.get_all_start_methods()
    for name in (options.kata_start_method or here[0]).split(","):
        if name.strip() not in here:
            raise UsageError(f"--kata-start-method {name}: this machine has {', '.join(here)}. Choose among these")
    if options.workers and not re.fullmatch(r"[0-9]+|auto|logical", options.workers):
        raise UsageError(f"-n {options.workers}: is no number of processes. Write, say, -n 2")
    if options.workers and importlib.util.find_spec("xdist") is None:
        raise UsageError(f"-n {options.workers}: pytest-xdist is not installed. Install it, or leave -n out")


def _refuse_where_nothing_can_be_written(file: Path | None) -> None:
    """Raise UsageError before all the work is done, as far as that can be told from outside."""
    if file is None:
        return
    if file.is_dir() or not file.parent.is_dir():
        what = "is a folder" if file.is_dir() else f"there is no folder {file.parent}"
        raise UsageError(f"--output {file}: {what}. Name a file in a folder that is there")
    if not os.access(file.parent, os.W_OK):
        raise UsageError(f"--output {file}: cannot be written there. Name a file in a folder that you may write to")


def _choose(katas: list[Kata], asked: list[str], course: Path) -> list[Kata]:
    """Return the katas asked for, each once and in the order of the course; all, when none is."""
    chosen = {find_kata(katas, name, course).folder for name in asked}
    found = [kata for kata in katas if not asked or kata.folder in chosen]
    if not found:
        raise UsageError(f"there are no katas in {course}. Name the folder that holds them: --course DIR")
    return found


def _text(result: Grade, name: str) -> str:
    match name:
        case "classroom":
            return formats.to_classroom(result)
        case "junit":
            return formats.to_junit(result)
        case "classroom50":
            return formats.to_classroom50(result, os.environ, datetime.now(UTC).isoformat(timespec="seconds"))
        case "gradescope":
            return formats.to_gradescope(result)
        case _:
            return formats.to_json(result)


def _write(text: str, file: Path | None) -> None:
    text = text.rstrip("\n") + "\n"
    if file is None:
        print(text, end="")
        return
    try:
        guard.write(file, text.encode("ascii"))
    except OSError as error:
        raise UsageError(
            f"--output {file}: cannot be written ({error.strerror}). Name a file in a folder that you may write to"
        ) from error


def _print(text: str, stream: TextIO) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a terminal without these characters shows the rest
    print(text, end="", file=stream)
