"""Starts the process and reports success without waiting for it.

rows: 11
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()  # <- here
    print("a.txt is written")


if __name__ == "__main__":
    main()
