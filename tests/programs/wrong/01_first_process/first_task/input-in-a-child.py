"""Asks for the text in the child, which has no keyboard.

rows: 57
"""
from multiprocessing import Process


def task():
    text = input("Text for a.txt: ") or "helloworld"  # <- here
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(text)


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
