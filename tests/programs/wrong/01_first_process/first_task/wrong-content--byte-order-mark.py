"""Writes UTF-8 with a byte order mark before the text.

rows: -
breaks: says-helloworld
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8-sig") as file:  # <- here
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
