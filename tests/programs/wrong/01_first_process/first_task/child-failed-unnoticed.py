"""A slip in the task ends the child; main waits for an exception that stays in the child.

rows: 16, 17
breaks: says-helloworld
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write(text)  # <- here


def main():
    process = Process(target=task)
    process.start()
    try:
        process.join()
    except Exception as error:
        print("the child failed:", error)
    else:
        print("a.txt is written")


if __name__ == "__main__":
    main()
