"""Forgets the comma: the child gets the letters of the name, one by one.

rows: 6
"""
from multiprocessing import Process


def task(name="a.txt"):
    with open(name, "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task, args=("a.txt"))  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
