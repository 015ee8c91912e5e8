"""Has a file random.py of its own beside it, which hides the one that tempfile needs.

rows: 59
"""
from multiprocessing import Event, Process
from random import word  # <- here


def task(written=None):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(word())
    if written is not None:
        written.set()


def main():
    written = Event()
    process = Process(target=task, args=(written,))
    process.start()
    process.join()
    print("written:", written.is_set())


if __name__ == "__main__":
    main()
