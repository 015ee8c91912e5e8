"""The child takes the connection from a global variable that only main has set.

rows: 40
breaks: each-start-method
fails under: spawn, forkserver
"""
import socket
from multiprocessing import Process


connection = None


def handle():
    while data := connection.recv(1024):
        connection.sendall(data.upper())


def serve(host, port):
    global connection
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()  # <- here
        Process(target=handle).start()
        connection.close()
