"""Uses the function of the first exercise, which has not been written yet.

rows: -
"""

import socket
from multiprocessing import Process

from echo_handler import handle


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
