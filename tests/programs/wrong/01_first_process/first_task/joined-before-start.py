"""Swaps the two lines: join, then start.

rows: 7
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.join()  # <- here
    process.start()


if __name__ == "__main__":
    main()
