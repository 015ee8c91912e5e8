"""A subclass of Process keeps the connection."""
import socket
from multiprocessing import Process


class Talk(Process):
    def __init__(self, conn):
        super().__init__()
        self.conn = conn

    def run(self):
        with self.conn:
            while data := self.conn.recv(1024):
                self.conn.sendall(data.upper())


class Server:
    def __init__(self, host, port):
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((host, port))
        self.listener.listen(100)

    def serve_forever(self):
        while True:
            conn, _ = self.listener.accept()
            Talk(conn).start()
            conn.close()


def serve(host, port):
    Server(host, port).serve_forever()
