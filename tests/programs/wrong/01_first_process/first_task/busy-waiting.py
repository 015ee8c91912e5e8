"""Asks again and again, without a pause, whether the process is alive.

rows: 27
breaks: waits-asleep
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    while process.is_alive():  # <- here
        pass
    process.join()


if __name__ == "__main__":
    main()
