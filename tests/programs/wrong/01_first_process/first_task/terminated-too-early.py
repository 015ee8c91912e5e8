"""Takes terminate for the way to finish a process properly.

rows: 18
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.terminate()  # <- here
    process.join()


if __name__ == "__main__":
    main()
