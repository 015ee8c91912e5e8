"""A process beside the server ignores Ctrl-C and stays for ever.

rows: 36
breaks: ctrl-c-ends-all
"""
import signal
import socket
from multiprocessing import Process, SimpleQueue


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def log(queue):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        print(queue.get())


def serve(host, port):
    queue = SimpleQueue()
    Process(target=log, args=(queue,)).start()  # <- here
    listener = socket.create_server((host, port))
    while True:
        conn, address = listener.accept()
        queue.put(address)
        with conn:
            Process(target=handle, args=(conn,)).start()
