"""The child pauses between two letters, and flushes each; main waits for the end.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        for letter in "helloworld":
            file.write(letter)
            file.flush()
            time.sleep(0.3)


def main():
    child = Process(target=task)
    child.start()
    while child.is_alive():
        time.sleep(0.2)
    child.join()


if __name__ == "__main__":
    main()
