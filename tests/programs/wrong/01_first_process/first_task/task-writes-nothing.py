"""The child writes the file, and task has nothing to do with it.

rows: -
breaks: task-writes-the-file
"""
from multiprocessing import Process


def task():  # <- here
    print("helloworld")


def write():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=write)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
