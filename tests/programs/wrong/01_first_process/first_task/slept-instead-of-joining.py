"""Sleeps for as long as the child will surely take.

rows: 28
"""
import time
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    time.sleep(1)  # <- here


if __name__ == "__main__":
    main()
