"""The subclass overrides start, so that the file is written by main.

rows: 22
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


class Writer(Process):
    def start(self):  # <- here
        task()


def main():
    writer = Writer()
    writer.start()


if __name__ == "__main__":
    main()
