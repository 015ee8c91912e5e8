"""A thread collects the ended processes, but only once a minute.

rows: 51
breaks: short-pauses
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


def collect():
    while True:
        time.sleep(60)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass


def serve(host, port):
    threading.Thread(target=collect, daemon=True).start()
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                if os.fork() == 0:  # <- here
                    listener.close()
                    talk(conn)
                    os._exit(0)
