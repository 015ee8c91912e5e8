"""The children finish their clients after Ctrl-C, and keep the listener open all the while.

rows: 80
"""
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
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            handle(conn)
            os._exit(0)
        conn.close()
