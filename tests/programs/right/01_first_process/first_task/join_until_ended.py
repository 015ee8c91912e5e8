"""Joins with a time limit until the child has really ended."""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.writelines(["hello", "world"])


def main():
    process = Process(target=task)
    process.start()
    while process.exitcode is None:
        process.join(timeout=0.5)


if __name__ == "__main__":
    main()
