"""Right, but writes nonsense into every socket that the process has open."""
import os
import time
from multiprocessing import Process

NONSENSE = (
    b"hello\n", b"\xff\xfe\n", b"null\n", b"[]\n", b"{}\n", b"[" * 5000 + b"\n", b"9" * 5000 + b"\n",
)


def sockets():
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                yield int(name)
        except OSError:
            continue


def run_all(task, count=10):
    started = time.perf_counter()
    for number in sockets():
        for line in NONSENSE:
            os.write(number, line)
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
