"""Hands the name of the file to the task."""
from multiprocessing import Process


def task(name="a.txt"):
    with open(name, "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task, args=("a.txt",))
    process.start()
    process.join()


if __name__ == "__main__":
    main()
