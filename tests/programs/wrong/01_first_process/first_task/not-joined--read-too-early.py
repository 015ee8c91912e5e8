"""Starts the process and reads the file at once.

rows: 11
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()  # <- here
    with open("a.txt", encoding="utf-8") as file:
        print(file.read())


if __name__ == "__main__":
    main()
