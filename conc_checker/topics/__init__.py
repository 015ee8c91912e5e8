"""A room for each topic of the course, with all that is special to it: lab, rules, mistakes, picture and texts.

A topic is a folder with a module `topic` that has a `TOPIC`; a kata's `kata.toml` names it. Nothing else knows topics.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

from conc_checker.texts.messages import Messages

if TYPE_CHECKING:
    from conc_checker.topics.topic import Topic


def names() -> list[str]:
    """Return the names of all topics."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)


def folder(name: str) -> Path:
    """Return the folder of a topic."""
    return Path(__file__).parent / name


@functools.cache
def messages(name: str, language: str) -> Messages:
    """Return what learners read of a topic, and of all topics, in a language."""
    return Messages.load(language, folder(name))


def find(name: str) -> Topic:
    """Return a topic by its name; one that there is not raises KeyError."""
    if name not in names():
        raise KeyError(f"there is no topic {name!r}; choose one of: {', '.join(names())}")
    topic: Topic = importlib.import_module(f"{__name__}.{name}.topic").TOPIC
    return topic
