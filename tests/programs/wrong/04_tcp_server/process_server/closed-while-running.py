"""When it is interrupted it closes its Process objects, of which some still live.

rows: 51
breaks: ctrl-c-ends-all
"""
import socket
from multiprocessing import Process


def talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except (ConnectionError, KeyboardInterrupt):
            pass


def serve(host, port):
    children = []
    with socket.create_server((host, port)) as listener:
        try:
            while True:
                conn, _ = listener.accept()
                with conn:
                    children.append(Process(target=talk, args=(conn,)))
                    children[-1].start()
                for child in children[:]:
                    if not child.is_alive():
                        child.join()
                        children.remove(child)
        except KeyboardInterrupt:
            for child in children:
                child.close()  # <- here
