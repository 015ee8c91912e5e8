"""Calls the task while creating the process; main writes the file, the child does nothing.

rows: 3
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task())  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
