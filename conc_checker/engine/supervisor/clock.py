"""The virtual clock: stands still while the subject works, jumps when all of it waits, runs when it must.

All readings are seconds since the run began. The subject's processes read the same page
(`conc_checker.engine.subject.clock`).
"""

from __future__ import annotations

import mmap
import time
from typing import TYPE_CHECKING

from conc_checker.engine.subject.clock import COUNT, LAYOUT, PIECE, PIECES, PIECES_AT

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """One clock for the whole subject; `path` is None for a run in real time, where it just runs."""

    def __init__(self, path: Path | None) -> None:
        self._epoch = time.time()
        self._boot = time.monotonic()
        self._sequence = 0
        self._page: mmap.mmap | None = None
        self._pieces = 0
        self._virtual = 0.0
        self._mark = self._boot
        self.runs = path is None
        self.ran_for = 0.0  # seconds of `_virtual` that came from running, not from jumps
        if path is not None:
            path.write_bytes(b"\0" * mmap.PAGESIZE)
            with path.open("r+b") as file:
                self._page = mmap.mmap(file.fileno(), mmap.PAGESIZE)
            self._publish()

    @property
    def is_virtual(self) -> bool:
        """Whether we move this clock."""
        return self._page is not None

    def now(self) -> float:
        """Return what the subject's clock shows."""
        return self._virtual + (time.monotonic() - self._mark if self.runs else 0.0)

    def jump_to(self, moment: float) -> None:
        """Stand at a later moment; an earlier one changes nothing."""
        self.stop()
        if moment > self._virtual:
            self._virtual = moment
            self._publish()

    def run(self) -> None:
        """Let time run for real from now."""
        if not self.runs:
            self._mark = time.monotonic()
            self.runs = True
            self._publish()

    def stop(self, at: float | None = None) -> None:
        """Stand still, at the present moment or at an earlier one that was due."""
        if self.runs and self._page is not None:
            reached = self.now() if at is None else min(at, self.now())
            self.ran_for += reached - self._virtual
            self._virtual = reached
            self.runs = False
            self._publish()

    def _publish(self) -> None:
        if self._page is None:
            return
        self._sequence += 2
        values = (int(self.runs), self._virtual, self._mark, self._epoch, self._boot)
        LAYOUT.pack_into(self._page, 0, self._sequence - 1, *values)
        at = PIECES_AT + COUNT.size + self._pieces % PIECES * PIECE.size
        PIECE.pack_into(self._page, at, time.monotonic(), self._virtual, int(self.runs))
        self._pieces += 1
        COUNT.pack_into(self._page, PIECES_AT, self._pieces)
        LAYOUT.pack_into(self._page, 0, self._sequence, *values)

    def close(self) -> None:
        """Give the page back."""
        if self._page is not None:
            self._page.close()
            self._page = None
