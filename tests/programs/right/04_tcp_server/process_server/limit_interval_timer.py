"""A signal each second, on which main collects who has ended.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import os
import signal
import socket


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def collect(number, frame):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def serve(host, port):
    signal.signal(signal.SIGALRM, collect)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                if os.fork() == 0:
                    listener.close()
                    talk(conn)
                    os._exit(0)
