"""Waits for the end of the child, and does not take note of it.

rows: -
breaks: leaves-nothing
fails under: fork, spawn
"""
from multiprocessing import Process
from multiprocessing.connection import wait


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    wait([process.sentinel])  # <- here


if __name__ == "__main__":
    main()
