"""Main ends itself at once, with os._exit, before it has waited.

rows: -
"""
import os
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    os._exit(0)  # <- here
    process.join()


if __name__ == "__main__":
    main()
