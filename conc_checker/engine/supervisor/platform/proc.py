"""Reading Linux's /proc, in which any entry may be gone by the time that it is read."""

from __future__ import annotations

import os

_PAGE = 4096 - 64  # bytes; a page ends before an entry that does not fit


def read(path: str) -> str:
    """Return a file of /proc, in as few calls as it takes; raises OSError when it has gone."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        text = os.read(descriptor, 65536)
        if len(text) >= _PAGE:  # the kernel gives out long tables, such as that of many children, page by page
            while part := os.read(descriptor, 65536):
                text += part
        return text.decode(errors="replace")
    finally:
        os.close(descriptor)


def names(path: str) -> list[str]:
    """Return what is in a folder of /proc; nothing when it has gone."""
    try:
        return os.listdir(path)
    except OSError:
        return []
