"""Writes in the run method of a subclass; there is no function task.

rows: -
"""
from multiprocessing import Process


class Writer(Process):
    def run(self):  # <- here
        with open("a.txt", "w", encoding="utf-8") as file:
            file.write("helloworld")


def main():
    writer = Writer()
    writer.start()
    writer.join()


if __name__ == "__main__":
    main()
