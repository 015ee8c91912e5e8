"""A thread accepts; main waits for it."""
import socket
from multiprocessing import Process
from threading import Thread


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def accept(listener):
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()


def serve(host, port):
    listener = socket.create_server((host, port))
    thread = Thread(target=accept, args=(listener,), daemon=True)
    thread.start()
    thread.join()
