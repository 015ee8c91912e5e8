"""Writes text to a file opened for bytes; the child fails and main says that all is well.

rows: 17
"""
from multiprocessing import Process


def task():
    with open("a.txt", "wb") as file:
        file.write("helloworld")  # <- here


def main():
    process = Process(target=task)
    process.start()
    process.join()
    print("a.txt is written")


if __name__ == "__main__":
    main()
