"""Sets a time limit on the listener, which ends the server when nobody comes.

rows: 96
breaks: goes-on-waiting
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.settimeout(1)
    while True:
        conn, _ = listener.accept()  # <- here
        with conn:
            conn.settimeout(None)
            Process(target=handle, args=(conn,)).start()
