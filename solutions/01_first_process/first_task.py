"""Kata 01, solved: a process of its own writes a file."""

from multiprocessing import Process
from pathlib import Path


def task() -> None:
    """Write `helloworld` to `a.txt` in the current folder."""
    Path("a.txt").write_text("helloworld", encoding="utf-8")


def main() -> None:
    """Run `task` in a process of its own, and return when that process has ended."""
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
