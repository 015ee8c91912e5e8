"""The forking server of the standard library."""
import socketserver


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data.upper())


class Server(socketserver.ForkingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 100
    max_children = 1000


def serve(host, port):
    with Server((host, port), Echo) as server:
        server.serve_forever()
