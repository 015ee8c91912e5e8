"""Asks once whether the process is alive, and does not wait when it is.

rows: 11
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()  # <- here
    if process.is_alive():
        print("still writing a.txt")
    else:
        print("a.txt is written")


if __name__ == "__main__":
    main()
