"""Chooses fork explicitly, through a context."""
from multiprocessing import get_context


def task():
    with open("a.txt", "w", encoding="utf-8") as f:
        print("helloworld", file=f, end="")


def main():
    process = get_context("fork").Process(target=task, name="writer")
    process.start()
    process.join()


if __name__ == "__main__":
    main()
