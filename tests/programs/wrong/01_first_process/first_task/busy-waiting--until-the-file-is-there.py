"""Looks again and again, without a pause, whether the file is complete, then joins.

rows: 27
breaks: waits-asleep
"""
import os
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    while not os.path.exists("a.txt") or os.path.getsize("a.txt") < 10:  # <- here
        pass
    process.join()


if __name__ == "__main__":
    main()
