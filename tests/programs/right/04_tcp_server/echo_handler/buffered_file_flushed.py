"""Reads what is there through a buffer, and flushes each answer."""

import contextlib
from socket import socket


def handle(conn: socket) -> None:
    reader = conn.makefile("rb")
    writer = conn.makefile("wb")
    try:
        while data := reader.read1(8192):
            writer.write(data.upper())
            writer.flush()
    except ConnectionError:
        pass
    finally:
        reader.close()
        with contextlib.suppress(OSError):
            writer.close()
