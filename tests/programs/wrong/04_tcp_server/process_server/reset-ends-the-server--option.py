"""Sets an option on the connection in main, and does not expect that it may fail.

rows: 91
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        conn.shutdown(socket.SHUT_RD) if conn.recv(0) else None
        error = conn.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, "the connection is broken")  # <- here
        with conn:
            Process(target=handle, args=(conn,)).start()
