"""Names the method join without calling it.

rows: 11
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join  # <- here


if __name__ == "__main__":
    main()
