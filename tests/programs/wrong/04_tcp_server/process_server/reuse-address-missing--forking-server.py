"""The servers of the standard library leave SO_REUSEADDR out unless they are told.

rows: 81
"""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data.upper())


class Server(socketserver.ForkingMixIn, socketserver.TCPServer):
    max_children = 1000


def serve(host, port):
    with Server((host, port), Echo) as server:  # <- here
        server.serve_forever()
