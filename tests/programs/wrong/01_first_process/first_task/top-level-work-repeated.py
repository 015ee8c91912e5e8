"""Prepares at the top of the script for two seconds: a new interpreter does it again.

rows: 55
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process

print("preparing ...")
time.sleep(2)  # <- here
text = "helloworld"


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(text)


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
