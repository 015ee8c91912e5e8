"""Asks for forkserver, whatever the default is."""
import socket
from multiprocessing import get_context


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    context = get_context("forkserver")
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            context.Process(target=handle, args=(conn,)).start()
