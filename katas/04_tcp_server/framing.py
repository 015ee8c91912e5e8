"""Kata 04, second exercise: messages over a stream of bytes."""

from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    """Send one message: the length of `payload` as four bytes, the highest first, and then `payload` itself."""
    raise NotImplementedError


def receive_message(conn: socket) -> bytes | None:
    """Receive one message, as `send_message` sends it, and return its payload.

    Nothing is read beyond its end: there the next message begins.
    Returns None when the connection has ended before the first byte, and raises EOFError when it ends in the middle.
    """
    raise NotImplementedError
