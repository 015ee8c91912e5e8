"""Creates the process and joins it, but does not start it.

rows: 10
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)  # <- here
    process.join()


if __name__ == "__main__":
    main()
