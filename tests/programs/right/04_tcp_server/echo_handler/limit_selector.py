"""A selector with a limit of two seconds; when nothing has come it only says so.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import selectors


def handle(conn):
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=2):
                print("quiet")
                continue
            try:
                data = conn.recv(4096)
                if not data:
                    return
                conn.sendall(data.upper())
            except ConnectionError:
                return
