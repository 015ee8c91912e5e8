"""Calls run, which works at once and in main, instead of start.

rows: 2
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.run()  # <- here


if __name__ == "__main__":
    main()
