"""Sets the name of the file under the guard, where a new interpreter does not come.

rows: 40
"""
from multiprocessing import Process


def task():
    with open(file_name, "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    file_name = "a.txt"  # <- here
    main()
