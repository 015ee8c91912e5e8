"""poll() for a second at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
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
