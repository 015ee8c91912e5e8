"""Calls main without a guard.

rows: 48
breaks: import-does-nothing
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


main()  # <- here
