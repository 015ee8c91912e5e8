"""A daemon thread counts the half seconds while main waits.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import itertools
import threading
import time
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def beat():
    for number in itertools.count():
        print("beat", number)
        time.sleep(0.5)


def main():
    threading.Thread(target=beat, daemon=True).start()
    child = Process(target=task)
    child.start()
    child.join()


if __name__ == "__main__":
    main()
