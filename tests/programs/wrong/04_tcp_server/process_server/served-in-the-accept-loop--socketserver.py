"""Uses the server of the standard library that serves one client after the other.

rows: 84
"""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):  # <- here
            self.request.sendall(data.upper())


class Server(socketserver.TCPServer):
    allow_reuse_address = True


def serve(host, port):
    with Server((host, port), Echo) as server:
        server.serve_forever()
