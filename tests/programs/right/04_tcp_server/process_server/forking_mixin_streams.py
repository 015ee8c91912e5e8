"""The forking server with files for the connection, and an eager poll."""
import socketserver


class Echo(socketserver.StreamRequestHandler):
    rbufsize = 0

    def handle(self):
        while data := self.rfile.read(1024):
            self.wfile.write(data.upper())


class Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    max_children = 1000
    block_on_close = False


def serve(host, port):
    Server((host, port), Echo).serve_forever(poll_interval=0.05)
