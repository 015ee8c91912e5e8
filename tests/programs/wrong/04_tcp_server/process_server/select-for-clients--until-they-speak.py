"""Main keeps and watches a client until it has said something."""
import selectors
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    selector = selectors.DefaultSelector()
    listener = socket.create_server((host, port))
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():  # <- here
            if key.fileobj is listener:
                selector.register(listener.accept()[0], selectors.EVENT_READ)
                continue
            conn = key.fileobj
            selector.unregister(conn)
            with conn:
                Process(target=handle, args=(conn,)).start()
