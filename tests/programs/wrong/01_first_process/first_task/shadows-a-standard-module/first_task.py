"""Has a file multiprocessing.py of its own beside it, which hides the real one.

rows: 59
"""
from multiprocessing import Process  # <- here


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
