"""Has a lock for what is printed, and nobody holds it while a client is waited for."""

import socket
from multiprocessing import Lock, Process


class _Talk(Process):
    def __init__(self, conn, lock):
        super().__init__()
        self.conn, self.lock = conn, lock

    def _note(self, text):
        with self.lock:
            print(self.name, text, flush=True)

    def run(self):
        self._note("begins")
        with self.conn:
            try:
                while data := self.conn.recv(4096):
                    self.conn.sendall(data.upper())
            except ConnectionError:
                self._note("was broken off")
        self._note("ends")


def serve(host, port):
    lock = Lock()
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                _Talk(conn, lock).start()
