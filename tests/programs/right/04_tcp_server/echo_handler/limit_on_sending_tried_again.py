"""Both directions have a limit of a quarter of a second, and both are tried again.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""


def handle(conn):
    conn.settimeout(0.25)
    rest = b""
    while True:
        try:
            if rest:
                rest = rest[conn.send(rest):]
                continue
            data = conn.recv(8192)
        except TimeoutError:
            continue
        except OSError:
            return
        if not data:
            return
        rest = data.upper()
