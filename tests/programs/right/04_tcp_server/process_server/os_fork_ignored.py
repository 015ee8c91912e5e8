"""Forks by hand; the system forgets children that end, because nobody wants to know."""
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


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            if not os.fork():
                handle(conn)
                os._exit(0)
            conn.close()
