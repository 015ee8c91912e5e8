"""Never closes main's own copy of a connection.

rows: 79
breaks: main-keeps-no-copy
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    connections = []
    while True:
        conn, _ = listener.accept()  # <- here
        connections.append(conn)
        Process(target=handle, args=(conn,)).start()
