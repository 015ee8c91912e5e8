"""Kata 01: let a process of its own write a file.

Run as a script, this program starts a child process, which writes `helloworld` to `a.txt` and ends.
The main process waits until the child has ended, and only then ends itself.
Importing this file does nothing: no process is started, no file is written.
"""


def task() -> None:
    """Write exactly `helloworld`, in UTF-8 and without a line end, to `a.txt`.

    The file goes into the current folder, or beside this script: both are fine.
    """
    raise NotImplementedError


def main() -> None:
    """Run `task` in a child process, and return when that process has ended."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
