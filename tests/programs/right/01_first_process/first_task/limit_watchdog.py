"""A timer would say that it takes long.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    watchdog = threading.Timer(30, print, ["still writing"])
    watchdog.start()
    child = Process(target=task)
    child.start()
    child.join()
    watchdog.cancel()


if __name__ == "__main__":
    main()
