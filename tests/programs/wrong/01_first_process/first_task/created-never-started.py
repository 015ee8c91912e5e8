"""Creates the process and leaves it at that.

rows: 10
breaks: in-a-child
"""
from multiprocessing import Process


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)  # <- here
    print("created", process.name)


if __name__ == "__main__":
    main()
