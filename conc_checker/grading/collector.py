"""The pytest process of a grading: runs the checks and tells the grader, line by line, what comes of each.

Started as `python -m conc_checker.grading.collector ARGUMENTS OF PYTEST`. What it tells goes through the pipe that was
its standard output; no other process inherits it. Each line is signed with a key that came through standard input, so
whoever gets hold of the pipe all the same can say nothing in our name.
"""

from __future__ import annotations

import hmac
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from conc_checker.grading.guard import end_with_parent
from conc_checker.record import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

PROPERTY = "conc_checker"  # of a report: the plugin's verdict as JSON
_LONGEST = 300  # characters of an error that has no verdict


def seal(key: bytes, told: dict[str, Any]) -> bytes:
    """Return a line that says something, with its signature before it."""
    line = lines.encode(told)
    return _sign(key, line) + b" " + line


def unseal(key: bytes, line: bytes) -> dict[str, Any] | None:
    """Return what a line says; None when it was not signed with this key."""
    signature, _, body = line.partition(b" ")
    if not hmac.compare_digest(signature, _sign(key, body)):
        return None
    told: dict[str, Any] = json.loads(body)
    return told


def _sign(key: bytes, line: bytes) -> bytes:
    return hmac.digest(key, line, "sha256").hex().encode()


class Collector:
    """A plugin of the process that gathers all reports; under pytest-xdist the workers do without."""

    def __init__(self, channel: int, key: bytes) -> None:
        self._channel = channel
        self._key = key

    def tell(self, kind: str, **facts: Any) -> None:
        """Send one line to the grader."""
        line = seal(self._key, {"kind": kind, **facts})
        while line:
            line = line[os.write(self._channel, line) :]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell which tests there are, before the first of them runs."""
        self.tell("tests", tests=[item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Tell the same where workers collect."""
        self.tell("tests", tests=list(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell what came of one phase of a test."""
        self.tell(
            "report",
            test=report.nodeid,
            when=report.when,
            outcome=report.outcome,
            seconds=report.duration,
            expected_to_fail=hasattr(report, "wasxfail"),
            verdict=_verdict(report),
            text=_error(report),
        )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell which test module could not be read."""
        if report.failed:
            self.tell("trouble", text=f"{report.nodeid}: {_error(report) or 'cannot be read'}")

    def pytest_internalerror(self, excrepr: object) -> None:
        """Tell what went wrong inside pytest or a plugin."""
        self.tell("trouble", text=str(excrepr).strip().splitlines()[-1][:_LONGEST])


def _verdict(report: pytest.TestReport) -> Any:
    text = dict(report.user_properties).get(PROPERTY)
    return json.loads(text) if report.failed and isinstance(text, str) else None


def _error(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the first line of the error."""
    if not report.failed:
        return ""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(crash.message if crash else report.longrepr or "").strip()
    return text.splitlines()[0][:_LONGEST] if text else ""


def main() -> int:
    """Run pytest and tell how it ended."""
    end_with_parent()
    key = bytes.fromhex(sys.stdin.readline())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    channel = os.dup(1)  # not inherited by any process that is started from here on (PEP 446)
    os.dup2(2, 1)
    collector = Collector(channel, key)
    status = int(pytest.main(sys.argv[1:], plugins=[collector]))
    collector.tell("end", status=status)
    return status


if __name__ == "__main__":
    sys.exit(main())
