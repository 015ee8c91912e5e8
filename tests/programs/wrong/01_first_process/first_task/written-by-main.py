"""Main writes the file itself and starts an empty child beside it.

rows: -
breaks: in-a-child not-by-main
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=print, args=("hello from the child",))
    process.start()
    task()  # <- here
    process.join()


if __name__ == "__main__":
    main()
