"""Keeps the checks of an exercise on one worker of pytest-xdist, in their order, and lets all other tests go anywhere.

What a check builds on must have been run before it, and in the same process: nowhere else it is known how it ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped] # xdist says nothing of its types

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import pytest


class KataScheduling(LoadGroupScheduling):  # type: ignore[misc] # for the same reason
    """Hands out the test modules of katas whole, and other tests one by one, or by the groups of `--dist loadgroup`."""

    def __init__(self, config: pytest.Config, log: Any, katas: AbstractSet[str]) -> None:
        super().__init__(config, log)
        self._katas = katas

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test belongs to; xdist's documentation tells schedulers to state their scopes here."""
        module = nodeid.partition("::")[0]
        return module if module.rpartition("/")[0] in self._katas else str(super()._split_scope(nodeid))


def keep_together(config: pytest.Config, katas: AbstractSet[str]) -> None:
    """Give xdist our schedule in the place of its own, for tests in these folders; none may be handed out so far.

    xdist asks for a schedule before it knows any test, so it cannot be asked then whether there are katas.
    """
    session = config.pluginmanager.get_plugin("dsession")
    before = getattr(session, "sched", None)
    if session is None or before is None:  # another xdist than those we know: its schedule is better than none
        return
    session.sched = KataScheduling(config, session.log, katas)
    for node in before.nodes:
        session.sched.add_node(node)
