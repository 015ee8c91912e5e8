"""The child appends to a list it was handed, and main writes its own, empty list to the file.

rows: 39
"""
from multiprocessing import Process


def task(words=None):
    words.append("hello")
    words.append("world")


def main():
    words = []
    process = Process(target=task, args=(words,))
    process.start()
    process.join()
    with open("a.txt", "w", encoding="utf-8") as file:  # <- here
        file.write("".join(words))


if __name__ == "__main__":
    main()
