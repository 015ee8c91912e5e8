"""The subclass overrides start; the process that is then joined never began.

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
    writer.join()


if __name__ == "__main__":
    main()
