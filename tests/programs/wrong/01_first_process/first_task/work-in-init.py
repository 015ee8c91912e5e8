"""The subclass does the work in __init__, which runs in main; the child finds nothing to do.

rows: 23
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


class Writer(Process):
    def __init__(self):
        super().__init__()
        task()  # <- here


def main():
    writer = Writer()
    writer.start()
    writer.join()


if __name__ == "__main__":
    main()
