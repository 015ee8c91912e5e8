"""Wraps the call in a lambda, which cannot be sent to a new interpreter.

rows: 49
breaks: each-start-method
fails under: spawn, forkserver
"""
from multiprocessing import Process


def task(name="a.txt"):
    with open(name, "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=lambda: task("a.txt"))  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
