"""The subclass does not call the __init__ of Process.

rows: 21
"""
from multiprocessing import Process


def task(name="a.txt"):
    with open(name, "w", encoding="utf-8") as file:
        file.write("helloworld")


class Writer(Process):
    def __init__(self, file_name):  # <- here
        self.file_name = file_name

    def run(self):
        task(self.file_name)


def main():
    writer = Writer("a.txt")
    writer.start()
    writer.join()


if __name__ == "__main__":
    main()
