"""Looks after its children after each client, and each second without one.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import socket
from multiprocessing import Process


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def serve(host, port):
    children = []
    with socket.create_server((host, port)) as listener:
        listener.settimeout(1.0)
        while True:
            try:
                conn, _ = listener.accept()
            except TimeoutError:
                pass
            else:
                with conn:
                    conn.settimeout(None)
                    child = Process(target=talk, args=(conn,))
                    child.start()
                    children.append(child)
            for child in children[:]:
                if not child.is_alive():
                    child.join()
                    children.remove(child)
