"""Hands the bare descriptor over, and makes a socket of it again."""
import os
import socket
from multiprocessing import Process


def handle(conn):
    fd = conn.detach()
    while data := os.read(fd, 512):
        data = data.upper()
        while data:
            data = data[os.write(fd, data) :]
    os.close(fd)


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn = listener.accept()[0]
        Process(target=handle, args=(conn,)).start()
        conn.close()
