"""Ends the text with a line end.

rows: -
breaks: says-helloworld
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld\n")  # <- here


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
