"""Ends the connection in main, and not only its copy of it.

rows: 98
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(4096):
            conn.sendall(data.upper())


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            Process(target=handle, args=(conn,)).start()
            conn.shutdown(socket.SHUT_RDWR)  # <- here
            conn.close()
