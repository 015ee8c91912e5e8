"""Writes with the system calls of os."""
import os
from multiprocessing import Process


def task():
    fd = os.open("a.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(fd, b"helloworld")
    finally:
        os.close(fd)


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
