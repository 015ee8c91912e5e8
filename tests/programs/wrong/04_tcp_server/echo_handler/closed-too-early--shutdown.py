"""Says after the first answer that nothing more will come.

rows: -
"""

from socket import SHUT_WR, socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
            conn.shutdown(SHUT_WR)  # <- here
    except ConnectionResetError:
        pass
