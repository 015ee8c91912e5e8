"""Ends the child as soon as there is a file; the text comes later.

rows: -
breaks: waits-for-the-child
"""
import os
import time
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        time.sleep(0.5)
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    while not os.path.exists("a.txt"):
        time.sleep(0.05)
    process.terminate()  # <- here
    process.join()


if __name__ == "__main__":
    main()
