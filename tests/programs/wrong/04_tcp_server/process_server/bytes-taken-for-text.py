"""Makes a text of the bytes to turn them into capitals.

rows: 78
breaks: answers-as-handle-does
"""
import socket
from multiprocessing import Process


def handle(conn):
    try:
        with conn:
            while data := conn.recv(4096):
                conn.sendall(data.decode().upper().encode())  # <- here
    except ConnectionError:
        pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
