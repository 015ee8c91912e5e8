"""Has a socket class that talks to nobody (attack 30)."""
import time
from multiprocessing import Process

import socket


class Mute:
    def __init__(self, *args, **keywords):
        pass

    def __getattr__(self, name):
        return lambda *args, **keywords: b"{}\n"


socket.socket = Mute


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()
    return time.perf_counter() - started
