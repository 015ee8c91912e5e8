"""The child ends with os._exit inside the with block, which then closes nothing.

rows: 37
"""
import os
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")
        os._exit(0)  # <- here


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
