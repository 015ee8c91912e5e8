"""Sets the start method once, under the guard."""
import multiprocessing


def task():
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")


def main():
    process = multiprocessing.Process(target=task)
    process.start()
    process.join()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
