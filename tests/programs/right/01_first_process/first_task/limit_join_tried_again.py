"""Joins for a tenth of a second at a time, until the child has ended.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    child = Process(target=task)
    child.start()
    while child.exitcode is None:
        child.join(0.1)


if __name__ == "__main__":
    main()
