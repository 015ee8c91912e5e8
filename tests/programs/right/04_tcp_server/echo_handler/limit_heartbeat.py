"""A thread tells from time to time how much has been sent.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading


def handle(conn):
    done, total = threading.Event(), [0]

    def report():
        while not done.wait(5):
            print(total[0], "bytes")

    threading.Thread(target=report, daemon=True).start()
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
            total[0] += len(data)
    except ConnectionError:
        pass
    finally:
        done.set()
