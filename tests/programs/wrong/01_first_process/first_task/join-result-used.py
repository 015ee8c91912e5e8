"""Takes what join returned for the exit code; it is always None.

rows: 15
"""
import sys
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    code = process.join()  # <- here
    if code != 0:
        sys.exit(f"the child failed with code {code}")


if __name__ == "__main__":
    main()
