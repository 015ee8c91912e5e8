"""Writes beside the script with pathlib."""
from multiprocessing import Process
from pathlib import Path

HERE = Path(__file__).resolve().parent


def task():
    (HERE / "a.txt").write_text("helloworld", encoding="utf-8")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
