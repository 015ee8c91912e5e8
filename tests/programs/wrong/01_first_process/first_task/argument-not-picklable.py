"""Hands sys.stdout, an open file, to the child.

rows: 51
breaks: each-start-method
fails under: spawn, forkserver
"""
import sys
from multiprocessing import Process


def task(out=sys.stdout):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")
    print("a.txt is written", file=out)


def main():
    process = Process(target=task, args=(sys.stdout,))  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
