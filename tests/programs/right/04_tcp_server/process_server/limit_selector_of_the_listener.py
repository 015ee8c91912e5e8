"""A selector watches the listener, for three seconds at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import selectors
import socket
from multiprocessing import Process, active_children


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def serve(host, port):
    with socket.create_server((host, port)) as listener, selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select(3):
                conn, _ = key.fileobj.accept()
                with conn:
                    Process(target=talk, args=(conn,)).start()
            active_children()
