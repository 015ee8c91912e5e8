"""The function that writes has another name.

rows: -
"""
from multiprocessing import Process


def write_file():  # <- here
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = Process(target=write_file)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
