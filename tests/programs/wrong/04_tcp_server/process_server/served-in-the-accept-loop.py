"""Serves each client itself, between two calls of accept().

rows: 84
"""
import socket


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            while data := conn.recv(1024):  # <- here
                conn.sendall(data.upper())
