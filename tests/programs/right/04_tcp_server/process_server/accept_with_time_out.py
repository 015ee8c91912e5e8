"""Looks up from time to time, and goes on."""
import socket
from multiprocessing import Process


def handle(conn):
    try:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            conn.sendall(data.upper())
    except OSError:
        pass
    finally:
        conn.close()


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.settimeout(0.5)
    while True:
        try:
            conn, _ = listener.accept()
        except TimeoutError:
            continue
        conn.settimeout(None)
        with conn:
            Process(target=handle, args=(conn,)).start()
