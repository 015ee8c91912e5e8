"""A thread for each child waits for its end."""
import socket
from multiprocessing import Process
from threading import Thread


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        process = Process(target=handle, args=(conn,))
        process.start()
        conn.close()
        Thread(target=process.join, daemon=True).start()
