"""Waits for one child at each SIGCHLD; where two end at one moment, there is one signal, and a zombie stays.

rows: -
breaks: no-zombies
"""

import os
import signal
import socket


def _talk(conn):
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass


def _child_has_ended(number, frame):
    os.wait()


def serve(host, port):
    signal.signal(signal.SIGCHLD, _child_has_ended)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:  # <- here
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            _talk(conn)
            os._exit(0)
        conn.close()
