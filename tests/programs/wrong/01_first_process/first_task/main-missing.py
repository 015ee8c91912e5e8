"""Has no function main: its lines stand under the guard.

rows: -
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


if __name__ == "__main__":  # <- here
    process = Process(target=task)
    process.start()
    process.join()
