"""Forgets the comma: (1) is a number in brackets, not a tuple.

rows: 5
"""
from multiprocessing import Process


def task(times=1):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld" * times)


def main():
    process = Process(target=task, args=(1))  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
