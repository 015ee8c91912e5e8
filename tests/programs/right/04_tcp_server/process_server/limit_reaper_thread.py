"""A thread looks twice a second for children that have ended.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import os
import socket
import threading
import time


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def reap():
    while True:
        time.sleep(0.5)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass


def serve(host, port):
    threading.Thread(target=reap, daemon=True).start()
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                if os.fork() == 0:
                    listener.close()
                    talk(conn)
                    os._exit(0)
