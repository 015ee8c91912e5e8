"""All is done under the guard, and main is empty.

rows: -
breaks: in-a-child
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():  # <- here
    """Start the process."""


if __name__ == "__main__":
    process = Process(target=task)
    process.start()
    process.join()
    main()
