"""Writes aside first and renames, so that nobody sees half a file."""
import os
from multiprocessing import Process


def task():
    with open("a.txt.new", "w", encoding="utf-8") as file:
        file.write("helloworld")
    os.replace("a.txt.new", "a.txt")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
