"""Leaves the word target out, so that the task is taken for the group.

rows: 4
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(task)  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
