"""Hands name and text to the task as keyword arguments."""
from multiprocessing import Process


def task(name="a.txt", text="helloworld"):
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def main():
    process = Process(target=task, kwargs={"text": "hello" + "world"})
    process.start()
    process.join()


if __name__ == "__main__":
    main()
