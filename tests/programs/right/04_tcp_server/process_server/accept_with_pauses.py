"""Asks for a client, and sleeps a little when there is none."""
import socket
import time
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.setblocking(False)
    while True:
        try:
            conn, _ = listener.accept()
        except BlockingIOError:
            time.sleep(0.01)
            continue
        conn.setblocking(True)
        with conn:
            Process(target=handle, args=(conn,)).start()
