"""Main waits for an event that the child never sets.

rows: -
"""
from multiprocessing import Event, Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    written = Event()
    process = Process(target=task)
    process.start()
    written.wait()  # <- here
    process.join()


if __name__ == "__main__":
    main()
