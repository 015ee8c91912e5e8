"""Collects the children that have ended each time round, and remembers nobody."""
import socket
from multiprocessing import Process, active_children


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port), backlog=200)
    while True:
        active_children()
        conn, address = listener.accept()
        process = Process(target=handle, args=(conn,), name=f"client at port {address[1]}")
        process.start()
        conn.close()
