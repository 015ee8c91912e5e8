"""The lab of katas about processes: it hands tasks to a learner's function, or runs a whole script."""

from __future__ import annotations

from typing import Any

from conc_checker.lab.lab import Lab
from conc_checker.topics.processes.catalogue import CATALOGUES
from conc_checker.topics.processes.run import ProcessRun


class ProcessLab(Lab):
    """Runs programs that start processes, and wait for them."""

    topic = "processes"
    catalogues = CATALOGUES

    def task(self) -> dict[str, Any]:
        """Return a task, a function of one number, that waits at the barrier until the test releases it."""
        return {"$task": {"hold": True}}

    def nap(self, seconds: float) -> dict[str, Any]:
        """Return a task that sleeps for some seconds of the program's clock."""
        return {"$task": {"nap": seconds}}

    def failing_task(self, *numbers: int) -> dict[str, Any]:
        """Return a task like `task()` that raises ValueError at its end when its number is one of these."""
        return {"$task": {"hold": True, "fails": numbers}}

    def load(self) -> ProcessRun:
        """Only import the module."""
        return self._start(ProcessRun, "import")

    def call(self, function: str, *args: Any, slow: bool = False, times: int = 1, **keywords: Any) -> ProcessRun:
        """Import the module and call a function of it; arguments are plain values and tasks.

        With `slow`, every process that multiprocessing starts is held before its first line, until the run is finished.
        With `times`, the function is called as often, one call after the other, and the last value counts.
        """
        return self._start(
            ProcessRun,
            "call",
            function=function,
            args=args,
            keywords=keywords,
            times=times,
            hold=("begin",) if slow else (),
            failing=any(_fails(a) for a in (*args, *keywords.values())),
        )

    def script(self, *, writing: str = "") -> ProcessRun:
        """Run the module as a script; `writing` names a file before whose opening for writing processes are held."""
        return self._start(ProcessRun, "script", hold=("open",) if writing else (), path=writing)


def _fails(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("$task", {}).get("fails"))
