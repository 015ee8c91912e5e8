"""The child goes back into the loop of its parent when its client has left."""
import os
import signal
import socket


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:  # <- here
            handle(conn)
        conn.close()
