"""Goes round in the handler of SIGCHLD as long as there is any child, ended or not.

rows: -
breaks: waits-asleep
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


def _children_have_ended(number, frame):
    try:
        while True:
            os.waitpid(-1, os.WNOHANG)  # <- here
    except ChildProcessError:
        pass


def serve(host, port):
    signal.signal(signal.SIGCHLD, _children_have_ended)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            _talk(conn)
            os._exit(0)
        conn.close()
