"""Kata 03: start many processes, let them work at the same time, wait for all of them."""

from collections.abc import Callable


def run_all(task: Callable[[int], object], count: int = 10) -> float:
    """Call `task(0)`, `task(1)`, … `task(count - 1)`, each in a process of its own, all at the same time.

    Return when the last of these processes has ended: the elapsed wall time in seconds, as a float.
    A task that raises an exception stops neither the other tasks nor `run_all`.
    When `run_all` returns, none of the processes is left, neither running nor as a zombie.
    `task` can be pickled, and `count` is 1 or more.
    """
    raise NotImplementedError
