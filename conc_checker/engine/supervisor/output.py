"""What a subject printed: its head and its tail, however much there was."""

from __future__ import annotations

HEAD = TAIL = 16 * 1024


class Output:
    """Keeps the first and last bytes of one stream and counts the rest."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._tail = bytearray()
        self.size = 0

    def add(self, part: bytes) -> None:
        """Take the next bytes."""
        self.size += len(part)
        room = HEAD - len(self._head)
        if room > 0:
            self._head += part[:room]
            part = part[room:]
        self._tail += part
        del self._tail[:-TAIL]

    def text(self) -> str:
        """Return what was kept as text, with a note of what was left out between."""
        missing = self.size - len(self._head) - len(self._tail)
        middle = f"\n… {missing} bytes left out …\n".encode() if missing else b""
        return (bytes(self._head) + middle + bytes(self._tail)).decode(errors="replace")
