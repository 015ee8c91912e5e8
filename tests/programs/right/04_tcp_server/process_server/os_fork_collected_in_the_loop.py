"""Forks, and before each client collects all children that have ended, however many those are."""

import os
import socket


def _collect():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            _collect()
            with conn:
                if os.fork():
                    continue
                listener.close()
                try:
                    while data := conn.recv(4096):
                        conn.sendall(data.upper())
                except ConnectionError:
                    pass
                os._exit(0)
