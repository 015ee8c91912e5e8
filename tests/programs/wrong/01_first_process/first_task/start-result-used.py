"""Keeps what start returned, which is None, instead of the process.

rows: -
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task).start()  # <- here
    process.join()


if __name__ == "__main__":
    main()
