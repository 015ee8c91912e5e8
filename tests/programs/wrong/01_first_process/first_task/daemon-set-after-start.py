"""Sets daemon on a process that is already running.

rows: 31
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.daemon = True  # <- here
    process.join()


if __name__ == "__main__":
    main()
