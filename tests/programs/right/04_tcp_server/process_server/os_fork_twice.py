"""Forks twice, so that nobody here has to wait for who serves."""
import os
import socket


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
    while True:
        conn, _ = listener.accept()
        child = os.fork()
        if child == 0:
            if os.fork() == 0:
                listener.close()
                handle(conn)
            os._exit(0)
        conn.close()
        os.waitpid(child, 0)
