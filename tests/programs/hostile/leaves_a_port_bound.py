"""Right, but for a child in a session of its own that keeps a port (attack 56)."""
import os
import socket
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    server = socket.create_server(("127.0.0.1", 0))
    with open("port.txt", "w") as file:
        file.write(str(server.getsockname()[1]))
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    if os.fork() == 0:
        os.setsid()
        server.accept()
        os._exit(0)
    return time.perf_counter() - started
