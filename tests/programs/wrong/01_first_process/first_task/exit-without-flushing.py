"""The child ends with os._exit while the text is still in the buffer of the file.

rows: 37
breaks: says-helloworld
"""
import os
from multiprocessing import Process


def task():
    file = open("a.txt", "w", encoding="utf-8")
    file.write("helloworld")
    os._exit(0)  # <- here


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
