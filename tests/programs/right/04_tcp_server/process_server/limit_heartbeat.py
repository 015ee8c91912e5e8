"""A thread says every ten seconds how many clients there are.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import socket
import threading
from multiprocessing import Process, active_children


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def report():
    print(len(active_children()), "clients")
    timer = threading.Timer(10, report)
    timer.daemon = True
    timer.start()


def serve(host, port):
    report()
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=talk, args=(conn,)).start()
