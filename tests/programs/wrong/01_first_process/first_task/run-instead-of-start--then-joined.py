"""Calls run instead of start and joins afterwards.

rows: 2
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.run()  # <- here
    process.join()


if __name__ == "__main__":
    main()
