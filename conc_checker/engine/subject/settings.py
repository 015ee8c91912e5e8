"""What the supervisor tells the probe: one environment variable holding JSON, which every process inherits.

A process that was forked from a template reads it anew, when its environment has become that of its run.
"""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NAME = "CONC_CHECKER"
TEMPLATE = "conc-template"  # the template's name in the system's list of processes


class Settings:
    """The options of one run; what is left out has no effect."""

    home = ""  # the supervisor's folder, by which a sweep tells its processes from all others
    address = ""  # where to report; without one, there is no probe
    folder = ""  # where the learner's files are and the program runs
    clock = ""  # the page that shows the subject's time; without one, time is real
    stacks = ""  # the file for dumps of stacks
    protected: tuple[int, ...] = ()  # processes that no signal of the program's may reach
    start_method = ""  # the default of multiprocessing, where it is not the platform's own
    small_buffers = False  # accepted connections hold little, so that a slow client is felt early
    short_writes = False  # send() takes only a part
    short_reads = False  # recv() returns one byte at a time

    def __init__(self, **given: Any) -> None:
        self.__dict__.update({name: value for name, value in given.items() if hasattr(Settings, name)})
        self.prefix = (self.folder or "\0") + os.sep  # how the paths of the learner's files begin

    def text(self) -> str:
        """Return the value of the environment variable."""
        return json.dumps({name: value for name, value in vars(self).items() if name != "prefix" and value})


def of(environment: Mapping[str, str]) -> Settings:
    """Return the settings that an environment holds; empty ones where a learner has put something else there."""
    try:
        return Settings(**json.loads(environment.get(NAME) or "{}"))
    except (ValueError, TypeError):
        return Settings()


current = of(os.environ)


def load() -> None:
    """Read the settings again."""
    global current
    current = of(os.environ)
