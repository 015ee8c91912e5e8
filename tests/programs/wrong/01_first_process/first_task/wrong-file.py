"""Writes to b.txt.

rows: -
"""
from multiprocessing import Process


def task():
    with open("b.txt", "w", encoding="utf-8") as file:  # <- here
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
