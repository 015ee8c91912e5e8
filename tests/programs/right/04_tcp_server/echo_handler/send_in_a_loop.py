"""Does by hand what sendall() does, and closes the connection at the end."""

from socket import socket


def handle(conn: socket) -> None:
    with conn:
        try:
            while True:
                data = conn.recv(4096)
                if data == b"":
                    break
                answer = data.upper()
                while answer:
                    answer = answer[conn.send(answer) :]
        except OSError as error:
            print("the client has gone:", error)
