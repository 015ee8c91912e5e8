"""Closes the process right after its start, as one closes a file.

rows: 19
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.close()  # <- here


if __name__ == "__main__":
    main()
