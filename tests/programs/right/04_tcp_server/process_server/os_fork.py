"""Forks by hand, and collects the children that have ended before each new one."""
import os
import socket


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    children = set()
    while True:
        conn, _ = listener.accept()
        children = {pid for pid in children if os.waitpid(pid, os.WNOHANG) == (0, 0)}
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                listener.close()
                handle(conn)
                status = 0
            finally:
                os._exit(status)
        children.add(pid)
        conn.close()
