"""Writes and flushes letter by letter, and reports the pids."""
import os
from multiprocessing import Process, freeze_support


def task():
    print("child", os.getpid(), "of", os.getppid())
    with open("a.txt", "w", encoding="utf-8") as file:
        for letter in "helloworld":
            file.write(letter)
            file.flush()


def main():
    print("main", os.getpid())
    process = Process(target=task, daemon=True)
    process.start()
    process.join()
    process.close()


if __name__ == "__main__":
    freeze_support()
    main()
