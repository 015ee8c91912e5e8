"""The child sends the text through a queue, and main writes the file.

rows: -
"""
from multiprocessing import Process, Queue


def task(texts=None):
    texts.put("helloworld")


def main():
    texts = Queue()
    process = Process(target=task, args=(texts,))
    process.start()
    with open("a.txt", "w", encoding="utf-8") as file:  # <- here
        file.write(texts.get())
    process.join()


if __name__ == "__main__":
    main()
