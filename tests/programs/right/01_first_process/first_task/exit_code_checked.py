"""Looks at the exit code of the child."""
import sys
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()
    return process.exitcode


if __name__ == "__main__":
    sys.exit(main())
