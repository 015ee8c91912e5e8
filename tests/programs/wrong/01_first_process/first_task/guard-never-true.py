"""Misspells the name in the guard, so that nothing happens at all.

rows: -
breaks: script-calls-main
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "main":  # <- here
    main()
