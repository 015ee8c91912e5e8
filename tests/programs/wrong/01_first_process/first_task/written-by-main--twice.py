"""The child writes the file, and then main writes it once more.

rows: -
breaks: not-by-main
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()
    task()  # <- here


if __name__ == "__main__":
    main()
