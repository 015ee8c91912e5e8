"""The process waits for something else when its client has left.

breaks: process-ends-with-its-client
"""
import socket
from multiprocessing import Event, Process


def handle(conn, done):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())
    done.wait()  # <- here


def serve(host, port):
    done = Event()
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn, done)).start()
