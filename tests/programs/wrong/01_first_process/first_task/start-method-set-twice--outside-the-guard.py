"""Sets the start method at the top, where the spawned child sets it once more.

rows: 54
"""
import multiprocessing

multiprocessing.set_start_method("spawn")  # <- here


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = multiprocessing.Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    main()
