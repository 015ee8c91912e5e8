"""Calls a function for each client, which is not yet a process.

rows: 84
"""
import socket


def handle(conn):
    while True:
        data = conn.recv(1024)  # <- here
        if not data:
            break
        conn.sendall(data.upper())
    conn.close()


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            handle(conn)
