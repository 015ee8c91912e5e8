"""Ctrl-C is caught: the server says goodbye and waits for its children."""
import signal
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def talk(conn):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    handle(conn)


def serve(host, port):
    listener = socket.create_server((host, port))
    processes = []
    try:
        while True:
            conn, _ = listener.accept()
            process = Process(target=talk, args=(conn,))
            process.start()
            conn.close()
            processes.append(process)
    except KeyboardInterrupt:
        print("bye")
    finally:
        listener.close()
        for process in processes:
            process.join()
