"""Hangs, and so never gives back its shared memory and semaphores, which have names (attack 63)."""
import multiprocessing
import threading
from multiprocessing.shared_memory import SharedMemory


def run_all(task, count=10):
    memory = SharedMemory(create=True, size=4096)
    context = multiprocessing.get_context("spawn")
    locks = [context.Lock() for _ in range(3)]
    names = [memory.name.strip("/"), *("sem." + lock._semlock.name.strip("/") for lock in locks)]
    with open("names.txt", "w") as file:
        file.write(" ".join(names))
    threading.Event().wait()
