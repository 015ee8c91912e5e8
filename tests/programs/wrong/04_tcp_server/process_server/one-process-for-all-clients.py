"""Sends every connection to the same child, which has a thread for each.

breaks: process-of-its-own
"""
import socket
from multiprocessing import Pipe, Process
from threading import Thread


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def work(pipe):
    while True:
        conn = pipe.recv()
        Thread(target=handle, args=(conn,), daemon=True).start()  # <- here


def serve(host, port):
    mine, theirs = Pipe()
    Process(target=work, args=(theirs,)).start()
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            mine.send(conn)
