"""Main leaves with sys.exit before it has waited.

rows: -
"""
import sys
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    if process.is_alive():
        sys.exit(0)  # <- here
    process.join()


if __name__ == "__main__":
    main()
