"""Kata 04, solved: a server with a process for each client."""

import socket
from multiprocessing import Process


def _handle(conn: socket.socket, listener: socket.socket) -> None:
    """Send back in capitals what one client sends, until it leaves."""
    listener.close()  # the child's copy: only the main process takes new clients
    try:
        with conn:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
    except ConnectionError:
        pass  # it has left without a word: there is nobody to tell


def serve(host: str, port: int) -> None:
    """Serve each client in a process of its own, until Ctrl-C."""
    with socket.create_server((host, port)) as listener:  # on POSIX, it sets SO_REUSEADDR by itself
        while True:
            conn, _ = listener.accept()
            # The child has a copy of the connection. Were ours left open, the client would never see the end.
            with conn:
                Process(target=_handle, args=(conn, listener)).start()
