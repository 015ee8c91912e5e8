"""How messages lie one behind another in a stream: each is JSON, on a line of its own.

Loaded into each process of a learner's, so it imports nothing that is not there anyway.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_END = b"\n"  # JSON writes one inside a text as an escape


def encode(message: Any, default: Callable[[Any], Any] | None = None) -> bytes:
    """Return a message as a line; `default` makes something plain of what JSON does not know."""
    return json.dumps(message, default=default).encode() + _END


class Buffer:
    """Takes a stream in parts of whatever size, and gives it out in lines."""

    __slots__ = ("_bytes", "_searched")

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._searched = 0  # bytes in which no end of a line is

    def __len__(self) -> int:
        """Count the bytes that have not been given out: when all lines have been, those of the unfinished one."""
        return len(self._bytes)

    def add(self, part: bytes) -> None:
        """Take the next bytes of the stream."""
        self._bytes += part

    def next(self) -> bytes | None:
        """Give out the next line without its end; None while it is not whole."""
        end = self._bytes.find(_END, self._searched)
        if end < 0:
            self._searched = len(self._bytes)
            return None
        line = bytes(self._bytes[:end])
        del self._bytes[: end + 1]
        self._searched = 0
        return line

    def lines(self) -> Iterator[bytes]:
        """Give out all lines that are whole."""
        while (line := self.next()) is not None:
            yield line
