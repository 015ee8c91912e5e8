"""Waits for a signal after its client has left.

rows: -
"""
import signal
import socket
from multiprocessing import Process


def handle(conn):
    try:
        with conn:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
    except ConnectionError:
        pass
    signal.pause()  # <- here


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
