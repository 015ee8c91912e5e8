"""Forks for each client and never asks how the children ended.

rows: 92
breaks: no-zombies
"""
import os
import socket


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:  # <- here
            listener.close()
            handle(conn)
            os._exit(0)
        conn.close()
