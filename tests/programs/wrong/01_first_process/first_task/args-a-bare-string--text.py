"""Hands the text over without a tuple: the child gets its letters, one by one.

rows: 6
"""
from multiprocessing import Process


def task(text="helloworld"):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(text)


def main():
    process = Process(target=task, args="helloworld")  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
