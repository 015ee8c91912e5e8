"""Does not know that the forking server has a limit of forty.

breaks: many-at-once
"""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data.upper())


class Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True


def serve(host, port):
    with Server((host, port), Echo) as server:
        server.serve_forever()  # <- here
