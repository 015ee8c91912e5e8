"""poll() for a second at a time."""
import select


def handle(conn):
    waiting = select.poll()
    waiting.register(conn, select.POLLIN)
    try:
        while True:
            if waiting.poll(1000):
                data = conn.recv(2048)
                if not data:
                    break
                conn.sendall(data.upper())
    except OSError:
        pass
