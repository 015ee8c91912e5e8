"""Sets the text in main; a new interpreter keeps the empty one from the top of the file.

rows: 40
fails under: spawn, forkserver
"""
from multiprocessing import Process

text = ""


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(text)


def main():
    global text
    text = "helloworld"  # <- here
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
