"""Leaves the accepting loop in the child when its client has left, and comes back from serve().

rows: -
"""

import os
import signal
import socket


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            try:
                while data := conn.recv(4096):
                    conn.sendall(data.upper())
            except ConnectionError:
                pass
            conn.close()
            break  # <- here
        conn.close()
