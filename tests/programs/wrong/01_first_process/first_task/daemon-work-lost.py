"""A daemon that is not joined: it ends with main, whether the file is written or not.

rows: 30
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task, daemon=True)  # <- here
    process.start()


if __name__ == "__main__":
    main()
