"""Writes at the top of the script, in main as in every new interpreter; the task is left over.

rows: 55
breaks: import-does-nothing
"""
from multiprocessing import Process

with open("a.txt", "w", encoding="utf-8") as file:  # <- here
    file.write("helloworld")


def task():
    print("a.txt is written")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
