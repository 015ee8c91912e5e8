"""Writes the text in UTF-16.

rows: -
breaks: says-helloworld
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-16") as file:  # <- here
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
