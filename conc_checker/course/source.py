"""Where a learner's modules come from: the katas themselves, the solutions, a submission, or a single program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NOT_THE_LEARNERS = {"kata.toml", "README.md", "README.zh-CN.md", "conftest.py"}
_LARGEST = 1 << 20  # bytes of one file
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Program:
    """A module to run, with the files that lie beside it: pairs of where a file is and what it is called there."""

    module: str
    files: tuple[tuple[Path, str], ...]

    @property
    def path(self) -> Path | None:
        """Where the module itself is; None when there is no such file."""
        return next((path for path, name in self.files if name == f"{self.module}.py"), None)

    def texts(self) -> dict[str, str]:
        """Return the text of each Python file by its name."""
        return {
            name: path.read_text(encoding="utf-8", errors="replace")
            for path, name in self.files
            if name.endswith(".py")
        }


def from_folder(folder: Path, module: str) -> Program:
    """Take a module and all that lies beside it in a kata's folder, except what belongs to the course.

    A missing folder gives a program without files, which counts as not started.
    """
    files: list[tuple[Path, str]] = []
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
            if hidden or not path.is_file() or path.name in _NOT_THE_LEARNERS or path.name.startswith("test_"):
                continue
            if path.stat().st_size <= _LARGEST and len(files) < _MOST_FILES:
                files.append((path, name.as_posix()))
    return Program(module, tuple(files))


def from_file(path: Path, module: str) -> Program:
    """Take one file as the module, whatever it is called: the corpus is named after its mistakes."""
    return Program(module, ((path, f"{module}.py"),))
