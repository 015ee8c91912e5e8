"""Forks by hand; a signal tells of each child that has ended."""
import os
import signal
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


def collect(signum, frame):
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return


def serve(host, port):
    signal.signal(signal.SIGCHLD, collect)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            handle(conn)
            os._exit(0)
        conn.close()
