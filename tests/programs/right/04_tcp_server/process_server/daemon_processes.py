"""The children are daemons: they end with the server."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    processes = []
    while True:
        conn, _ = listener.accept()
        process = Process(target=handle, args=(conn,), daemon=True)
        process.start()
        conn.close()
        processes = [p for p in processes if p.is_alive()] + [process]
