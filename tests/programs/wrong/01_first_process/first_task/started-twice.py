"""Starts the same process a second time, to be sure.

rows: 8
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.start()  # <- here
    process.join()


if __name__ == "__main__":
    main()
