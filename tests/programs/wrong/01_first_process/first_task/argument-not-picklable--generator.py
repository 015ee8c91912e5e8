"""Hands the words to the child as a generator.

rows: 52
fails under: spawn, forkserver
"""
from multiprocessing import Process


def task(words=("hello", "world")):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.writelines(words)


def main():
    words = (word.lower() for word in ["Hello", "World"])
    process = Process(target=task, args=(words,))  # <- here
    process.start()
    process.join()


if __name__ == "__main__":
    main()
