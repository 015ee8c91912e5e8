"""Takes Process from multiprocessing.dummy, where it is a thread.

rows: 24
"""
from multiprocessing.dummy import Process  # <- here


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
