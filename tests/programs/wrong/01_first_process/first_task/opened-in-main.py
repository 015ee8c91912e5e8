"""The child appends to a global list, and main writes its own, empty list to the file.

rows: 38
breaks: in-a-child not-by-main
"""
from multiprocessing import Process

words = []


def task():
    words.append("hello")
    words.append("world")


def main():
    process = Process(target=task)
    process.start()
    process.join()
    with open("a.txt", "w", encoding="utf-8") as file:  # <- here
        file.write("".join(words))


if __name__ == "__main__":
    main()
