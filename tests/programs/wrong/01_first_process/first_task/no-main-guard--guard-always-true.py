"""Has a guard that is true wherever the file is imported, too.

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


if __name__:  # <- here
    main()
