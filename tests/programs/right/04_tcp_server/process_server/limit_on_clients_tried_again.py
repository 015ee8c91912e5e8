"""Each child looks up every two seconds, and goes on.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import socket
from multiprocessing import Process


def talk(conn):
    conn.settimeout(2)
    with conn:
        while True:
            try:
                data = conn.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            conn.settimeout(None)
            try:
                conn.sendall(data.upper())
            except OSError:
                return
            conn.settimeout(2)


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=talk, args=(conn,)).start()
