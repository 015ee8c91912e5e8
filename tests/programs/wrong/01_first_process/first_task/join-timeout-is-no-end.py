"""Joins with a time limit and takes the return of join for the end of the process.

rows: 14
breaks: waits-for-the-child
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join(0.1)  # <- here
    print("a.txt is written")


if __name__ == "__main__":
    main()
