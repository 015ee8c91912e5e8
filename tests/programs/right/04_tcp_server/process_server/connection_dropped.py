"""Main's copy is deleted with its last name."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def start(listener):
    conn, _ = listener.accept()
    process = Process(target=handle, args=(conn,))
    process.start()
    return process.pid


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        print("a client is served by process", start(listener))
