"""Waits for clients and for ended children at the same place: a signal makes a byte in a socket of its own."""

import os
import selectors
import signal
import socket


def serve(host, port):
    heard, heard_of = socket.socketpair()
    for end in (heard, heard_of):
        end.setblocking(False)
    signal.set_wakeup_fd(heard_of.fileno())
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    listener = socket.create_server((host, port))
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.register(heard, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is heard:
                heard.recv(4096)
                while _collected_one():
                    pass
                continue
            conn, _ = listener.accept()
            if os.fork() == 0:
                _child(conn, selector, (listener, heard, heard_of))
            conn.close()


def _collected_one():
    try:
        return os.waitpid(-1, os.WNOHANG)[0] > 0
    except ChildProcessError:
        return False


def _child(conn, selector, others):
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    selector.close()
    for other in others:
        other.close()
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
    finally:
        os._exit(0)
