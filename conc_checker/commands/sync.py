"""`conc sync`: writes anew what the course says twice, in READMEs and in the workflow of a classroom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker.commands.generated import stale
from conc_checker.course.curriculum import load_course
from conc_checker.course.find import COURSE, UsageError, find_root

if TYPE_CHECKING:
    import argparse


def sync(options: argparse.Namespace) -> int:
    """Write every file that does not say what the katas say, and print which; return the exit status."""
    root = find_root(options.folder, Path.cwd())
    found = list(stale(root, load_course(root / COURSE)))
    for one in found:
        if one.content is not None:
            one.file.write_text(one.content, encoding="utf-8")
            print(f"written: {one.file}")
    for one in found:
        if one.content is None:
            raise UsageError(f"{one.file}: {one.rule}. {one.remedy}")
    if not found:
        print("Nothing to write: READMEs and workflow say what the katas say.")
    return 0
