"""Listens at the address of this machine in IPv6, where an IPv4 client does not look.

rows: 97
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server(("::1", port), family=socket.AF_INET6)  # <- here
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
