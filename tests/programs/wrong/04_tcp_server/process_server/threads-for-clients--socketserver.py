"""Uses the server of the standard library that starts a thread for each client.

rows: 24
"""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data.upper())


class Server(socketserver.ThreadingTCPServer):  # <- here
    allow_reuse_address = True
    daemon_threads = True


def serve(host, port):
    with Server((host, port), Echo) as server:
        server.serve_forever()
