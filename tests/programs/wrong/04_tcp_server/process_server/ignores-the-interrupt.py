"""Catches every exception in the loop, Ctrl-C among them.

rows: 36
breaks: ctrl-c-ends-all
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        try:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
        except:  # <- here
            print("something went wrong, going on")
