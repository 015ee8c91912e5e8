"""Sets the start method under the guard and again in main.

rows: 54
"""
import multiprocessing


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    multiprocessing.set_start_method("spawn")  # <- here
    process = multiprocessing.Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
