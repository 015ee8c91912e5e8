"""Starts a thread: everything stays in one process.

rows: 24
breaks: in-a-child not-by-main
"""
from threading import Thread


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    thread = Thread(target=task)  # <- here
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
