"""Makes a folder and writes to a.txt in there.

rows: -
breaks: in-one-of-two-places
"""
from multiprocessing import Process
from pathlib import Path


def task():
    folder = Path("output")
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("helloworld", encoding="utf-8")  # <- here


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
