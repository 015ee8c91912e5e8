"""Takes one byte at a time of what is there."""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(65536):
            conn.sendall(bytes(byte - 32 if 97 <= byte <= 122 else byte for byte in data))
    except ConnectionError:
        pass
    finally:
        conn.close()
