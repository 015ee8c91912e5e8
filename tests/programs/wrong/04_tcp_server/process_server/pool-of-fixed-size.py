"""Hands the clients to a pool, which serves as many as it has workers."""
import socket
from multiprocessing import Pool


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    with Pool(8) as pool:  # <- here
        connections = []
        while True:
            conn, _ = listener.accept()
            pool.apply_async(handle, (conn,))
            connections.append(conn)
