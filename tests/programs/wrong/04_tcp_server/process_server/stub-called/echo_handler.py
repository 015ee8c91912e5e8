"""Kata 04, first exercise: talk to one client."""

from socket import socket


def handle(conn: socket) -> None:
    """Send back to the client everything that it sends, in capitals, until it leaves; then return.

    Every byte is answered as soon as it has come, as `bytes.upper` would change it; none is lost, however many there
    are and however slowly the client reads. A client that breaks the connection off has left, too.
    """
    raise NotImplementedError  # <- here
