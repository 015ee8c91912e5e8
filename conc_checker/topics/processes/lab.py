"""The lab of katas about processes: it hands tasks to a learner's function, or runs a whole script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from conc_checker.lab.lab import Lab
from conc_checker.topics.processes.catalogue import CATALOGUES
from conc_checker.topics.processes.run import ProcessRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conc_checker.record.events import Kind


_HELD: dict[str, tuple[Kind, ...]] = {"": (), "starters": ("begin",), "enders": ("return",)}


class ProcessLab(Lab):
    """Runs programs that start processes, and wait for them."""

    topic = "processes"
    catalogues = CATALOGUES

    def task(self) -> dict[str, Any]:
        """Return a task, a function of one number, that waits at the barrier until the test releases it."""
        return {"$task": {"hold": True}}

    def nap(self, seconds: float | Sequence[float], fails: Sequence[int] = ()) -> dict[str, Any]:
        """Return a task that sleeps for some seconds of the program's clock: for all the same, or by their numbers.

        When its number is one of `fails`, it raises ValueError as soon as it wakes up.
        """
        lengths = seconds if isinstance(seconds, int | float) else [float(length) for length in seconds]
        return {"$task": {"nap": lengths, "fails": tuple(fails)}}

    def failing_task(self, *numbers: int) -> dict[str, Any]:
        """Return a task like `task()` that raises ValueError at its end when its number is one of these."""
        return {"$task": {"hold": True, "fails": numbers}}

    def load(self) -> ProcessRun:
        """Only import the module."""
        return self._start(ProcessRun, "import")

    def call(
        self,
        function: str,
        *args: Any,
        slow: Literal["", "starters", "enders"] = "",
        starting: float = 0.0,
        times: int = 1,
        writing: str = "",
        **keywords: Any,
    ) -> ProcessRun:
        """Import the module and call a function of it; arguments are plain values and tasks.

        Every process that multiprocessing starts is held before its first line, until the run is finished, if they are
        `slow` "starters", or after its last one. To be started takes each `starting` seconds of the program's clock.
        With `times`, the function is called as often, one call after the other, and the last value counts.
        `writing` names a file before whose opening for writing processes are held.
        """
        return self._start(
            ProcessRun,
            "call",
            function=function,
            args=args,
            keywords=keywords,
            times=times,
            hold=(*_HELD[slow], *(("open",) if writing else ())),
            starting=starting,
            path=writing,
            failing=any(_fails(a) for a in (*args, *keywords.values())),
        )

    def script(self, *, writing: str = "") -> ProcessRun:
        """Run the module as a script; `writing` names a file before whose opening for writing processes are held."""
        return self._start(ProcessRun, "script", hold=("open",) if writing else (), path=writing)


def _fails(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("$task", {}).get("fails"))
